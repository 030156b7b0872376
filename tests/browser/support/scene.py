"""An ordinary afternoon on Lin's ground, as the mock-ups tell it: six people, three levels, a script for each scam."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Person, Unit
from dissuasion.demo.seeding.work_data import load_scripts
from households.models import Contact, Division, Household, Resident
from tests.browser.support.http import Desk, Source, elsewhere
from tests.cast import HOME, TOWNSHIP, VILLAGE, Cast, synthetic_id

NAMES = {"411681": "项城市", TOWNSHIP: "范集镇", VILLAGE: "范集村", "411681113": "南顿镇"}
# name, born, metres north and east of the village, phone, lives alone
PEOPLE = [
    ("刘某兰", "19780303", 1200, 700, "10000000011", False),
    ("齐某", "19900909", -2300, 1600, "10000000012", False),
    ("张某某", "19551212", 400, -3100, "10000000013", True),
    ("甲某", "19660606", -900, -500, "10000000014", False),
]
QUIET = {"risk": "medium", "channel": "app", "already_transferred": "0", "amount_at_risk": "6000"}
MEDIUM, LOW = {"scam_type": "romance"}, {"scam_type": "shopping", "risk": "low"}


def set_scene(cast: Cast, *, language: str = "en") -> None:
    """Give the cast's ground its names and its people, publish the first scripts; Lin is written to in `language`."""
    Person.objects.filter(pk=cast.lin.pk).update(language=language)
    for code, name in NAMES.items():
        Division.objects.filter(code=code).update(name=name)
    Unit.objects.filter(code=f"station-{TOWNSHIP}").update(name="范集派出所")
    Unit.objects.filter(code="county-411681").update(name="项城市反诈中心")
    cast.zhao_resident.lives_alone = True
    cast.zhao_resident.save()
    for number, (name, born, north, east, phone, alone) in enumerate(PEOPLE, 11):
        home = Household.objects.create(
            division_id=VILLAGE, address=f"示范路{number}号",
            lat=HOME[0] + north / 110_922, lon=HOME[1] + east / 92_900,
        )  # fmt: skip
        resident = Resident.objects.create(
            household=home, name=name, phone=phone, id_number=synthetic_id(number, born), lives_alone=alone
        )
        Contact.objects.create(resident=resident, name=f"{name[0]}小某", relation="儿子", phone="10000000092")
    elsewhere(load_scripts, now=timezone.now())


def quiet(source: Source, gu: Desk, to: Any, *, phone: str, **changes: Any) -> str:
    """Warn about somebody with little at stake and have the chief give it to `to`; return the case."""
    case = source.sends(external_id=f"quiet-{phone}", resident={"phone": phone}, **(QUIET | changes))["case"]
    gu.asks(f"cases/{case}/assign", person=str(to.pk))
    return str(case)


def afternoon(cast: Cast, source: Source, desk: Callable[[str], Desk]) -> None:
    """Everybody's warning: Zhao rings, three others wait quietly."""
    gu = desk("gu")
    quiet(source, gu, cast.lin, phone="10000000014", **MEDIUM)
    quiet(source, gu, cast.lin, phone="10000000012", **MEDIUM)
    quiet(source, gu, cast.lin, phone="10000000013", **LOW)
    source.sends()
