"""Keeps the record of a visit (见面劝阻) and its amounts; what it leads to is decided in actions/case."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dissuasion.actions.case import conclusion
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.actions.field import history
from dissuasion.models import Act, Assignment, Case, ScriptVersion, Visit, VisitAmount
from dissuasion.rules import states
from dissuasion.rules.dispositions import can_keep_money_safe, disposition
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
    flags = flags_of(payload) + _meets(case, assignment, decides=decides)
    assignment.case = case
    visit = keep_visit(act, assignment, payload=payload, decides=decides)
    visited = kinds.Visited(
        met=visit.met, disposition=visit.disposition, decides=decides, part=assignment.part, act=str(act.pk)
    )
    history.record(act, case, assignment, visited, at=at)
    if still_open:
        cleared = states.Assignment.CLEARED
        assignments.end(assignment, cleared, at=at, by=act.person, happened_at=act.happened_at)
    if decides:
        conclusion.conclude(case, visit, by=act.person, at=at)
    else:
        versions.touch(hold.team(case) | {act.person_id})
    return flags


@dataclass(frozen=True)
class Correction:
    """Which record a new one corrects, and why; the new one has the time of the old one."""

    of: Visit
    reason: str


def keep_visit(
    act: Act, assignment: Assignment, *, payload: dict[str, Any], decides: bool, correction: Correction | None = None
) -> Visit:
    """Create a visit with its amounts and return it; `assignment.case` is held."""
    case, script = assignment.case, script_of(payload)
    visit = Visit.objects.create(
        act=act, assignment=assignment, case=case, person=act.person,
        happened_at=correction.of.happened_at if correction else act.happened_at,
        met=payload["met"], disposition=payload["disposition"], decides=decides, script_version=script,
        steps=_steps(payload, script), tried=payload.get("tried", []), note=payload.get("note", ""),
        follow_up_on=payload.get("follow_up_on"), done=payload.get("done", []), needs=payload.get("needs", []),
        corrects=correction.of if correction else None, reason=correction.reason if correction else None,
    )  # fmt: skip
    VisitAmount.objects.bulk_create(VisitAmount(visit=visit, **amount) for amount in _counted(payload))
    # A late record of an earlier case appears on the card of whoever visits the same resident now.
    elsewhere = Assignment.objects.filter(case__resident=case.resident_id, status__in=states.OPEN_ASSIGNMENT)
    versions.touch(elsewhere.exclude(case=case).values_list("person_id", flat=True))
    return visit


def _steps(payload: dict[str, Any], script: ScriptVersion | None) -> list[dict[str, Any]]:
    """Return the steps of a record whose keys are in its script: other words stay in the act as it was sent."""
    content: dict[str, Any] = script.content if script is not None else {}
    steps, objections = (_keys(content, part) for part in ("steps", "objections"))
    known = [step for step in payload.get("steps", []) if step["key"] in steps]
    return [
        {name: value for name, value in step.items() if name != "objection" or value in objections} for step in known
    ]


def _keys(content: dict[str, Any], part: str) -> set[str]:
    return {row["key"] for row in content.get(part, [])}


def script_of(payload: dict[str, Any]) -> ScriptVersion | None:
    """Return the script version with which a visit was held; None where it is not known here."""
    return ScriptVersion.objects.filter(sha256=payload.get("script") or "").exclude(status="draft").first()


def flags_of(record: dict[str, Any]) -> list[str]:
    """Return the flags of what a record says by itself."""
    flags = []
    if disposition(record["disposition"]).met != record["met"]:
        flags.append("disposition_mismatch")
    if record.get("script") and script_of(record) is None:
        flags.append("script_unknown")
    if len(_counted(record)) < len(_amounts(record)):
        flags.append("amounts_set_aside")
    return flags


def _amounts(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [amount for amount in record.get("amounts", []) if amount["quantity"]]


def _counted(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the amounts that count. Money kept safe with nobody met stays in the act as it was sent.

    What was lost counts always: the family may have told of it.
    """
    if can_keep_money_safe(record["disposition"], met=record["met"]):
        return _amounts(record)
    return [amount for amount in _amounts(record) if amount["meaning"] != VisitAmount.Meaning.PROTECTED]


def _meets(case: Case, assignment: Assignment, *, decides: bool) -> list[str]:
    """Return the flag of a record that meets somebody else's."""
    if assignment.part == Assignment.Part.COMPANION:
        return ["companion_record"]
    if not decides and Visit.objects.filter(case=case, decides=True).exists():
        return ["second_record"]
    return []
