"""What the hotline sees: how many calls wait, and what an operator needs for the call in hand (96110 通话资料)."""

import datetime as dt
from typing import TypedDict, cast
from uuid import UUID

from django.db.models import Count, Min, Q

from accounts.models import Person, Unit
from dissuasion.access import below
from dissuasion.models import Alert, HotlineAttempt, HotlineCall, Script, ScriptVersion, Visit
from dissuasion.rules import scam_types, states, words
from dissuasion.rules.reasons import ReasonWithText
from households.models import Contact

HISTORY = 20
Status = states.HotlineCall


class QueueCounts(TypedDict):
    """How many calls wait, and since when the longest has waited."""

    due: int
    money_moves: int
    later: int
    calling: int
    waiting_since: dt.datetime | None


class AttemptRow(TypedDict):
    """One earlier call."""

    at: dt.datetime | None
    by: str
    result: str
    text: str
    flags: list[ReasonWithText]
    note: str


class CasePart(TypedDict):
    """Why the resident is called; amounts in yuan as text."""

    number: str
    risk: str
    points: int
    reasons: list[ReasonWithText]
    scam_type: str
    scam_name: str
    amount_at_risk: str
    already_transferred: str
    opened_at: dt.datetime
    unit: str
    place: str


class ResidentPart(TypedDict):
    """Who is called."""

    name: str
    phone: str
    birth_year: int | None
    dialect: str
    lives_alone: bool
    earlier_victim: bool


class ContactPart(TypedDict):
    """Family who can be asked to help."""

    name: str
    relation: str
    phone: str


class ScriptPart(TypedDict):
    """The script for the call."""

    sha256: str
    number: int
    audience: str


class EarlierVisit(TypedDict):
    """An earlier visit to the resident."""

    at: dt.datetime
    met: bool
    disposition: str
    scam_type: str


class HistoryPart(TypedDict):
    """What happened with this resident before."""

    warnings: int
    visits: list[EarlierVisit]
    calls: list[AttemptRow]


class CallDocument(TypedDict):
    """The call in hand."""

    id: str
    lease_until: dt.datetime | None
    tries: int
    misses: int
    denials: int
    waiting_since: dt.datetime
    case: CasePart
    resident: ResidentPart
    contacts: list[ContactPart]
    script: ScriptPart | None
    history: HistoryPart


def call_in_hand(operator: Person, unit: Unit, *, at: dt.datetime) -> HotlineCall | None:
    """Return the call that `operator` holds now; one whose lease has run out must be claimed again."""
    held = HotlineCall.objects.filter(below(unit), claimed_by=operator, status=Status.CLAIMED, lease_until__gt=at)
    return held.first()


def queue_counts(unit: Unit, *, at: dt.datetime) -> QueueCounts:
    """Return how many calls of `unit` and below are due, come later, are being made; since when the longest waits."""
    lapsed = Q(status=Status.CLAIMED, lease_until__lte=at)
    due = Q(status=Status.WAITING, due_at__lte=at) | lapsed
    counts = HotlineCall.objects.filter(below(unit), status__in=states.OPEN_CALL).aggregate(
        due=Count("pk", filter=due),
        money_moves=Count("pk", filter=due & Q(money_moves=True)),
        later=Count("pk", filter=Q(status=Status.WAITING, due_at__gt=at)),
        calling=Count("pk", filter=Q(status=Status.CLAIMED, lease_until__gt=at)),
        waiting_since=Min("made_at", filter=due),
    )
    return cast("QueueCounts", counts)


def call_document(call: HotlineCall, *, language: str) -> CallDocument:
    """Return what an operator needs for the call that they hold, in a constant number of queries."""
    held = HotlineCall.objects.select_related("case__resident", "case__division", "case__unit").get(pk=call.pk)
    case, resident = held.case, held.case.resident
    return {
        "id": str(held.pk),
        "lease_until": held.lease_until,
        "tries": held.tries,
        "misses": held.misses,
        "denials": held.denials,
        "waiting_since": held.made_at,
        "case": {
            "number": case.number,
            "risk": case.risk,
            "points": case.points,
            "reasons": words.with_text(case.reasons),
            "scam_type": case.scam_type,
            "scam_name": scam_types.name(case.scam_type, language),
            "amount_at_risk": str(case.amount_at_risk),
            "already_transferred": str(case.already_transferred),
            "opened_at": case.opened_at,
            "unit": case.unit.name,
            "place": case.division.name,
        },
        "resident": {
            "name": resident.name,
            "phone": resident.phone,
            "birth_year": resident.birth_year,
            "dialect": resident.dialect,
            "lives_alone": resident.lives_alone,
            "earlier_victim": resident.earlier_victim,
        },
        "contacts": [
            {"name": contact.name, "relation": contact.relation, "phone": contact.phone}
            for contact in Contact.objects.filter(resident=resident)
        ],
        "script": _script(case.scam_type, language),
        "history": _history(resident.pk),
    }


def _script(scam_type: str, language: str) -> ScriptPart | None:
    """Return what is said to the resident at the door: operators say the same by telephone."""
    audience = Script.Audience.RESIDENT
    version = ScriptVersion.objects.filter(
        status="published", script__scam_type=scam_type, script__audience=audience, script__language=language
    ).first()
    return {"sha256": version.sha256, "number": version.number, "audience": audience} if version else None


def _history(resident_id: UUID) -> HistoryPart:
    visits = Visit.objects.filter(case__resident=resident_id).select_related("case").order_by("-happened_at")
    called = HotlineAttempt.objects.filter(call__case__resident=resident_id).exclude(result="")
    return {
        "warnings": Alert.objects.filter(resident=resident_id).count(),
        "visits": [
            {"at": v.happened_at, "met": v.met, "disposition": v.disposition, "scam_type": v.case.scam_type}
            for v in visits[:HISTORY]
        ],
        "calls": [attempt_row(attempt) for attempt in called.select_related("operator").order_by("-pk")[:HISTORY]],
    }


def attempt_row(attempt: HotlineAttempt) -> AttemptRow:
    """Return one earlier call: when, who called, the result and the note."""
    return {
        "at": attempt.happened_at,
        "by": attempt.operator.name,
        "result": attempt.result,
        "text": attempt.get_result_display(),
        "flags": words.with_text([{"code": code} for code in attempt.flags]),
        "note": attempt.note,
    }
