"""The ladder's form: begins with the one in force, draws it as a time line, refuses what could not be climbed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person, PushSubscription, Shift
from dissuasion.admin.ladder_line import APART, BEGIN, END, places
from dissuasion.models import Policy
from dissuasion.rules.ladder import FIRST_LADDER
from tests.dissuasion.admin.conftest import form_of
from tests.dissuasion.admin.test_policies import TIMES, faults

RUNGS = f"{reverse('admin:dissuasion_policy_add')}?kind=ladder"


@pytest.fixture
def reachable(cast):
    """The cast, with somebody at the desk of Wen's county."""
    cast.people["xu"] = Person.objects.create(
        username="xu", name="徐主任", role="county_desk", unit=cast.units["411624"], phone="10090000099"
    )
    return cast


def without_a_number(*people):
    for person in people:
        person.phone = ""
        person.save()


def proves(person):
    PushSubscription.objects.create(person=person, device="d", made_at=timezone.now(), proven_at=timezone.now())


def refused(sun, **fields):
    return faults(sun.post(RUNGS, form_of(sun, RUNGS) | fields))


def test_it_begins_with_the_ladder_in_force(sun):
    data = form_of(sun, RUNGS)
    assert (data["high__push"], data["high__second"], data["medium__next"]) == ("15 s", "1 min", "1 h")
    assert "high__voice" not in data


def test_a_new_ladder_is_in_force_and_an_empty_rung_is_left_out(sun, reachable):
    data = form_of(sun, RUNGS) | {"high__text": "", "high__voice": "25 s", "high__chief": "1 min", "low__chief": "2 h"}
    assert sun.post(RUNGS, data).status_code == 302
    content = Policy.current("ladder").content
    assert content["high"] == {"push": 15, "voice": 25, "second": 60, "chief": 60, "county": 180, "next": 300}
    assert content["low"] == FIRST_LADDER["low"] | {"chief": 7200}


EMPTY = {f"high__{do}": "" for do in ("push", "text", "second", "chief", "county", "next")}
FAULTS = [
    (EMPTY, "high__next", "This ladder has no rungs"),
    ({"low__next": ""}, "low__next", "This ladder has no end"),
    ({"high__county": "5 min"}, "high__county", "County desk is never reached"),
    ({"high__push": "1 h"}, "high__push", "Push is never reached: it comes after everybody has been let go at 5 min."),
    ({"high__chief": "50 s"}, "high__chief", "Station chief comes too early"),
    ({"high__county": "90 s"}, "high__county", "County desk comes too early"),
    ({"high__second": "", "high__chief": ""}, "high__second", "a second officer or the station chief"),
    ({"medium__next": "59 min"}, "medium__next", "before their time to acknowledge is over, which is 1 h"),
    ({"high__text": "soon"}, "high__text", "a number and a unit"),
    ({"high__text": "0 s"}, "high__text", "From one second"),
    ({}, "__all__", "Nothing differs from version 1"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "place", "words"), FAULTS)
def test_a_fault_is_named_beside_its_rung(sun, reachable, fields, place, words):
    assert words in " ".join(refused(sun, **fields)[place])
    assert Policy.current("ladder").version == 1


def test_deadlines_do_not_outlast_the_ladder_either(sun):
    found = faults(sun.post(TIMES, form_of(sun, TIMES) | {"high__acknowledge": "301 s", "high__contact": "10 min"}))
    assert found == {"high__acknowledge": ["The ladder lets people go at 5 min, before this time is over."]}


def test_it_refuses_a_rung_that_nobody_would_hear(sun, cast):
    assert "411624反诈 (nobody there)" in refused(sun, high__text="20 s")["high__county"][0]
    without_a_number(cast.wengu)
    found = refused(sun, high__county="", high__text="20 s")
    assert list(found) == ["high__chief"]
    assert found["high__chief"] == ["No station chief can be reached: 411624114派出所 (without a telephone number)."]
    data = form_of(sun, RUNGS) | {"high__chief": "", "high__county": ""}
    assert sun.post(RUNGS, data).status_code == 302


def test_it_refuses_people_on_duty_who_have_none_of_its_channels(sun, reachable):
    without_a_number(reachable.lin, reachable.mei)
    proves(reachable.mei)
    assert refused(sun, high__text="20 s")["high__text"] == [
        "On duty without a telephone number: 林警官 of 411681112派出所."
    ]
    found = refused(sun, high__push="")["high__text"][0]
    assert "林警官 of 411681112派出所, 梅某 of 411681112派出所 (push only)" in found
    assert sun.post(RUNGS, form_of(sun, RUNGS) | {"high__text": ""}).status_code == 302


def test_it_names_the_first_five_and_how_many_more(sun, reachable):
    now, station = timezone.now(), reachable.lin.unit
    for number in range(7):
        made = Person.objects.create(username=f"p{number}", name="韩某", role="officer", unit=station)
        Shift.objects.create(person=made, starts_at=now, ends_at=now + dt.timedelta(hours=8))
    said = refused(sun, high__text="20 s")["high__text"][0]
    assert said.count("411681112派出所") == 5
    assert "and 2 more" in said


def test_a_preview_draws_the_time_line_and_saves_nothing(sun, reachable):
    data = form_of(sun, RUNGS) | {"high__voice": "45 s", "_preview": "1"}
    page = sun.post(RUNGS, data).content.decode()
    assert page.count('class="ds-line"') == 3
    assert "Voice call, if the phone has not shown it" in page
    assert "everybody on duty can be reached now" in page
    assert "style=" not in page[page.index('class="ds-ladder"') : page.index('name="_preview"')]
    assert Policy.objects.filter(kind="ladder").count() == 1


def test_a_preview_warns_of_whom_nobody_could_reach(sun):
    page = sun.post(RUNGS, form_of(sun, RUNGS) | {"_preview": "1"}).content.decode()
    assert "Not everybody could be reached now" in page
    assert "Nobody at the desk can be reached: 411624反诈 (nobody there)." in page


def test_it_shows_what_a_version_changed(sun, reachable):
    sun.post(RUNGS, form_of(sun, RUNGS) | {"high__text": "", "high__voice": "20 s"})
    new = Policy.current("ladder")
    page = sun.get(reverse("admin:dissuasion_policy_change", args=[new.pk])).content.decode()
    assert "was 30 s" in page
    assert "High risk: Voice call" in page
    assert "Low risk: Voice call" not in page
    assert page.count('class="ds-line"') == 3
    listed = sun.get(reverse("admin:dissuasion_policy_changelist") + "?kind__exact=ladder").content.decode()
    assert f"/policy/{new.pk}/change/" in listed


def test_it_speaks_chinese_as_well(cast):
    sun = cast.client("sun", "zh-hans")
    page = sun.post(RUNGS, form_of(sun, RUNGS) | {"high__county": "5分钟", "_preview": "1"}).content.decode()
    assert "县反诈中心永远轮不到" in page
    assert "同时叫第二名民警" in page


def test_moments_keep_their_order_and_their_distance():
    for seconds in ([1], [1, 2, 3, 4, 5, 6, 7, 8], [15, 30, 60, 120, 180, 300], [15, 86400], [86399, 86400]):
        found = places(seconds)
        gaps = [after - before for before, after in zip([BEGIN, *found], found, strict=False)]
        assert min(gaps) >= APART - 1e-9
        assert found[-1] <= END
