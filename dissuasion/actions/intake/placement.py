"""Finds each alert its case: joins the resident's open one, opens a new one, or leaves it to triage, and judges it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from accounts.models import Unit
from config.lib.ids import uuid7
from dissuasion.actions.case import joining
from dissuasion.actions.case.joining import CasePlan, appearance
from dissuasion.models import Alert, AlertSource, Case, Policy, TriageEntry
from dissuasion.queries.background import Known
from dissuasion.rules import incoming, levels, sources, triage
from dissuasion.rules.incoming import Incoming
from households import ground
from households.models import Division, Resident


@dataclass(frozen=True)
class TriagePlan:
    """An alert that waits for a person, with the desk and the reasons."""

    row: Incoming
    unit: Unit
    reason: str
    judgement: triage.Judgement


def plan(
    rows: Sequence[Incoming], known: Known, *, source: AlertSource, weights: Policy, at: dt.datetime
) -> tuple[list[CasePlan], list[TriagePlan]]:
    """Return the cases (most urgent first) and triage entries that `rows` lead to. Nothing is written."""
    plans: dict[object, CasePlan] = {}
    unclear: list[TriagePlan] = []
    for row in rows:
        resident, reason = known.resident_of(row)
        division = _division_of(row, resident, known)
        unit = ground.unit_of(division.code, known.divisions) if division else None
        if resident is None or division is None or unit is None:
            reason = reason or ("unknown_ground" if division is None else "no_unit")
            judgement = _flagged(triage.judge(features_of([row], None, known, at=at), weights.content), [row])
            unclear.append(TriagePlan(row, _desk_of(row, resident, known) or source.unit, reason, judgement))
            continue
        made = plans.get(resident.pk)
        if made is None:
            made = plans[resident.pk] = _plan_for(resident, division, unit, known, weights, at)
        made.rows.append(row)
    for made in plans.values():
        _judge(made, known, weights, at=at)
    return sorted(plans.values(), key=lambda p: p.urgency), unclear


def features_of(
    rows: Iterable[Incoming], resident: Resident | None, known: Known, *, at: dt.datetime, only_new: bool = False
) -> triage.Features:
    """Return what is known at `at` about a resident's danger: these rows, earlier warnings and the register.

    What a person has decided about gives no instruction, amount or channel any more; its warnings count as repeats,
    unless `only_new`.
    """
    rows = list(rows)
    newest = rows[-1]
    earlier = known.unsettled(resident) if resident else []
    repeated = known.earlier.get(resident.pk, []) if resident and not only_new else earlier
    risks = [row.risk for row in rows] + [row["risk_claimed"] for row in earlier]
    channels = {row.channel for row in rows} | {row["channel"] for row in earlier}
    official = {row.channel for row in rows if row.official}
    official |= {row["channel"] for row in earlier if row["source__kind"] in sources.OFFICIAL}
    instructions = [row.instruction for row in rows] + [row["instruction"] for row in earlier]
    transferred = [row.already_transferred for row in rows] + [row["already_transferred"] for row in earlier]
    at_risk = [row.amount_at_risk for row in rows] + [row["amount_at_risk"] for row in earlier]
    division = resident.household.division_id if resident else newest.division_code
    born = resident.birth_year if resident else None
    return triage.Features(
        scam_type=newest.scam_type,
        source_risk=max((r for r in risks if r), key=lambda r: levels.ORDER[levels.Risk(r)], default=""),
        instruction=sources.strongest(*instructions),
        channels=frozenset(filter(None, channels)),
        official_channels=frozenset(filter(None, official)),
        already_transferred=max(transferred, default=Decimal(0)),
        amount_at_risk=max(at_risk, default=Decimal(0)),
        repeats=len(rows) - 1 + len(repeated),
        division_code=division,
        age=timezone.localdate(at).year - born if born else None,
        lives_alone=bool(resident and resident.lives_alone),
        earlier_victim=bool(resident and resident.earlier_victim),
        denied_before=bool(resident and resident.pk in known.denied),
    )


def _division_of(row: Incoming, resident: Resident | None, known: Known) -> Division | None:
    """Return the alert's division if it is a township or smaller (the resident may be away), else that of the home."""
    if row.division_code and len(row.division_code) >= 9 and row.division_code in known.divisions:
        division = known.divisions[row.division_code]
        home = resident.household.division if resident else None
        return home if home is not None and home.code.startswith(division.code) else division
    return resident.household.division if resident else None


def _desk_of(row: Incoming, resident: Resident | None, known: Known) -> Unit | None:
    code = row.division_code or (resident.household.division_id if resident else "")
    return ground.county_desk_of(code, known.divisions) if code else None


def _plan_for(
    resident: Resident, division: Division, unit: Unit, known: Known, weights: Policy, at: dt.datetime
) -> CasePlan:
    case = known.cases.get(resident.pk)
    if case is not None:
        case.resident = resident  # with the household, read once for all
        return CasePlan(case, before=case.risk, seen=appearance(case))
    return CasePlan(Case(id=uuid7(), resident=resident, division=division, unit=unit, weights=weights, opened_at=at))


def _judge(made: CasePlan, known: Known, weights: Policy, *, at: dt.datetime) -> None:
    case, resident = made.case, known.by_pk[made.case.resident_id]
    # A chief who set the level knew the earlier warnings: only what is new may raise it.
    features = features_of(made.rows, resident, known, at=at, only_new=case.risk_by_chief)
    case.scam_type = features.scam_type
    judgement = _flagged(triage.judge(features, weights.content), made.rows)
    joining.judge(made, judgement, weights=weights, reachable=bool(resident.phone))
    case.instruction = sources.strongest(case.instruction, features.instruction)
    case.amount_at_risk = max(case.amount_at_risk, features.amount_at_risk)
    case.already_transferred = max(case.already_transferred, features.already_transferred)
    _set_place(case, made.rows, known)


def _flagged(judgement: triage.Judgement, rows: Iterable[Incoming]) -> triage.Judgement:
    return replace(judgement, reasons=judgement.reasons + incoming.flags(rows))


def _set_place(case: Case, rows: Sequence[Incoming], known: Known) -> None:
    located = [row for row in rows if row.lat is not None]
    if located:
        case.lat, case.lon = located[-1].lat, located[-1].lon
    elif case.lat is None:
        home = known.by_pk[case.resident_id].household
        # The home's position is used only while the case is in the home's division.
        if home.division_id == case.division_id:
            case.lat, case.lon = home.lat, home.lon


def alert_of(row: Incoming, *, source: AlertSource, at: dt.datetime, case: Case | None) -> Alert:
    """Return the unsaved alert of a row, with the answer that its source gets."""
    alert = Alert(
        source=source, external_id=row.external_id, content_hash=row.content_hash, received_at=at,
        occurred_at=row.occurred_at, scam_type=row.scam_type, risk_claimed=row.risk, channel=row.channel,
        instruction=row.instruction,
        amount_at_risk=row.amount_at_risk, already_transferred=row.already_transferred, raw=row.raw,
        faults=list(row.faults), resident_id=case.resident_id if case else None, case=case,
    )  # fmt: skip
    alert.answered = {
        "alert": str(alert.pk),
        "external_id": row.external_id,
        "way": "case" if case else "triage",
        "case": str(case.pk) if case else None,
        "risk": case.risk if case else None,
        "received_at": at.isoformat(),
    }
    if row.faults:
        alert.answered["faults"] = alert.faults
    return alert


def entry_of(made: TriagePlan, alert: Alert, *, at: dt.datetime) -> TriageEntry:
    """Return the unsaved triage entry of an alert that waits for a person; a higher level has a shorter clock."""
    minutes = {levels.Risk.HIGH: 5, levels.Risk.MEDIUM: 60, levels.Risk.LOW: 24 * 60}[made.judgement.risk]
    return TriageEntry(
        alert=alert, unit=made.unit, reasons=[{"code": made.reason}, *made.judgement.reasons],
        risk=made.judgement.risk, points=made.judgement.points, made_at=at,
        settle_by=at + dt.timedelta(minutes=minutes),
    )  # fmt: skip
