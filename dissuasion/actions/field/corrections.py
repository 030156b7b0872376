"""Keeps a corrected record (更正): a new row beside the old one. It decides the case if the old one still did."""

import datetime as dt
from typing import Any

from dissuasion.actions.case import attention, conclusion
from dissuasion.actions.dispatch import hold
from dissuasion.actions.field import history
from dissuasion.actions.field.visits import Correction, flags_of, keep_visit
from dissuasion.models import Act, Case, CaseEvent, Visit
from dissuasion.queries.visit_record import chain
from dissuasion.rules import states
from dissuasion.telling import kinds, versions
from dissuasion.telling.stamp import Stamp

# These questions are not about the corrected record: only the desk answers them.
ASKED_BY_PEOPLE = (
    Case.Attention.FLAGGED, Case.Attention.NEEDS_OFFICER, Case.Attention.OFFICER_SAFETY, Case.Attention.RECALLED,
)  # fmt: skip


def correct(act: Act, case: Case, old: Visit, *, payload: dict[str, Any], at: dt.datetime) -> list[str]:
    """Keep `payload["record"]` as the correction of `old` (a visit of the same person in `case`); return its flags."""
    record = payload["record"]
    deciding = Visit.objects.filter(pk__in=chain(old), decides=True).first()
    stands = deciding is not None and not _decided_otherwise(case, deciding)
    flags, asked, since = flags_of(record), case.attention, None
    if deciding is not None and not stands:
        flags.append("decided_meanwhile")
    if stands and deciding is not None:
        Visit.objects.filter(pk=deciding.pk).update(decides=False)
        since = conclusion.undo_result(case, Stamp(at, act.person, act.happened_at))
    old.assignment.case = case
    correction = Correction(old, payload["reason"])
    new = keep_visit(act, old.assignment, payload=record, decides=stands, correction=correction)
    corrected = kinds.Corrected(
        met=new.met, disposition=new.disposition, decides=stands, act=str(act.pk),
        corrects=str(deciding.pk if deciding else old.pk), part=old.assignment.part,
    )  # fmt: skip
    history.record(act, case, old.assignment, corrected, at=at)
    if stands:
        conclusion.conclude(case, new, by=act.person, at=at, since=since)
        if asked in ASKED_BY_PEOPLE:
            attention.replace(case, asked)
    versions.touch(hold.team(case) | {act.person_id})
    return flags


def _decided_otherwise(case: Case, deciding: Visit) -> bool:
    """Return whether the case was decided anew after the record that decides it."""
    records = CaseEvent.objects.filter(case=case, kind__in=(kinds.Visited.kind, kinds.Corrected.kind))
    recorded = records.filter(**{kinds.Visited.column("act"): str(deciding.pk)}).last()
    if recorded is None:
        return True
    if case.status == states.Case.CLOSED and _another_open(case):
        return True
    later = CaseEvent.objects.filter(case=case, pk__gt=recorded.pk)
    return any(_decides_anew(kinds.read(event)) for event in later)


def _decides_anew(data: kinds.EventData) -> bool:
    """Return whether this event decided anew how the case goes on."""
    match data:
        case kinds.Decided() | kinds.RiskSet() | kinds.Reopened() | kinds.Assigned() | kinds.Recalled():
            return True
        case kinds.Closed(cause=cause):
            return cause == "desk"
        case kinds.Visited(decides=decides) | kinds.Corrected(decides=decides):
            return decides
    return False


def _another_open(case: Case) -> bool:
    """Return whether the resident has another active case: only one can be open, so this one must stay closed."""
    return Case.objects.filter(resident=case.resident_id).exclude(status=states.Case.CLOSED).exists()
