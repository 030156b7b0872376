"""The residents of the four recorded cases: their places are real, what the reports leave out is visibly made up."""

import functools
import json
from pathlib import Path
from typing import Any, TypedDict

from dissuasion.demo.seeding import identities
from dissuasion.demo.seeding.geography import ground, village_name
from dissuasion.demo.seeding.randomness import random_for, random_point, row_id
from households.models import Area, Contact, Household, Resident

CASES = Path(__file__).resolve().parents[2] / "data" / "recorded_cases.json"
# A made-up birthday: the reports give no age, and this one scores no points in triage.
BORN, FIRST_SEQUENCE = "19800101", 901
HOME_KM = (0.05, 0.3)


class RecordedResident(TypedDict):
    """What an alert must say for the resident to be found."""

    phone: str
    id_number: str
    division_code: str


@functools.cache
def recorded_cases() -> list[dict[str, Any]]:
    """Return the recorded cases as the reports give them."""
    cases: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    return cases


def recorded_residents() -> dict[str, RecordedResident]:
    """Return each recorded case's resident by the case's key, without asking the database."""
    return {
        case["key"]: {
            "phone": identities.telephone(identities.RECORDED_PHONE, number),
            "id_number": identities.id_number(BORN, FIRST_SEQUENCE + number),
            "division_code": case["division_code"],
        }
        for number, case in enumerate(recorded_cases(), start=1)
    }


def resident_id(key: str) -> Any:
    """Return the id of a recorded case's resident."""
    return row_id("recorded", key, "resident")


def recorded_home(case: dict[str, Any], *, number: int, area: Area | None) -> tuple[Household, Resident, Contact]:
    """Return the household, the resident and the family of a recorded case, unsaved.

    The ground is the one that the record names. 城关镇 of 扶沟 was dissolved before the list of 2023 was made: that
    household stands on its county, whose desk went there itself.
    """
    key, code = case["key"], case["division_code"]
    place = ground().places[code]
    lat, lon = random_point(place.point, near_km=HOME_KM[0], far_km=HOME_KM[1], rng=random_for("recorded", key))
    village = village_name(place) if case["village"] else ""
    household = Household(
        id=row_id("recorded", key, "household"),
        division_id=code,
        area=area,
        address=f"{case['county']}{case['township']}{village}示范路{number}号",
        lat=lat,
        lon=lon,
    )
    numbers = recorded_residents()[key]
    resident = Resident(
        id=resident_id(key),
        household=household,
        name=case["person"],
        phone=numbers["phone"],
        id_number=numbers["id_number"],
        dialect=identities.dialect(code),
    )
    resident.index()
    phone = identities.telephone(identities.RECORDED_CONTACT_PHONE, number)
    contact = Contact(
        id=row_id("recorded", key, "contact"), resident=resident, name="家属", relation="家属", phone=phone
    )
    return household, resident, contact
