"""The tests' cast and their ground: two counties, three stations, a handful of people, two front doors."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Person, Presence, Shift, Unit
from accounts.models.person import person_phone_index
from config.lib.identity import id_check_digit
from dissuasion.models import AlertSource, SourceKey, WorkVersion
from households.models import Area, Contact, Coverage, Division, Household, Resident

SOURCE_KEY = "the-cast-source-key"
VILLAGE, TOWNSHIP, COUNTY = "411681112200", "411681112", "411681"
HOME = (33.4660, 114.8750)
PHONE, OTHER_PHONE = "10000000001", "10000000002"
# Argon2 takes its time on purpose; nobody's password is at stake here and most tests sign in by session.
NO_PASSWORD = "!"


def synthetic_id(number: int, born: str = "19500101") -> str:
    """Return an ID number of a region that does not exist, with a right check digit."""
    first = f"999999{born}{number:03d}"
    return first + id_check_digit(first)


# What is known of Mrs Zhao and her family: it stands in the database sealed, or not at all.
SECRETS = (PHONE, "10000000091", synthetic_id(1), "示范路12号", "院里有狗，先喊门", "赵小某")


@dataclass
class Cast:
    """Everybody by name; `home` is Mrs Zhao's front door in Lin's village."""

    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    source: Any = None
    zhao_resident: Any = None  # 赵某, whom the warnings in the tests mean
    other_resident: Any = None  # lives on Wen's ground

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, name: str, language: str = "en") -> Client:
        """Return an HTTP client in which this person is signed in."""
        client = Client(headers={"accept-language": language})
        client.force_login(self.people[name])
        return client


def _units() -> dict[str, Unit]:
    city = Unit.objects.create(code="city-4116", name="周口市反诈中心", kind=Unit.Kind.CITY_DESK)
    desks = {
        county: Unit(code=f"county-{county}", name=f"{county}反诈", kind=Unit.Kind.COUNTY_DESK, parent=city)
        for county in ("411681", "411624")
    }
    _create(desks)
    stations = {
        code: Unit(
            code=f"station-{code}", name=f"{code}派出所", kind=Unit.Kind.STATION, parent=desks[code[:6]]
        )
        for code in ("411681112", "411681113", "411624114")
    }  # fmt: skip
    _create(stations)
    return {"city": city, **desks, **stations}


def _create(units: dict[str, Unit]) -> None:
    for unit in units.values():
        unit.set_path()
    Unit.objects.bulk_create(units.values())


def _ground(units: dict[str, Unit]) -> None:
    city = Division(code="4116", name="周口市", level="city", unit=units["city"])
    ground = [city]
    for county, name, lat, lon in (("411681", "项城市", 33.466, 114.875), ("411624", "沈丘县", 33.409, 115.098)):
        above = Division(code=county, name=name, level="county", parent=city, unit=units[county], lat=lat, lon=lon)
        ground.append(above)
        for code in (c for c in units if c.startswith(county) and len(c) == 9):
            town = Division(code=code, name=f"{code}镇", level="township", parent=above, unit=units[code])
            ground += [town, Division(code=f"{code}200", name=f"{code}村", level="village", parent=town)]
    Division.objects.bulk_create(ground)


def _people(cast: Cast) -> None:
    station, desk, wen = cast.units[TOWNSHIP], cast.units[COUNTY], cast.units["411624114"]
    rows = [
        ("lin", "林警官", "community_officer", station), ("mei", "梅某", "grid_member", station),
        ("qin", "秦警官", "officer", station), ("gu", "顾所长", "station_chief", station),
        ("zhao", "赵主任", "county_desk", desk), ("sun", "孙管理", "admin", cast.units["city"]),
        ("city", "城主任", "city_desk", cast.units["city"]), ("wen", "温警官", "community_officer", wen),
        ("wengu", "文所长", "station_chief", wen),
    ]  # fmt: skip
    now = timezone.now()
    for number, (username, name, role, unit) in enumerate(rows):
        phone = f"1009{number:07d}"
        person = Person(username=username, name=name, role=role, unit=unit, language="en", password=NO_PASSWORD)
        person.phone, person.phone_index = phone, person_phone_index(phone)
        person.is_staff = person.is_superuser = username == "sun"
        cast.people[username] = person
    Person.objects.bulk_create(cast.people.values())
    on_duty = [cast.people[name] for name in ("lin", "mei", "qin", "wen")]
    long = dt.timedelta(days=30)
    Shift.objects.bulk_create([Shift(person=p, starts_at=now - long, ends_at=now + 12 * long) for p in on_duty])
    WorkVersion.objects.bulk_create([WorkVersion(person=p) for p in cast.people.values()])
    Presence.objects.create(
        person=cast.lin, seen_at=now, position_at=now, accuracy_m=10, lat=HOME[0] + 0.01, lon=HOME[1]
    )


def _homes(cast: Cast) -> None:
    group = Area.objects.create(division_id=VILLAGE, kind="group", name="一组")
    Coverage.objects.bulk_create([
        Coverage(person=cast.lin, division_id=VILLAGE), Coverage(person=cast.mei, area=group),
    ])  # fmt: skip
    home = Household(
        division_id=VILLAGE, area=group, address="示范路12号", lat=HOME[0], lon=HOME[1], safety_note="院里有狗，先喊门"
    )
    far = Household(division_id="411624114200", address="示范街3号", lat=33.409, lon=115.098)
    Household.objects.bulk_create([home, far])
    cast.zhao_resident = Resident(household=home, name="赵某", phone=PHONE, id_number=synthetic_id(1), dialect="周口话")
    cast.other_resident = Resident(household=far, name="刘某", phone=OTHER_PHONE, id_number=synthetic_id(2, "19850202"))
    for resident in (cast.zhao_resident, cast.other_resident):
        resident.index()
    Resident.objects.bulk_create([cast.zhao_resident, cast.other_resident])
    Contact.objects.create(resident=cast.zhao_resident, name="赵小某", relation="女儿", phone="10000000091")


def make_cast() -> Cast:
    """Return the cast, saved: a table at a time, since most tests begin with it."""
    cast = Cast(units=_units())
    _ground(cast.units)
    _people(cast)
    _homes(cast)
    cast.source = AlertSource.objects.create(code="funds", name="Funds centre", unit=cast.units["city"])
    SourceKey.issue(cast.source, SOURCE_KEY)
    return cast


def alert(**changes: Any) -> dict[str, Any]:
    """Return the body of a high-risk alert about Mrs Zhao; `resident` is merged, anything else replaced."""
    resident = {"phone": PHONE, **changes.pop("resident", {})}
    body: dict[str, Any] = {
        "external_id": "a-1",
        "occurred_at": (timezone.now() - dt.timedelta(seconds=5)).isoformat(),
        "scam_type": "investment",
        "risk": "high",
        "channel": "funds",
        "amount_at_risk": "200000",
        "already_transferred": "10000",
        "resident": resident,
    }
    return body | changes
