"""Which status a case or an assignment may move to: pure tables."""

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


class Part(StrEnum):
    """What somebody does on a case."""

    LEAD = "lead"  # 主办
    COMPANION = "companion"  # 协办
    SECOND = "second"  # 同时询问


class Delivery(StrEnum):
    PLANNED = "planned"  # 待发
    SENDING = "sending"  # 发送中
    SENT = "sent"  # 已发出
    DELIVERED = "delivered"  # 已送达
    SHOWN = "shown"  # 已显示
    FAILED = "failed"  # 失败
    UNKNOWN = "unknown"  # 结果不明
    DROPPED = "dropped"  # 未发


class HotlineCall(StrEnum):
    WAITING = "waiting"  # 待拨
    CLAIMED = "claimed"  # 拨打中
    DONE = "done"  # 已完成
    CANCELLED = "cancelled"  # 已取消


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
D = Delivery
# A report may come before the answer to the request, and in any order: only forward. What failed or is unknown may
# turn out to have arrived after all.
DELIVERY_MOVES: dict[str, frozenset[str]] = {
    D.PLANNED: frozenset({D.SENDING, D.DROPPED}),
    D.SENDING: frozenset({D.SENT, D.DELIVERED, D.SHOWN, D.FAILED, D.UNKNOWN, D.PLANNED, D.DROPPED}),
    D.SENT: frozenset({D.DELIVERED, D.SHOWN, D.FAILED}),
    D.UNKNOWN: frozenset({D.SENT, D.DELIVERED, D.SHOWN, D.FAILED}),
    D.FAILED: frozenset({D.DELIVERED, D.SHOWN}),
    D.DELIVERED: frozenset({D.SHOWN}),
    D.SHOWN: frozenset(),
    D.DROPPED: frozenset(),
}


# Claimed again: a lease ran out and the next operator took over.
CALL_MOVES: dict[str, frozenset[str]] = {
    HotlineCall.WAITING: frozenset({HotlineCall.CLAIMED, HotlineCall.CANCELLED}),
    HotlineCall.CLAIMED: frozenset(HotlineCall),
    HotlineCall.DONE: frozenset(),
    HotlineCall.CANCELLED: frozenset(),
}
OPEN_CALL = (HotlineCall.WAITING, HotlineCall.CLAIMED)
OPEN_ASSIGNMENT = (A.ASSIGNED, A.ACKNOWLEDGED, A.EN_ROUTE, A.ON_SCENE)
ACTIVE_CASE = (Case.OPEN, Case.MONITORING)
FORWARD = (A.ASSIGNED, A.ACKNOWLEDGED, A.EN_ROUTE, A.ON_SCENE, A.CLEARED)


def case_may_move(status: str, to: str) -> bool:
    """Return whether a case in `status` may become `to`; staying where it is is no move."""
    return to == status or to in CASE_MOVES[status]


def may_move(status: str, to: str) -> bool:
    """Return whether an assignment in `status` may become `to`."""
    return to in ASSIGNMENT_MOVES[status]


def sources_of(to: str) -> list[str]:
    """Return the statuses from which an assignment may become `to`: the WHERE of a compare-and-set."""
    return [status for status, targets in ASSIGNMENT_MOVES.items() if to in targets]


def delivery_sources_of(to: str) -> list[str]:
    """Return the states from which a delivery may become `to`: the WHERE of a compare-and-set."""
    return [state for state, targets in DELIVERY_MOVES.items() if to in targets]


def call_sources_of(to: str) -> list[str]:
    """Return the statuses from which a hotline call may become `to`."""
    return [status for status, targets in CALL_MOVES.items() if to in targets]


def is_past(status: str, step: str) -> bool:
    """Return whether an assignment that stands at `status` has already reached `step` on the forward way."""
    return status in FORWARD and FORWARD.index(A(status)) >= FORWARD.index(A(step))
