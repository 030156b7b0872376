"""Policies: a new version begins from the one in force, says what it means, and refuses in words and places."""

import pytest
from django.urls import reverse

from dissuasion.admin.policy_forms import SpanField, span_in_words
from dissuasion.models import Policy
from dissuasion.rules import deadlines, triage
from tests.dissuasion.admin.conftest import form_of

ADD = reverse("admin:dissuasion_policy_add")
WEIGHTS, TIMES = f"{ADD}?kind=triage", f"{ADD}?kind=deadlines"


def faults(response):
    return {name: list(errors) for name, errors in response.context["adminform"].form.errors.items()}


def test_the_form_begins_with_the_version_in_force(sun):
    Policy.objects.create(kind="triage", content=triage.FIRST_WEIGHTS | {"aged_years": 70})
    data = form_of(sun, WEIGHTS)
    assert (data["aged_years"], data["points__funds_moving"], data["thresholds__high"]) == (70, 40, 60)
    assert form_of(sun, TIMES)["high__acknowledge"] == "2 min"


def test_a_new_version_is_in_force_and_the_old_one_as_it_was(sun):
    old = Policy.current("triage")
    data = form_of(sun, WEIGHTS) | {
        "points__repeat": "12",
        "hot_divisions": "411681, 4116",
        "reason": "Two losses in June",
    }
    assert sun.post(WEIGHTS, data).status_code == 302
    new = Policy.current("triage")
    assert (new.version, new.reason) == (old.version + 1, "Two losses in June")
    assert (new.content["points"]["repeat"], new.content["hot_divisions"]) == (12, ["411681", "4116"])
    assert triage.faults(new.content) == []
    old.refresh_from_db()
    assert old.content == triage.FIRST_WEIGHTS


def test_floors_are_set_beside_the_points(sun):
    data = form_of(sun, WEIGHTS)
    assert (data["floors__fund_alert"], data["floors__source_says_high"]) == ("high", "medium")
    data |= {"floors__money_moved": "", "fund_channels": ["funds", "bank"], "reason": "Counters as well"}
    assert sun.post(WEIGHTS, data).status_code == 302
    content = Policy.current("triage").content
    assert (content["floors"]["money_moved"], content["fund_channels"]) == ("", ["funds", "bank"])
    assert triage.faults(content) == []


def test_the_preview_shows_what_floors_make_of_a_fund_alert(sun):
    page = sun.get(WEIGHTS).content.decode()
    assert "A fund alert: each one calls for a visit" in page
    assert "A superior&#x27;s instruction: urgent" in page


def test_a_version_from_before_the_floors_can_be_looked_at(sun):
    old = {key: value for key, value in triage.FIRST_WEIGHTS.items() if key not in ("floors", "fund_channels")}
    before = Policy.objects.create(kind="triage", content=old)
    after = Policy.objects.create(kind="triage", content=triage.FIRST_WEIGHTS)
    for version in (before, after):
        page = sun.get(reverse("admin:dissuasion_policy_change", args=[version.pk]))
        assert page.status_code == 200
    assert "was by its points" in page.content.decode()


def test_new_deadlines_are_written_as_people_say_them(sun):
    data = form_of(sun, TIMES) | {"high__acknowledge": "90 s", "high__arrive": "1小时 5分"}
    assert sun.post(TIMES, data).status_code == 302
    content = Policy.current("deadlines").content
    assert (content["high"]["acknowledge"], content["high"]["arrive"]) == (90, 3900)
    assert content["low"] == deadlines.FIRST_POLICY["low"]


FAULTS = [
    (WEIGHTS, {"thresholds__high": "20"}, "thresholds__high", "must begin above medium"),
    (WEIGHTS, {"points__aged": "-1"}, "points__aged", "greater than or equal to 0"),
    (WEIGHTS, {"points__aged": "101"}, "points__aged", "less than or equal to 100"),
    (WEIGHTS, {"points__aged": "many"}, "points__aged", "whole number"),
    (WEIGHTS, {"hot_divisions": "4116, here"}, "hot_divisions", "Not the code of a division: here"),
    (WEIGHTS, {"high_loss_types": ["nothing"]}, "high_loss_types", "Select a valid choice"),
    (WEIGHTS, {}, "__all__", "Nothing differs from version 1"),
    (TIMES, {"high__acknowledge": "soon"}, "high__acknowledge", "a number and a unit"),
    (TIMES, {"high__acknowledge": "5"}, "high__acknowledge", "a number and a unit"),
    (TIMES, {"high__acknowledge": "0 s"}, "high__acknowledge", "From one second"),
    (TIMES, {"high__acknowledge": "31 d"}, "high__acknowledge", "to thirty days"),
    (TIMES, {"high__acknowledge": ""}, "high__acknowledge", "required"),
    (TIMES, {"medium__contact": "10 s"}, "medium__acknowledge", "one after the other"),
]  # fmt: skip


def test_a_fault_is_named_in_words_at_its_place(sun):
    forms = {address: form_of(sun, address) for address in (WEIGHTS, TIMES)}
    for address, fields, place, words in FAULTS:
        found = faults(sun.post(address, forms[address] | fields))
        assert words in " ".join(found[place]), fields
    assert (Policy.current("triage").version, Policy.current("deadlines").version) == (1, 1)


def test_two_admins_at_once_do_not_undo_each_other(sun):
    data = form_of(sun, WEIGHTS)
    sun.post(WEIGHTS, data | {"points__repeat": "12"})
    found = faults(sun.post(WEIGHTS, data | {"points__aged": "1"}))
    assert "Somebody made version 2 meanwhile" in found["__all__"][0]


def test_a_preview_shows_what_the_numbers_mean_and_saves_nothing(sun):
    data = form_of(sun, WEIGHTS) | {"thresholds__high": "40", "_preview": "1"}
    before = sun.get(WEIGHTS).content.decode()
    page = sun.post(WEIGHTS, data).content.decode()
    assert "from 60 points: a visit at once" in before
    assert "from 40 points: a visit at once" in page
    assert page.count("ds-risk--high") > before.count("ds-risk--high")
    assert Policy.objects.filter(kind="triage").count() == 1


def test_a_preview_of_deadlines_says_by_when(sun):
    page = sun.post(TIMES, form_of(sun, TIMES) | {"high__arrive": "25 min", "_preview": "1"}).content.decode()
    assert "14:25" in page
    assert "14:00, day 3" in page


def test_a_preview_names_faults_as_well(sun):
    found = faults(sun.post(WEIGHTS, form_of(sun, WEIGHTS) | {"thresholds__high": "1", "_preview": "1"}))
    assert "thresholds__high" in found


def test_an_old_version_shows_what_changed_and_is_never_changed(sun):
    first = Policy.current("triage")
    sun.post(WEIGHTS, form_of(sun, WEIGHTS) | {"points__repeat": "12"})
    new = Policy.current("triage")
    page = sun.get(reverse("admin:dissuasion_policy_change", args=[new.pk])).content.decode()
    assert "was 10" in page
    assert sun.post(reverse("admin:dissuasion_policy_change", args=[first.pk]), {"reason": "x"}).status_code == 403
    assert sun.post(reverse("admin:dissuasion_policy_delete", args=[first.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("seconds", [1, 59, 60, 90, 3600, 5400, 86400, 90061])
def test_a_span_is_read_as_it_is_written(seconds):
    assert SpanField().clean(span_in_words(seconds)) == seconds
