"""After a full case nothing of Mrs Zhao stands in any answer to somebody who is not responsible for her."""

import json

import pytest
from django.test import Client

from tests.dissuasion.access.conftest import CANARIES, NAME, NOTE, NUMBERS, PHONE
from tests.dissuasion.access.doors import address, routes

pytestmark = pytest.mark.django_db
OTHER_PAGES = (
    "/start",
    "/",
    "/verify",
    "/up",
    "/ready",
    "/admin/",
    "/accounts/login/",
    "/_allauth/browser/v1/auth/session",
)


def pages(things, cast):
    """Return every address that can be read, also with the units and the page of others in the query."""
    found = [address(route, things) for route, _ids in routes()]
    for unit in cast.units.values():
        found += [f"/api/v1/board?unit={unit.pk}", f"/api/v1/figures?unit={unit.pk}"]
    return [*found, "/api/v1/board?page=2", *OTHER_PAGES]


def everything(client, addresses):
    """Return all that the answers say, headers and bodies, as one text."""
    told = []
    for path in addresses:
        response = client.get(path)
        assert response.status_code < 500, path
        is_json = "json" in response.headers.get("Content-Type", "")
        told += [path, str(response.headers), str(response.cookies), response.content.decode()]
        told.append(json.dumps(response.json(), ensure_ascii=False) if is_json else "")
    return "\n".join(told)


def leaks(client, addresses, canaries=CANARIES):
    text = everything(client, addresses)
    return [canary for canary in canaries if canary in text]


@pytest.mark.parametrize("name", ["wen", "wengu", "mei", "sun", "ding", "he"])
def test_it_tells_nothing_to_those_who_are_not_responsible(cast, told, name):
    for language in ("zh-hans", "en"):
        assert leaks(cast.client(name, language), pages(told, cast)) == []


def test_it_tells_nothing_to_strangers(cast, told):
    assert leaks(Client(), [*pages(told, cast), "/api/schema"]) == []


def test_it_tells_the_holder_until_the_case_leaves_the_phone(cast, things):
    client = cast.client("lin")
    assert PHONE in client.get("/api/v1/work").content.decode()
    things.phone.records("refused", note=NOTE)
    assert leaks(client, pages(things, cast)) == []


def test_it_tells_nothing_to_wen_of_a_case_in_lins_hands(cast, things):
    assert leaks(cast.client("wen"), pages(things, cast)) == []


def test_it_masks_numbers_and_names_at_the_desk(cast, told):
    # An unclear alert is opened whole by whoever must find out whom it means.
    lists = [page for page in pages(told, cast) if not page.startswith("/api/v1/triage/")]
    for name in ("gu", "zhao", "city"):
        assert leaks(cast.client(name), lists, (*NUMBERS, NAME)) == []


def test_it_shows_the_desk_the_end_of_a_number(cast, told):
    resident = cast.client("gu").get(address("cases/<uuid:case_id>", told)).json()["resident"]
    assert (resident["name"], resident["phone"]) == ("兆某", "····0001")
    assert cast.client("zhao").get("/api/v1/board").json()["triage"][0]["phone"] == "····0003"


def test_it_shows_the_note_to_the_case_desk_only(cast, told):
    path = address("cases/<uuid:case_id>", told)
    assert cast.client("gu").get(path).json()["visits"][0]["note"] == NOTE
    assert NOTE not in cast.client("gu").get("/api/v1/board").content.decode()


def test_it_answers_wens_acts_without_a_word_of_the_case(cast, told, act):
    receipt = act(cast.client("wen"), "note", told.phone.assignment, {"text": "who lives there?"})
    assert not [canary for canary in CANARIES if canary in str(receipt)]
