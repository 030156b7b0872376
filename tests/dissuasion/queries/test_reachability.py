"""Who can't be reached by any channel, before a case finds it out."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Person, PushSubscription, Unit
from accounts.people import go_off_duty
from dissuasion.queries.reachability import PersonWithoutNumber, UnreachableUnit, channels_of, gaps

WEN_DESK = UnreachableUnit("411624反诈", staffed=False)


def now_missing():
    return gaps(now=timezone.now())


def forget_number(*people):
    for person in people:
        person.phone = ""
        person.save()


def proves(person, *, ago=dt.timedelta(0)):
    at = timezone.now() - ago
    PushSubscription.objects.create(person=person, device="d", endpoint_index=str(at), made_at=at, proven_at=at)


def test_it_names_the_desk_above_a_staffed_station_where_nobody_is(cast):
    missing = now_missing()
    assert (missing.chiefs, missing.desks, missing.field) == ([], [WEN_DESK], [])
    Person.objects.create(username="xu", name="徐", role="county_desk", unit=cast.units["411624"], phone="10090000099")
    assert now_missing().desks == []


def test_it_counts_no_unit_without_field_staff(cast):
    Person.objects.filter(unit=cast.units["411624114"]).update(is_active=False)
    assert now_missing().desks == []
    assert not Person.objects.filter(unit=cast.units["411681113"]).exists()


def test_it_names_a_station_whose_chief_has_left_or_has_no_channel(cast):
    forget_number(cast.gu)
    Person.objects.filter(pk=cast.wengu.pk).update(is_active=False)
    assert now_missing().chiefs == [
        UnreachableUnit("411624114派出所", staffed=False),
        UnreachableUnit("411681112派出所", staffed=True),
    ]


def test_a_push_counts_for_a_day(cast):
    forget_number(cast.lin)
    for hours, counts in ((25, False), (23, True)):
        proves(cast.lin, ago=dt.timedelta(hours=hours))
        assert [one.push for one in now_missing().field] == [counts]


def test_a_push_is_no_way_to_a_chief(cast):
    forget_number(cast.gu)
    proves(cast.gu, ago=dt.timedelta(hours=1))
    assert len(now_missing().chiefs) == 1


def test_one_who_can_be_reached_is_enough(cast, person):
    forget_number(cast.gu)
    person("deputy", "station_chief")
    assert now_missing().chiefs == []


def test_at_the_top_the_desk_is_its_own(cast, person):
    officer = person("tang", "officer")
    officer.unit = cast.units["city"]
    officer.save()
    assert now_missing().desks == [WEN_DESK]
    forget_number(cast.city)
    assert UnreachableUnit("周口市反诈中心", staffed=True) in now_missing().desks


def test_it_names_who_is_on_duty_without_a_number(cast):
    forget_number(cast.lin, cast.mei, cast.qin, cast.zhao)
    go_off_duty(cast.qin, at=timezone.now())
    proves(cast.mei)
    assert now_missing().field == [
        PersonWithoutNumber("林警官", "411681112派出所", push=False),
        PersonWithoutNumber("梅某", "411681112派出所", push=True),
    ]


def test_it_asks_as_often_however_many_there_are(cast, django_assert_num_queries):
    for number in range(5):
        Unit.objects.create(code=f"s{number}", name="所", kind="station", parent=cast.units["411681"])
        Person.objects.create(
            username=f"p{number}", name="韩", role="officer", unit=Unit.objects.get(code=f"s{number}")
        )
    with django_assert_num_queries(4):
        assert len(now_missing().chiefs) == 5


@pytest.mark.parametrize(
    ("number", "push", "codes"),
    [(True, True, ["push", "text", "voice", "messenger"]), (True, False, ["text", "voice", "messenger"]),
     (False, True, ["push"]), (False, False, [])],
)  # fmt: skip
def test_it_says_by_which_channels_a_person_is_reached(number, push, codes):
    assert channels_of(number=number, push=push) == codes
