"""Which status a case or an assignment may move to: pure tables (house.md, section 5)."""

from enum import StrEnum


class Case(StrEnum):
    OPEN = "open"  # 处置中
    MONITORING = "monitoring"  # 跟踪中
    CLOSED = "closed"  # 已结


class Assignment(StrEnum):
    ASSIGNED = "assigned"  # 已派
    ACKNOWLEDGED = "acknowledged"  # 已签收
    EN_ROUTE = "en_route"  # 在路上
    ON_SCENE = "on_scene"  # 在现场
    CLEARED = "cleared"  # 已办结
    DECLINED = "declined"  # 拒签
    LAPSED = "lapsed"  # 超时
    RECALLED = "recalled"  # 撤回


A = Assignment
CASE_MOVES: dict[str, frozenset[str]] = {
    Case.OPEN: frozenset({Case.MONITORING, Case.CLOSED}),
    Case.MONITORING: frozenset({Case.OPEN, Case.CLOSED}),
    Case.CLOSED: frozenset({Case.OPEN}),
}
# Forward steps may be skipped: a phone that was offline may say on_scene first. Nothing moves backward.
ASSIGNMENT_MOVES: dict[str, frozenset[str]] = {
    A.ASSIGNED: frozenset({A.ACKNOWLEDGED, A.EN_ROUTE, A.ON_SCENE, A.CLEARED, A.DECLINED, A.LAPSED, A.RECALLED}),
    A.ACKNOWLEDGED: frozenset({A.EN_ROUTE, A.ON_SCENE, A.CLEARED, A.RECALLED}),
    A.EN_ROUTE: frozenset({A.ON_SCENE, A.CLEARED, A.RECALLED}),
    A.ON_SCENE: frozenset({A.CLEARED, A.RECALLED}),
    A.CLEARED: frozenset(),
    A.DECLINED: frozenset(),
    A.LAPSED: frozenset(),
    A.RECALLED: frozenset(),
}
OPEN_ASSIGNMENT = (A.ASSIGNED, A.ACKNOWLEDGED, A.EN_ROUTE, A.ON_SCENE)
ACTIVE_CASE = (Case.OPEN, Case.MONITORING)
FORWARD = (A.ASSIGNED, A.ACKNOWLEDGED, A.EN_ROUTE, A.ON_SCENE, A.CLEARED)


def may_move(status: str, to: str) -> bool:
    """Return whether an assignment in `status` may become `to`."""
    return to in ASSIGNMENT_MOVES[status]


def sources_of(to: str) -> list[str]:
    """Return the statuses from which an assignment may become `to`: the WHERE of a compare-and-set."""
    return [status for status, targets in ASSIGNMENT_MOVES.items() if to in targets]


def is_past(status: str, step: str) -> bool:
    """Return whether an assignment that stands at `status` has already reached `step` on the forward way."""
    return status in FORWARD and FORWARD.index(A(status)) >= FORWARD.index(A(step))
