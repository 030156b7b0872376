"""The places of the four recorded cases: ground, units and people as the reports name them, residents made up."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import Person, Shift, Unit
from households import ground
from households.models import Contact, Coverage, Division, Household, Resident
from tests.cast import Cast, synthetic_id

FILE = Path(__file__).resolve().parents[2] / "dissuasion/data/recorded_cases.json"
RECORDED: dict[str, dict[str, Any]] = {case["key"]: case for case in json.loads(FILE.read_text())["cases"]}
LEVELS = {4: "city", 6: "county", 9: "township", 12: "village"}
KINDS = {4: Unit.Kind.CITY_DESK, 6: Unit.Kind.COUNTY_DESK, 9: Unit.Kind.STATION}
PHONE, DAUGHTER = "10000000401", "10000000402"


@dataclass
class Told:
    """One recorded case on its ground, with the clock at its day and hour."""

    record: dict[str, Any]
    cast: Cast
    clock: Any

    def alert(self) -> dict[str, Any]:
        """Return the fields of the warning as the report gives them."""
        record = self.record
        return {
            "external_id": record["key"],
            "occurred_at": (timezone.now() - dt.timedelta(seconds=20)).isoformat(),
            "scam_type": record["scam_type"],
            "risk": record["risk"],
            "channel": "funds" if record["upstream"] == "资金预警" else "call",
            "instruction": "high" if record["upstream"] == "高危预警指令" else "",
            "amount_at_risk": str(record["at_risk"]),
            "already_transferred": str(record["already_transferred"]),
            "resident": {"phone": PHONE, "name": record["person"], "division_code": record["division_code"]},
        }


def hour_of(record: dict[str, Any]) -> dt.datetime:
    """Return when the case happened; ten in the morning where no hour is given, half past seven for an evening."""
    clock = {None: "10:00", "evening": "19:30"}.get(record["time"], record["time"])
    return dt.datetime.fromisoformat(f"{record['date']}T{clock}:00+08:00")


def settle(cast: Cast, record: dict[str, Any]) -> None:
    """Make the ground of a case, its family and its crew: an officer there, one next door, a grid member, the desk."""
    code = record["division_code"]
    for part in reversed(ground.codes_above(code)):
        _division(part, record)
    Shift.objects.all().delete()  # only the crew of this place is on duty
    station = Division.objects.get(pk=code[:9]).unit
    county = Unit.objects.get(code=f"county-{code[:6]}")
    next_door, _made = Unit.objects.get_or_create(
        code=f"station-{code[:6]}-next", defaults={"name": "邻所", "kind": Unit.Kind.STATION, "parent": county}
    )
    crew = [
        ("there", "officer", station), ("beside", "officer", next_door), ("grid", "grid_member", station),
        ("desk", "county_desk", county),
    ]  # fmt: skip
    now = timezone.now()
    for username, role, unit in crew:
        person = Person.objects.create(username=username, name=f"{username}某", role=role, unit=unit, password="!")
        Shift.objects.create(person=person, starts_at=now, ends_at=now + dt.timedelta(hours=8))
        cast.people[username] = person
    Coverage.objects.create(person=cast.there, division_id=code)
    _family(record)


def _division(code: str, record: dict[str, Any]) -> None:
    level = LEVELS[len(code)]
    parent = Division.objects.filter(pk__in=ground.codes_above(code)[1:2]).first()
    unit = None
    if len(code) in KINDS:
        above = Unit.objects.filter(divisions=parent).first() if parent else None
        name = f"{level.replace('township', 'station')}-{code}"
        unit, _made = Unit.objects.get_or_create(
            code=name, defaults={"name": f"{record[level]}公安", "kind": KINDS[len(code)], "parent": above}
        )
    Division.objects.get_or_create(
        code=code, defaults={"name": record[level], "level": level, "parent": parent, "unit": unit}
    )


def _family(record: dict[str, Any]) -> None:
    code = record["division_code"]
    home = Household.objects.create(division_id=code, address="示范路8号", lat=33.7, lon=114.9)
    resident = Resident.objects.create(
        household=home, name=record["person"], phone=PHONE, id_number=synthetic_id(41, "19600606")
    )
    Contact.objects.create(resident=resident, name="示范女", relation="女儿", phone=DAUGHTER)
