"""Two at the door: the lead's record decides, the companion's is kept beside it."""

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from tests.dissuasion.actions.field.phone import Phone, codes, history


@pytest.fixture
def mei(lin, gu, cast) -> Phone:
    """Mei goes along with Lin."""
    answer = gu.assigns(lin, str(cast.lin.pk), instead_of=lin.assignment, companion=str(cast.mei.pk))
    assert answer.status_code == 200, answer.content
    lin.work()
    phone = Phone(cast, "mei")
    assert phone.held() == ["assigned"]
    return phone


def test_it_shows_each_the_other(lin, mei):
    (hers,), (his,) = mei.work()["assignments"], lin.work()["assignments"]
    assert (hers["part"], hers["team"][0]["name"]) == ("companion", lin.person.name)
    assert (his["part"], his["team"][0]["name"]) == ("lead", mei.person.name)


def test_it_tells_each_what_the_other_does(lin, mei):
    lin.does("depart")
    assert mei.work()["assignments"][0]["team"][0]["status"] == "en_route"
    mei.does("arrive")
    assert lin.work()["assignments"][0]["team"][0]["status"] == "on_scene"


def test_it_keeps_the_companions_record_without_deciding(lin, mei, gu):
    assert codes(mei.records("refused")) == ["companion_record"]
    case = gu.case(lin)
    assert (case["status"], case["attention"]) == ("open", "")
    assert (mei.held(), lin.held()) == ([], ["assigned"])


def test_it_clears_the_companion_with_the_leads_record(lin, mei, gu):
    assert lin.records("dissuaded")["flags"] == []
    assert mei.held() == []
    assert history(gu.case(lin)).count("cleared") == 2


def test_it_keeps_the_companions_record_after_the_leads(lin, mei, gu, clock):
    lin.records("dissuaded")
    clock.shift(60)
    assert codes(mei.records("refused")) == ["after_clear", "companion_record"]
    case = gu.case(lin)
    assert (case["disposition"], [visit["decides"] for visit in case["visits"]]) == ("dissuaded", [True, False])


def test_it_lets_a_companion_decline_and_leaves_the_lead_alone(lin, mei, gu):
    assert mei.does("decline", reason="unwell")["verdict"] == "applied"
    assert (mei.held(), lin.held()) == ([], ["assigned"])
    assert gu.case(lin)["attention"] == ""


def test_it_keeps_the_companion_when_the_lead_changes(lin, mei, gu, cast):
    gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment)
    assert (lin.held(), mei.held()) == ([], ["assigned"])
    assert mei.work()["assignments"][0]["team"][0]["name"] == cast.qin.name


def test_it_makes_a_companion_the_lead_when_the_chief_says_so(lin, gu, cast):
    gu.assigns(lin, str(cast.lin.pk), instead_of=lin.assignment, companion=str(cast.qin.pk))
    lin.work()
    answer = gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment)
    assert answer.status_code == 200, answer.content
    assert [row["part"] for row in Phone(cast, "qin").work()["assignments"]] == ["lead"]


def test_it_recalls_both(lin, mei, gu):
    assert gu.recalls(lin).status_code == 200
    assert (lin.held(), mei.held()) == ([], [])


def test_it_never_watches_the_companions_clock(lin, mei, clock):
    lin.does("acknowledge")
    clock.shift(600)
    due.tick(at=timezone.now())
    assert mei.held() == ["assigned"]
