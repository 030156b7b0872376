"""What is already known of incoming alerts: the residents, their ground, their open cases, earlier warnings."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from dissuasion.models import Alert, Case, Visit
from dissuasion.rules.incoming import Incoming
from dissuasion.rules.states import ACTIVE_CASE
from households import ground
from households.models import Division, Resident
from households.models.household import id_index, phone_index

REPEAT_WINDOW = dt.timedelta(days=7)
DENIED_WINDOW = dt.timedelta(days=90)


@dataclass
class Known:
    """Look-ups for a set of alerts, read once; the planner adds to them as it goes."""

    by_phone: dict[str, list[Resident]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Resident] = field(default_factory=dict)
    by_pk: dict[Any, Resident] = field(default_factory=dict)
    divisions: dict[str, Division] = field(default_factory=dict)
    cases: dict[Any, Case] = field(default_factory=dict)
    earlier: dict[Any, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    denied: set[Any] = field(default_factory=set)

    def resident_of(self, row: Incoming) -> tuple[Resident | None, str]:
        """Return the resident whom a row means, or None and the code of the reason why nobody is clear."""
        if row.resident_id is not None:
            return self.by_pk[row.resident_id], ""
        if not row.phone and not row.id_number:
            return None, "no_identifier"
        by_id = self.by_id.get(id_index(row.id_number)) if row.id_number else None
        phones = self.by_phone.get(phone_index(row.phone), []) if row.phone else []
        if by_id is not None:
            if phones and all(resident.pk != by_id.pk for resident in phones):
                return None, "two_residents"
            return by_id, ""
        if len(phones) > 1 and row.name:
            phones = [resident for resident in phones if resident.name == row.name]
        if len(phones) > 1:
            return None, "several_residents"
        if phones and row.id_number and phones[0].id_index:
            return None, "two_residents"
        return (phones[0], "") if phones else (None, "unknown_resident")


def look_up(rows: Sequence[Incoming], *, at: dt.datetime) -> Known:
    """Return what is known of `rows`, in five queries however many there are."""
    known = Known()
    phones = {phone_index(row.phone) for row in rows if row.phone}
    numbers = {id_index(row.id_number) for row in rows if row.id_number}
    given = {row.resident_id for row in rows if row.resident_id is not None}
    wanted = Q(phone_index__in=phones) | Q(id_index__in=numbers) | Q(pk__in=given)
    for resident in Resident.objects.filter(wanted).select_related("household__division", "household__area"):
        known.by_pk[resident.pk] = resident
        if resident.phone_index:
            known.by_phone[resident.phone_index].append(resident)
        if resident.id_index:
            known.by_id[resident.id_index] = resident

    codes = {row.division_code for row in rows if row.division_code}
    codes |= {resident.household.division_id for resident in known.by_pk.values()}
    known.divisions = ground.divisions_for(codes)
    if known.by_pk:
        _add_history(known, at)
    return known


def _add_history(known: Known, at: dt.datetime) -> None:
    people = list(known.by_pk)
    active = Case.objects.filter(resident__in=people, status__in=ACTIVE_CASE).select_related("unit")
    known.cases = {case.resident_id: case for case in active}
    fields = ("resident_id", "risk_claimed", "channel", "amount_at_risk", "already_transferred")
    recent = Alert.objects.filter(resident__in=people, occurred_at__gte=at - REPEAT_WINDOW)
    for row in recent.values(*fields):
        known.earlier[row["resident_id"]].append(row)
    refused = Visit.objects.filter(
        case__resident__in=people, disposition="refused", happened_at__gte=at - DENIED_WINDOW
    )
    known.denied = set(refused.values_list("case__resident_id", flat=True))
