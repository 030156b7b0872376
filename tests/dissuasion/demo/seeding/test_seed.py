"""The seeding of a whole database: complete, once, renewed on later days, refused where it has no place."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person, Presence, Shift, Unit
from accounts.roles import SENT_BY_MACHINE, may_lead
from dissuasion.demo.seeding import rota
from dissuasion.demo.seeding.run import Refused
from dissuasion.demo.seeding.work_data import DEMO_SOURCE_KEY
from dissuasion.models import AlertSource, Policy, ScriptVersion, SourceKey, WorkVersion
from dissuasion.queries.reachability import Gaps, gaps
from households.models import Area, Contact, Coverage, Division, Household, Resident

TABLES = (Area, Contact, Coverage, Division, Household, Person, Presence, Resident, ScriptVersion, Shift, Unit)
STATIONS = ("411681112", "411624114", "130229110")


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in TABLES}


def on_duty(now: dt.datetime) -> set[str]:
    return set(Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).values_list("person__username", flat=True))


def test_it_fills_the_whole_ground_and_two_stations(seeded):
    assert Division.objects.filter(code__startswith="4116", level="township").count() == 206
    assert Division.objects.exclude(level="village").filter(unit=None).count() == 0
    assert Household.objects.count() == 2 * 120 + 4
    assert Resident.objects.exclude(id_index="").count() == Resident.objects.count()


def test_it_opens_what_it_sealed(seeded):
    lin = Person.objects.get(username="lin")
    household = Household.objects.filter(division="411681112201").first()
    assert household is not None
    assert lin.phone.startswith("1001")
    assert "范集镇杨庄村示范路" in household.address


@pytest.mark.parametrize("station", STATIONS)
def test_it_covers_every_village_of_a_staffed_station(seeded, station):
    villages = set(Division.objects.filter(parent=station).values_list("code", flat=True))
    rows = Coverage.objects.filter(division__in=villages, person__role__in=["community_officer", "cadre"])
    assert set(rows.values_list("division", flat=True)) == villages
    assert Coverage.objects.filter(division=station).count() == 1


def test_it_gives_mei_grids_and_lin_the_village(seeded):
    assert Coverage.objects.filter(person__username="mei", area__division="411681112200").count() == 2
    assert Coverage.objects.filter(person__username="lin", division="411681112200").exists()
    assert not Coverage.objects.filter(person__username="wen", division__code__startswith="411681").exists()


def test_it_readies_the_work(seeded, now):
    assert WorkVersion.objects.count() == Person.objects.count()
    assert {(p.kind, p.version) for p in Policy.objects.all()} == {(kind, 1) for kind in Policy.Kind.values}
    key = SourceKey.objects.get(key_hash=SourceKey.digest(DEMO_SOURCE_KEY))
    assert (key.source.code, key.source.unit.code) == ("demo", "city-4116")
    assert AlertSource.objects.get(code="funds-centre").keys.count() == 0
    assert set(AlertSource.objects.values_list("kind", "instructs")) == {("police", True)}
    assert set(ScriptVersion.objects.values_list("number", "status", "published_at")) == {(1, "published", now)}


def test_it_has_the_cast_on_duty_at_any_hour(seeded, now):
    for hours in range(0, 24 * 6, 4):
        assert set(rota.ALWAYS) <= on_duty(now + dt.timedelta(hours=hours))


def test_it_puts_the_phones_of_those_on_duty_near_their_station(seeded, now):
    placed = set(Presence.objects.filter(position_at=now).values_list("person__username", flat=True))
    assert set(rota.ALWAYS) <= placed <= on_duty(now)
    leads = [p for p in Person.objects.filter(username__in=placed) if may_lead(p.role, "high")]
    assert {p.role for p in leads} & SENT_BY_MACHINE


def test_it_does_nothing_the_second_time(again, now):
    before = counts()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert not again(at=now).changed
    assert counts() == before
    assert len(queries) <= 8


def test_it_plans_the_new_days_of_a_later_start(again, now):
    later = now + dt.timedelta(days=2)
    before = counts()
    again(at=later)
    last = rota.starts(rota.days_from(later)[-1], rota.LATE)
    assert Shift.objects.filter(starts_at=last).exists()
    assert {name for name, count in counts().items() if count != before[name]} == {"Shift"}
    assert set(rota.ALWAYS) <= on_duty(last)


def test_a_rung_reaches_everybody_whom_it_means(seeded, now):
    for hours in (0, 8, 16):
        assert gaps(now=now + dt.timedelta(hours=hours)) == Gaps(chiefs=[], desks=[], field=[])


def test_it_doubles_nobodys_shift(again, now):
    again(at=now + dt.timedelta(days=1))
    shifts = list(Shift.objects.values_list("person", "starts_at"))
    assert len(shifts) == len(set(shifts))


def test_it_brings_the_cast_back_after_a_long_pause(again, now):
    later = now + dt.timedelta(days=40)
    again(at=later)
    assert set(rota.ALWAYS) <= on_duty(later)
    assert len(on_duty(later)) > len(rota.ALWAYS)


def test_it_refuses_another_size(again, now):
    with pytest.raises(Refused, match="small"):
        again(at=now, size="city")


def test_it_refuses_people_on_a_production_server(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("seed", size="small", quiet=True)
