"""Whatever happens in whatever order: nobody is lost, each step has its event, each change its version, never a 500."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from dissuasion import states
from dissuasion.actions import watching
from dissuasion.models import Assignment, Case, CaseEvent
from tests.acts.phone import NINE, Desk, Phone
from tests.cast import Cast

FIELD = ("lin", "qin", "mei")
PAYLOADS: dict[str, dict[str, Any]] = {
    "receipt": {},
    "acknowledge": {},
    "decline": {"reason": "too_far"},
    "depart": {"position": {"lat": 33.47, "lon": 114.87, "accuracy_m": 9}},
    "arrive": {},
    "visit refused": {"met": True, "disposition": "refused"},
    "visit dissuaded": {"met": True, "disposition": "dissuaded"},
    "visit no_fraud": {"met": True, "disposition": "no_fraud"},
    "visit unreadable": {"met": "perhaps"},
    "note": {"text": "at the gate"},
    "all_right": {},
    "help": {"words": "two men at the gate"},
}
PHONE_MOVES = st.tuples(st.sampled_from(FIELD), st.sampled_from(sorted(PAYLOADS)))
DESK_MOVES = st.tuples(st.just("gu"), st.sampled_from(["assign lin", "assign qin", "pair", "recall", "high", "low"]))
OTHER_MOVES = st.tuples(st.just("world"), st.sampled_from(["tick", "wait", "long wait", "alert", "replay"]))
MOVES = st.lists(PHONE_MOVES | DESK_MOVES | OTHER_MOVES, min_size=4, max_size=16)
EVENT_OF = {"en_route": "departed", "on_scene": "arrived"}


class Walk:
    """One case and everybody who can touch it."""

    def __init__(self, cast: Cast, send_alert: Any, clock: Any) -> None:
        self.cast, self.send_alert, self.clock = cast, send_alert, clock
        self.phones = {name: Phone(cast, name) for name in FIELD}
        self.gu = Desk(cast, "gu")

    def begin(self) -> None:
        self.alerts, self.sent = 0, []
        self.clock.move_to(NINE)
        for phone in self.phones.values():
            phone.assignment = phone.case = None
        self.seen = {name: phone.work() for name, phone in self.phones.items()}
        self.world("alert")

    def move(self, who: str, what: str) -> None:
        """Do one thing; every answer is one that the contract knows."""
        if who == "world":
            self.world(what)
        elif who == "gu":
            assert self.desk(what).status_code in (200, 400, 409)
        else:
            phone = self.phones[who]
            self.sent.append((phone, phone.envelope(what.split()[0], PAYLOADS[what])))
            (receipt,) = phone.send(self.sent[-1][1])
            assert receipt["verdict"] in ("applied", "flagged", "held", "refused")

    def world(self, what: str) -> None:
        if what == "alert":
            self.alerts += 1
            assert self.send_alert(external_id=f"a-{self.alerts}").status_code == 201
        elif what == "replay" and self.sent:
            phone, act = self.sent[-1]
            assert phone.send(act)[0]["repeated"] is True
        elif what in ("wait", "long wait"):
            self.clock.shift(130 if what == "wait" else 2000)
        watching.tick(at=timezone.now())

    def desk(self, what: str) -> Any:
        case = Case.objects.latest("opened_at")
        held = Assignment.objects.filter(case=case, part="lead", status__in=states.OPEN_ASSIGNMENT).first()
        body: dict[str, Any] = {"instead_of": str(held.pk) if held else None}
        address = f"cases/{case.pk}"
        match what.split():
            case ["assign", name]:
                return self.gu.asks(f"{address}/assign", person=str(self.cast.people[name].pk), **body)
            case ["pair"]:
                body |= {"companion": str(self.cast.mei.pk)}
                return self.gu.asks(f"{address}/assign", person=str(self.cast.qin.pk), **body)
            case ["recall"]:
                return self.gu.asks(f"{address}/recall", reason="x")
        return self.gu.asks(f"{address}/risk", risk=what, reason="x")

    def check(self) -> None:
        """Look at what must hold after every move."""
        now = timezone.now()
        for case in Case.objects.exclude(status="closed"):
            leads = [a for a in case.assignments.filter(part="lead") if a.is_open]
            assert len(leads) <= 1
            waits = case.dispatch_due_at is not None or case.attention != "" or case.due_way != "visit"
            assert leads or waits or case.status == "monitoring", "nobody has it and nobody looks at it"
            assert all(lead.due_at or lead.record_by <= now for lead in leads), "no clock runs on it"
        for assignment in Assignment.objects.all():
            steps = CaseEvent.objects.filter(assignment=assignment, kind__in=STEPS).order_by("pk")
            kinds = list(steps.values_list("kind", flat=True))
            assert kinds[-1] == EVENT_OF.get(assignment.status, assignment.status)
            assert len(kinds) == len(set(kinds)), "one step told twice"
        for name, phone in self.phones.items():
            before, self.seen[name] = self.seen[name], phone.work()
            if self.seen[name]["version"] == before["version"]:
                assert self.seen[name] == before, "the worklist changed and its version did not"


STEPS = [EVENT_OF.get(status.value, status.value) for status in states.Assignment]


# Shrinking would take minutes for a walk over a database; the walk that failed is short enough to read.
@settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None,
    phases=[Phase.generate],
)  # fmt: skip
@given(moves=MOVES)
def check_walks(walk: Walk, moves: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        walk.begin()
        for who, what in moves:
            note(f"{who}: {what}")
            walk.move(who, what)
            walk.check()
        transaction.set_rollback(True)


@pytest.mark.usefixtures("db")
def test_it_holds_in_any_order(clock, cast, send_alert):
    # on_commit does not run inside the test's transaction: each move ends with a tick of the watch where it matters.
    check_walks(Walk(cast, send_alert, clock))


@pytest.mark.parametrize("name", ["lin", "qin"])
def test_it_reaches_the_end_from_anywhere(clock, cast, send_alert, name):
    walk = Walk(cast, send_alert, clock)
    walk.begin()
    for who, what in [("lin", "decline"), ("world", "tick"), ("gu", f"assign {name}"), (name, "visit dissuaded")]:
        walk.move(who, what)
        walk.check()
    assert Case.objects.get().status == "monitoring"
