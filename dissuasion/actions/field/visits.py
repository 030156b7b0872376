"""Keeps the record of a visit (见面劝阻) and its amounts; what it leads to is decided in actions/case."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dissuasion.actions.case import conclusion
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.actions.field import history
from dissuasion.models import Act, Assignment, Case, ScriptVersion, Visit, VisitAmount
from dissuasion.rules import states
from dissuasion.rules.dispositions import disposition
from dissuasion.telling import kinds, versions


def record_visit(
    act: Act,
    case: Case,
    assignment: Assignment,
    *,
    payload: dict[str, Any],
    still_open: bool,
    at: dt.datetime,
) -> list[str]:
    """Keep a visit and return its flags. It decides the case when the lead records it while holding the case."""
    decides = still_open and assignment.part == Assignment.Part.LEAD
    script_found = script_of(payload) is not None
    flags = _flags(payload, case, assignment, script_found=script_found, decides=decides)
    assignment.case = case
    visit = keep_visit(act, assignment, payload=payload, decides=decides)
    visited = kinds.Visited(
        met=visit.met, disposition=visit.disposition, decides=decides, part=assignment.part, act=str(act.pk)
    )
    history.record(act, case, assignment, visited, at=at)
    if still_open:
        _clear(act, case, assignment, at=at)
    if decides:
        conclusion.conclude(case, visit, by=act.person, at=at)
    else:
        versions.touch(hold.team(case) | {act.person_id})
    return flags


@dataclass(frozen=True)
class Correction:
    """Which record a new one corrects, and why; it happened when the old one did."""

    of: Visit
    reason: str


def keep_visit(
    act: Act, assignment: Assignment, *, payload: dict[str, Any], decides: bool, correction: Correction | None = None
) -> Visit:
    """Return the new row of a visit with its amounts; `assignment.case` is held."""
    case = assignment.case
    visit = Visit.objects.create(
        act=act, assignment=assignment, case=case, person=act.person,
        happened_at=correction.of.happened_at if correction else act.happened_at,
        met=payload["met"], disposition=payload["disposition"], decides=decides, script_version=script_of(payload),
        steps=payload.get("steps", []), tried=payload.get("tried", []), note=payload.get("note", ""),
        follow_up_on=payload.get("follow_up_on"), done=payload.get("done", []), needs=payload.get("needs", []),
        corrects=correction.of if correction else None, reason=correction.reason if correction else None,
    )  # fmt: skip
    amounts = [VisitAmount(visit=visit, **amount) for amount in payload.get("amounts", []) if amount["quantity"]]
    VisitAmount.objects.bulk_create(amounts)
    # A late record of an earlier case stands on the card of whoever visits the same resident now.
    elsewhere = Assignment.objects.filter(case__resident=case.resident_id, status__in=states.OPEN_ASSIGNMENT)
    versions.touch(elsewhere.exclude(case=case).values_list("person_id", flat=True))
    return visit


def script_of(payload: dict[str, Any]) -> ScriptVersion | None:
    """Return the script version with which a visit was held; None where it is not known here."""
    return ScriptVersion.objects.filter(sha256=payload.get("script") or "").exclude(status="draft").first()


def _flags(
    payload: dict[str, Any], case: Case, assignment: Assignment, *, script_found: bool, decides: bool
) -> list[str]:
    flags = []
    if disposition(payload["disposition"]).met != payload["met"]:
        flags.append("disposition_mismatch")
    if payload.get("script") and not script_found:
        flags.append("script_unknown")
    if assignment.part == Assignment.Part.COMPANION:
        flags.append("companion_record")
    elif not decides and Visit.objects.filter(case=case, decides=True).exists():
        flags.append("second_record")
    return flags


def _clear(act: Act, case: Case, assignment: Assignment, *, at: dt.datetime) -> None:
    Assignment.objects.filter(pk=assignment.pk, status__in=states.sources_of(states.Assignment.CLEARED)).update(
        status=states.Assignment.CLEARED, ended_at=at, **assignments.as_it_ends(case)
    )
    assignment.status = states.Assignment.CLEARED
    history.record(act, case, assignment, kinds.Cleared(part=assignment.part), at=at)
