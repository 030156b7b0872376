"""What must hold after every step, whatever the step was (promises.md A7, B11)."""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.utils import timezone

from dissuasion.consumers.work import changed_worklist, to_json
from dissuasion.models import Assignment, Case, CaseEvent, Delivery, WorkVersion
from dissuasion.queries.worklist import worklist
from dissuasion.rules import states
from dissuasion.rules.ladder import REACH
from tests.dissuasion.telling.declared import faults
from tests.properties.world import World

Kind, A = CaseEvent.Kind, states.Assignment
# Which line of the history tells that an assignment came to a status.
TOLD: dict[str, tuple[str, ...]] = {
    **{status.value: (status.value,) for status in A},
    A.EN_ROUTE: (Kind.DEPARTED,),
    A.ON_SCENE: (Kind.ARRIVED,),
    A.LAPSED: (Kind.LAPSED, Kind.STOOD_DOWN),
}
ONCE = {kind for kinds in TOLD.values() for kind in kinds}
CASE_TOLD = {Kind.CLOSED: "closed", Kind.MONITORED: "monitoring", Kind.REOPENED: "open", Kind.RETURNED: "open"}
TAKEN = (A.ACKNOWLEDGED, A.EN_ROUTE, A.ON_SCENE)


def _reachable(moves: dict[str, frozenset[str]]) -> dict[str, set[str]]:
    found = {status: {status} for status in moves}
    for _ in moves:
        found = {status: there.union(*(moves[one] for one in there)) for status, there in found.items()}
    return found


DELIVERY_REACH = _reachable(states.DELIVERY_MOVES)


class Invariants:
    """Compares each state of the world with the one before it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = {name: phone.person for name, phone in world.phones.items()}
        self.cases: dict[UUID, Any] = {}
        self.assignments: dict[UUID, Any] = {}
        self.deliveries: dict[UUID, str] = {}
        self.versions: dict[UUID, int] = {}
        self.last_event = 0
        # Each phone's memory: epoch, version and the document that came down its socket.
        self.held: dict[str, tuple[str, int, Any]] = {}
        self.day = timezone.localdate()
        self.check()

    def check(self) -> None:
        """Look at everything once; raise AssertionError with what is wrong."""
        cases = {case.pk: case for case in Case.objects.all()}
        parts = {part.pk: part for part in Assignment.objects.order_by("assigned_at")}
        lines = list(CaseEvent.objects.order_by("pk"))
        new = [line for line in lines if line.pk > self.last_event]
        self._check_holders(cases, parts)
        self._check_moves(cases, parts, new)
        assert [fault for line in new for fault in faults(line)] == [], "an event is not as its kind declares it"
        self._check_steps(parts, lines)
        self._check_rungs(parts, lines)
        self._check_deliveries(parts)
        self._check_documents()
        self.cases, self.assignments = cases, parts
        self.last_event = lines[-1].pk if lines else 0

    def _check_holders(self, cases: dict[UUID, Case], parts: dict[UUID, Assignment]) -> None:
        now, of = timezone.now(), defaultdict(list)
        for part in parts.values():
            if part.is_open:
                of[part.case_id].append(part)
            else:
                assert (part.due_at, part.safety_due_at) == (None, None), "a clock runs on what has ended"
                assert part.ended_at is not None
        for case in cases.values():
            held = of[case.pk]
            leads = [part for part in held if part.part == "lead"]
            seconds = [part for part in held if part.part == "second"]
            assert len(leads) <= 1, "two hold one case"
            assert len({part.person_id for part in held}) == len(held), "somebody is twice on one case"
            if case.status == states.Case.CLOSED:
                assert not held, "somebody still holds a case that is closed"
                assert case.dispatch_due_at is None
            elif case.status == states.Case.MONITORING:
                assert held or case.dispatch_due_at or case.attention, "nobody looks again at a monitored case"
            elif case.wants_visit:
                looks = case.dispatch_due_at or case.attention or case.follow_up_on
                assert leads or looks, "nobody has it and nobody looks at it"
            for lead in leads:
                assert lead.due_at or lead.record_by <= now, f"no clock runs on a lead that is {lead.status}"
            if seconds:
                assert all(part.status == A.ASSIGNED for part in seconds), "a second holds it and does not lead"
                assert all(lead.status == A.ASSIGNED for lead in leads), "a second is asked about a case that is taken"
                assert leads or case.dispatch_due_at, "a second is asked, and nobody leads or will"

    def _check_moves(self, cases: dict[UUID, Case], parts: dict[UUID, Assignment], new: list[CaseEvent]) -> None:
        assert set(self.assignments) <= set(parts), "an assignment has vanished"
        assert set(self.cases) <= set(cases), "a case has vanished"
        for key, part in parts.items():
            was = self.assignments[key].status if key in self.assignments else A.ASSIGNED
            told = {line.kind for line in new if line.assignment_id == key}
            if part.status != was:
                assert states.may_move(was, part.status), f"{was} became {part.status}"
            if part.status != was or key not in self.assignments:
                assert told & set(TOLD[part.status]), f"{part.status} without its line in the history"
        for key, case in cases.items():
            stands = self.cases[key].status if key in self.cases else "open"
            for line in new:
                to = CASE_TOLD.get(Kind(line.kind)) if line.case_id == key else None
                if to is not None and to != stands:
                    assert to in states.CASE_MOVES[stands], f"a case that was {stands} became {to}"
                    stands = to
            assert stands == case.status, f"the history says {stands}, the case {case.status}"

    def _check_steps(self, parts: dict[UUID, Assignment], lines: list[CaseEvent]) -> None:
        told = defaultdict(list)
        for line in lines:
            if line.assignment_id and line.kind in ONCE:
                told[line.assignment_id].append(line.kind)
        for key in parts:
            assert len(told[key]) == len(set(told[key])), f"one step told twice: {told[key]}"
            assert told[key][0] == Kind.ASSIGNED

    def _check_rungs(self, parts: dict[UUID, Assignment], lines: list[CaseEvent]) -> None:
        taken: dict[UUID, list[str]] = defaultdict(list)
        over: set[UUID] = set()
        for line in lines:
            if line.kind == Kind.RUNG and line.data["do"] == "leads":
                taken[line.assignment_id] = []  # whoever leads from now on has a ladder that begins anew
            elif line.kind == Kind.RUNG:
                assert line.assignment_id not in over, f"{line.data['do']} after an answer"
                assert line.data["late_ms"] >= 0
                taken[line.assignment_id].append(line.data["do"])
            elif line.kind in (Kind.ACKNOWLEDGED, Kind.DEPARTED, Kind.ARRIVED, Kind.CLEARED, Kind.RECALLED):
                over.add(line.assignment_id)
        for key, part in parts.items():
            was = self.assignments.get(key)
            if was is not None and was.part == part.part:
                assert part.rung >= was.rung, "a rung was taken back"
            done = taken[key]
            assert len(done) == len(set(done)), f"a rung was taken twice: {done}"
            order = [rung["do"] for rung in part.ladder[: part.rung]]
            assert [do for do in order if do in done] == done, f"{done} is not the order of {order}"
            left_out = {do for do in order if do not in done}
            assert not left_out or (part.shown_at and left_out <= set(REACH)), f"left out: {left_out}"

    def _check_deliveries(self, parts: dict[UUID, Assignment]) -> None:
        rows = list(Delivery.objects.values_list("pk", "state", "assignment", "purpose", "due_at"))
        for key, state, assignment, _purpose, due_at in rows:
            was = self.deliveries.get(key, states.Delivery.PLANNED)
            assert state in DELIVERY_REACH[was], f"a message that was {was} became {state}"
            if state == states.Delivery.PLANNED:
                assert due_at is not None, "a planned message without a time never goes"
                assert assignment is None or parts[assignment].is_open, "a message waits about what has ended"
        self.deliveries = {row[0]: row[1] for row in rows}

    def _check_documents(self) -> None:
        """What came down each socket is what a fresh pull gives, and its version rose if it differs from before."""
        versions = dict(WorkVersion.objects.values_list("person", "version"))
        same_day, self.day = self.day == timezone.localdate(), timezone.localdate()
        for name, person in self.people.items():
            version = versions.get(person.pk, 0)
            assert version >= self.versions.get(person.pk, 0), "a work version went back"
            if self.versions and version > self.versions[person.pk] and not self.world.cut_off:
                assert person.pk in self.world.rung, f"{name} was not rung"
            epoch, had, document = self.held.get(name, (None, -1, None))
            pushed = changed_worklist(person.pk, epoch, had)
            if pushed is not None:
                document = json.loads(pushed[2])["document"]
                self.held[name] = pushed[0], pushed[1], document
                assert document == self.world.phones[name].client.get("/api/v1/work").json(), "pushed is not pulled"
            fresh = json.loads(to_json(worklist(person)))
            if not same_day:  # at midnight yesterday's list goes, and nobody is rung for that
                document["done_today"] = fresh["done_today"]
            for key in fresh:
                assert document[key] == fresh[key], f"{key} of {name} changed and the version did not"
        self.versions = versions
        self.world.rung.clear()
        self.world.cut_off = False
