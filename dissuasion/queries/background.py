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
    """Look-ups for a set of alerts, read once."""

    by_phone: dict[str, list[Resident]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Resident] = field(default_factory=dict)
    by_pk: dict[Any, Resident] = field(default_factory=dict)
    divisions: dict[str, Division] = field(default_factory=dict)
    cases: dict[Any, Case] = field(default_factory=dict)
    earlier: dict[Any, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    denied: set[Any] = field(default_factory=set)
    # Until when a person has decided about a resident: what was heard until then is settled.
    settled_at: dict[Any, dt.datetime] = field(default_factory=dict)

    def unsettled(self, resident: Resident) -> list[dict[str, Any]]:
        """Return the earlier warnings about a resident that nobody has decided about yet."""
        settled_at, earlier = self.settled_at.get(resident.pk), self.earlier.get(resident.pk, [])
        return [row for row in earlier if settled_at is None or row["received_at"] > settled_at]

    def resident_of(self, row: Incoming) -> tuple[Resident | None, str]:
        """Return the resident whom a row means and an empty text, or None and the code of the reason."""
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
    """Return what is known of `rows`, in at most five queries however many rows there are."""
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
    fields = ("resident_id", "risk_claimed", "instruction", "channel", "source__kind", "amount_at_risk")
    # By our clock: a source whose clock has stopped or is wrong must not make its alerts look old.
    recent = Alert.objects.filter(resident__in=people, received_at__gte=at - REPEAT_WINDOW)
    for row in recent.values(*fields, "already_transferred", "received_at", "case__settled_at"):
        known.earlier[row["resident_id"]].append(row)
        _settle(known, row["resident_id"], row["case__settled_at"])
    for case in known.cases.values():
        _settle(known, case.resident_id, case.settled_at)
    refused = Visit.objects.filter(
        case__resident__in=people, disposition="refused", act__received_at__gte=at - DENIED_WINDOW
    )
    known.denied = set(refused.values_list("case__resident_id", flat=True))


def _settle(known: Known, resident_id: Any, at: dt.datetime | None) -> None:
    """The newest decision counts, whichever of the resident's cases it was about: it was made on all of them."""
    before = known.settled_at.get(resident_id)
    if at is not None and (before is None or at > before):
        known.settled_at[resident_id] = at
