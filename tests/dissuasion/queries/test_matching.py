"""Who should go, and why them: read from the suggestions of a case, whose reasons are words."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Person, Shift
from households.models import Coverage
from tests.cast import TOWNSHIP, VILLAGE
from tests.dissuasion.actions.field.phone import Phone


@pytest.fixture
def suggest(gu, send_alert):
    """Send a case into the hands of nobody, then ask who could go."""

    def ask(**changes):
        case = send_alert(**changes).json()["case"]
        gu.asks(f"cases/{case}/recall", reason="for the test")
        return gu.reads(f"cases/{case}/suggestions")

    return ask


def names(answer, which="suggestions"):
    return [row["name"] for row in answer[which]]


def reasons(answer, name, which="suggestions"):
    (row,) = [row for row in answer[which] if row["name"] == name]
    return [reason["code"] for reason in row["reasons"]]


def test_it_prefers_who_covers_the_village(suggest, cast, place):
    Coverage.objects.all().delete()
    Coverage.objects.create(person=cast.qin, division_id=VILLAGE)
    place("lin", 500), place("qin", 500)
    answer = suggest()
    assert names(answer) == [cast.qin.name, cast.lin.name]
    assert "covers_village" in reasons(answer, cast.qin.name)
    assert "covers_village" not in reasons(answer, cast.lin.name)


@pytest.mark.parametrize("kind", ["household", "area", "village", "township"])
def test_it_names_the_ground_that_somebody_covers(suggest, cast, kind):
    Coverage.objects.all().delete()
    home = cast.zhao_resident.household
    ground = {
        "household": {"household": home},
        "area": {"area": home.area},
        "village": {"division_id": VILLAGE},
        "township": {"division_id": TOWNSHIP},
    }
    Coverage.objects.create(person=cast.qin, **ground[kind])
    assert reasons(suggest(), cast.qin.name)[0] == f"covers_{kind}"


def test_it_counts_the_smallest_piece_of_ground(suggest, cast):
    Coverage.objects.create(person=cast.lin, household=cast.zhao_resident.household)
    assert reasons(suggest(), cast.lin.name)[0] == "covers_household"


def test_it_prefers_the_nearer(suggest, cast, place):
    Coverage.objects.all().delete()
    place("lin", 6000), place("qin", 1200)
    answer = suggest()
    assert names(answer) == [cast.qin.name, cast.lin.name]
    assert [row["minutes"] for row in answer["suggestions"]] == [2.4, 12.0]


def test_it_says_how_far_which_way_and_how_old_in_words(suggest, cast, place):
    place("lin", 1200, old=180)
    (row,) = [row for row in suggest()["suggestions"] if row["name"] == cast.lin.name]
    assert "1.2 km north, 3 min ago" in [reason["text"] for reason in row["reasons"]]


def test_it_says_when_a_position_is_stale(suggest, cast, place):
    place("lin", 1000, old=601)
    assert "position_stale" in reasons(suggest(), cast.lin.name)


def test_it_says_when_a_position_is_unknown(suggest, cast):
    assert "position_unknown" in reasons(suggest(), cast.qin.name)


def test_it_prefers_a_known_position_nearby_to_an_unknown_one(suggest, cast, place):
    Coverage.objects.all().delete()
    place("qin", 2000)
    cast.lin.presence.delete()
    assert names(suggest()) == [cast.qin.name, cast.lin.name]


def test_it_prefers_who_is_free(suggest, cast, place, send_alert, neighbour):
    Coverage.objects.all().delete()
    place("lin", 500), place("qin", 1500)
    send_alert(**neighbour("10000000077"))
    answer = suggest()
    assert names(answer) == [cast.qin.name, cast.lin.name]
    assert {"load", "on_high"} <= set(reasons(answer, cast.lin.name))
    assert "free" in reasons(answer, cast.qin.name)


def test_it_prefers_who_speaks_the_dialect(suggest, cast):
    Coverage.objects.all().delete()
    cast.lin.presence.delete()
    Person.objects.filter(pk=cast.qin.pk).update(dialects=["周口话"])
    answer = suggest()
    assert names(answer) == [cast.qin.name, cast.lin.name]
    assert "Speaks the dialect: 周口话" in [r["text"] for r in answer["suggestions"][0]["reasons"]]


def test_it_puts_a_silent_phone_behind(suggest, cast, place):
    Coverage.objects.all().delete()
    place("lin", 500, silent=16 * 60), place("qin", 3000)
    answer = suggest()
    assert names(answer) == [cast.qin.name, cast.lin.name]
    assert "silent" in reasons(answer, cast.lin.name)


def test_it_leaves_out_who_is_off_duty_and_says_so(suggest, cast, off_duty):
    off_duty("qin")
    answer = suggest()
    assert cast.qin.name not in names(answer)
    assert (cast.qin.name, "Off duty") in [(row["name"], row["text"]) for row in answer["left_out"]]


def test_it_leaves_out_whose_shift_has_ended_or_not_begun(suggest, cast, off_duty):
    off_duty("qin")
    now = timezone.now()
    Shift.objects.create(person=cast.qin, starts_at=now + dt.timedelta(seconds=1), ends_at=now + dt.timedelta(hours=1))
    Shift.objects.create(person=cast.qin, starts_at=now - dt.timedelta(hours=1), ends_at=now)
    assert cast.qin.name not in names(suggest())


def test_it_lets_a_grid_member_only_go_along_to_high_risk(suggest, cast):
    answer = suggest()
    assert cast.mei.name not in names(answer)
    assert names(answer, "companions") == [cast.mei.name]
    assert (cast.mei.name, "may_not_lead") in [(row["name"], row["code"]) for row in answer["left_out"]]


def test_it_lets_a_grid_member_lead_what_is_not_high(gu, send_alert, cast):
    case = send_alert(risk="medium", amount_at_risk="0", already_transferred="0", channel="call").json()["case"]
    answer = gu.reads(f"cases/{case}/suggestions")
    assert cast.mei.name in names(answer)
    assert answer["companions"] == []


def test_it_never_sends_a_chief_by_itself(suggest, cast, on_duty):
    on_duty("gu")
    answer = suggest()
    assert cast.gu.name not in names(answer) + names(answer, "companions")


def test_it_never_suggests_another_county(suggest, cast, off_duty):
    off_duty("lin", "qin")
    assert cast.wen.name not in str(suggest())


def test_it_never_suggests_who_is_deactivated(suggest, cast):
    Person.objects.filter(pk=cast.qin.pk).update(is_active=False)
    assert cast.qin.name not in str(suggest())


def test_it_gives_three_at_most(suggest, cast, on_duty):
    for number in range(4):
        person = Person.objects.create(username=f"x{number}", name=f"警{number}", role="officer", unit=cast.lin.unit)
        cast.people[person.username] = person
        on_duty(person.username)
    assert len(names(suggest())) == 3


def test_it_falls_back_to_the_county_when_the_station_has_nobody(gu, cast, send_alert, off_duty, on_duty):
    off_duty()
    cast.people["hu"] = Person.objects.create(
        username="hu", name="胡警官", role="officer", unit=cast.units["411681113"], language="en", password="!"
    )
    on_duty("hu")
    send_alert()
    hu = Phone(cast, "hu")
    assert hu.held() == ["assigned"]
    said = [reason["text"] for reason in hu.work()["assignments"][0]["reasons"]]
    assert "From another station of the county: 411681113派出所" in said


def test_it_keeps_to_the_own_station_while_somebody_there_can_go(cast, send_alert, gu, place, on_duty):
    hu = Person.objects.create(username="hu", name="胡警官", role="officer", unit=cast.units["411681113"])
    cast.people["hu"] = hu
    on_duty("hu"), place("hu", 10)
    case = send_alert().json()["case"]
    assert hu.name not in names(gu.reads(f"cases/{case}/suggestions"))


def test_it_shows_the_chosen_person_why_them(gu, cast, send_alert):
    send_alert()
    codes = [reason["code"] for reason in Phone(cast, "lin").work()["assignments"][0]["reasons"]]
    assert codes == ["covers_village", "own_station", "on_duty", "near", "free"]
