"""The next call: one operator at a time, for ten minutes, only on the own ground."""

import pytest
from django.utils import timezone

from dissuasion.demo.seeding.work_data import load_scripts
from dissuasion.models import HotlineAttempt
from tests.dissuasion.actions.field.phone import Desk
from tests.dissuasion.actions.hotline.conftest import neighbours


def test_it_gives_what_is_needed_to_talk(he, medium, cast):
    case = medium()
    call = he.claims()
    assert (call["resident"]["name"], call["resident"]["phone"]) == ("赵某", cast.zhao_resident.phone)
    assert call["contacts"] == [{"name": "赵小某", "relation": "女儿", "phone": "10000000091"}]
    assert (call["case"]["number"], call["case"]["scam_name"]) == (case.number, "Fake online investment")
    assert all(reason["text"] for reason in call["case"]["reasons"])
    assert (call["tries"], call["history"]["warnings"]) == (1, 1)


def test_it_names_the_script_to_speak_from(he, medium):
    load_scripts(now=timezone.now())
    script = medium() and he.claims()["script"]
    assert script["audience"] == "resident"
    assert he.client.get(f"/api/v1/scripts/{script['sha256']}").status_code == 200


def test_it_never_hands_the_same_person_to_two(he, shi, medium):
    medium()
    assert he.claims() is not None
    assert shi.claims() is None


def test_it_hands_an_operator_the_call_that_they_have(he, medium, send_alert):
    medium()
    neighbours(send_alert, 2)
    first = he.claims()
    assert he.claims()["id"] == first["id"]
    assert (he.call["tries"], HotlineAttempt.objects.count()) == (1, 1)


def test_it_goes_to_the_next_operator_when_the_lease_has_run_out(he, shi, medium, clock):
    medium()
    first = he.claims()
    clock.shift(599)
    assert shi.claims() is None
    clock.shift(1)
    assert shi.claims()["id"] == first["id"]
    assert he.claims() is None
    assert he.post(f"{first['id']}/prolong").json()["code"] == "call_gone"


def test_it_stays_with_whoever_prolongs(he, shi, medium, clock):
    call = medium() and he.claims()
    clock.shift(500)
    assert he.post(f"{call['id']}/prolong").status_code == 200
    clock.shift(500)
    assert shi.claims() is None


def test_it_is_given_back(he, shi, medium):
    call = medium() and he.claims()
    assert he.post(f"{call['id']}/release").status_code == 204
    assert he.post(f"{call['id']}/release").status_code == 409
    assert shi.claims()["id"] == call["id"]


def test_it_shows_another_station_nothing(he, stranger, medium):
    call = medium() and he.claims()
    assert stranger.claims() is None
    assert stranger.sees()["queue"]["calling"] == 0
    for door in ("result", "prolong", "release"):
        answer = stranger.post(f"{call['id']}/{door}", uuid=call["id"], result="stopped")
        assert answer.status_code == 404, door


def test_it_shows_a_colleague_no_call_that_they_never_had(he, shi, medium):
    call = medium() and he.claims()
    assert shi.post(f"{call['id']}/result", uuid=call["id"], result="stopped").status_code == 404
    assert shi.sees()["call"] is None


def test_it_takes_the_call_from_whoever_goes_to_another_unit(he, shi, medium, cast):
    medium()
    he.claims()
    he.person.unit = cast.units["411624"]
    he.person.save()
    assert (he.sees()["call"], he.claims()) == (None, None)
    assert shi.claims() is not None


def test_it_counts_the_queue(he, medium, send_alert, cast, clock):
    medium()
    neighbours(send_alert, 2)
    he.claims()
    queue = he.sees()["queue"]
    assert (queue["due"], queue["later"], queue["calling"], queue["money_moves"]) == (2, 0, 1, 0)
    assert he.sees()["call"]["id"] == he.call["id"]
    clock.shift(600)
    assert (he.sees()["queue"]["due"], he.sees()["call"]) == (3, None)


@pytest.mark.parametrize(("name", "due"), [("gu", 1), ("zhao", 1), ("city", 1), ("wengu", 0)])
def test_it_lets_desks_count_and_never_call(he, medium, cast, name, due):
    medium()
    seen = Desk(cast, name).reads("hotline")
    assert (seen["queue"]["due"], seen["call"]) == (due, None)
    assert Desk(cast, name).asks("hotline/claim").status_code == 403


def test_it_counts_a_unit_below_only(he, cast, medium):
    medium()
    assert he.sees(f"?unit={cast.units['411681112'].pk}")["queue"]["due"] == 1
    assert he.client.get(f"/api/v1/hotline?unit={cast.units['city'].pk}").status_code == 404
