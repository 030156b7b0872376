"""Who may use which door: every endpoint × role on things of Lin's station; a door without a row fails here."""

import json

import pytest
from django.test import Client

from tests.dissuasion.access.doors import NOWHERE, SUBSCRIPTION, all_doors, knock

pytestmark = pytest.mark.django_db
STAFF = ("lin", "mei", "gu", "wengu", "zhao", "city", "sun", "ding", "he")
ROLES = ("anonymous", *STAFF)
EVERYBODY = (401, *("ok",) * 9)
ANYBODY = ("ok",) * 10  # signed in or not
CARDS = (401, *("ok",) * 6, 403, 403, 403)  # who may stand at a door in the name of the police
BOXES = (401, *(422,) * 9)  # everybody may bring a box; this one is none
PHONES = (401, *(404,) * 9)  # the own phone only; this one never subscribed
SOURCES = (401,) * 10
DESKS = (401, 403, 403, "ok", "ok", "ok", "ok", 403, 403, 403)  # each sees its own unit; Wengu an empty one
COMMAND = (401, 403, 403, "ok", 404, "ok", "ok", 403, 403, 403)  # an object of Lin's station
COUNTY = (401, 403, 403, 404, 404, "ok", "ok", 403, 403, 403)  # an entry on the county's desk
FIGURES = (401, 403, 403, "ok", "ok", "ok", "ok", 403, "ok", 403)
QUEUE = (401, 403, 403, "ok", "ok", "ok", "ok", 403, 403, "ok")  # an operator's, and to count a desk's
HOTLINE = (401, *(403,) * 8, "ok")
CALL = (401, *(403,) * 8, 404)  # a call that was never handed to this operator
ADMINS = (401, *(403,) * 6, "ok", 403, 403)
#                                            anon lin mei gu wengu zhao city sun ding he
DOORS = {
    "POST alerts": SOURCES,
    "POST alerts/batch": SOURCES,
    "GET work": EVERYBODY,
    "POST acts": EVERYBODY,
    "GET visits/<uuid:visit_id>": (401, "ok", *(404,) * 8),  # its author's alone
    "PUT evidence/<uuid:evidence_id>": EVERYBODY,  # under its UUID nobody but the author can add to it
    "GET evidence/<uuid:evidence_id>": (401, "ok", 404, "ok", 404, "ok", "ok", 404, 404, 404),
    "GET duty": EVERYBODY,
    "POST duty": EVERYBODY,
    "GET app": ANYBODY,
    "POST device": EVERYBODY,
    "POST readiness": EVERYBODY,
    "GET readiness": DESKS,
    "GET push": EVERYBODY,
    "POST push": EVERYBODY,
    "DELETE push": EVERYBODY,
    "POST push/test": PHONES,
    "POST push/receipt": ANYBODY,
    "GET card": CARDS,
    "GET handover/key": EVERYBODY,
    "POST handover": BOXES,
    "GET scripts/<str:sha256>": EVERYBODY,
    "GET board": DESKS,
    "GET cases/<uuid:case_id>": COMMAND,
    "GET cases/<uuid:case_id>/suggestions": COMMAND,
    "POST cases/<uuid:case_id>/assign": COMMAND,
    "POST cases/<uuid:case_id>/recall": COMMAND,
    "POST cases/<uuid:case_id>/decide": COMMAND,
    "POST cases/<uuid:case_id>/risk": COMMAND,
    "POST households/<uuid:household_id>/no-messages": COMMAND,
    "DELETE households/<uuid:household_id>/no-messages": COMMAND,
    "GET triage/<uuid:entry_id>": COUNTY,
    "POST triage/<uuid:entry_id>/settle": COUNTY,
    "GET hotline": QUEUE,
    "POST hotline/claim": HOTLINE,
    "POST hotline/<uuid:call_id>/result": CALL,
    "POST hotline/<uuid:call_id>/prolong": CALL,
    "POST hotline/<uuid:call_id>/release": CALL,
    "GET gateways": ADMINS,
    "POST gateways/<str:channel>/test": ADMINS,
    "POST reports/<str:channel>": SOURCES,  # by its signature
    "POST replies/<str:channel>": SOURCES,
    "GET figures": FIGURES,
}


def bodies(cast):
    """Return for each door a body that reads well, so that the refusal is about the right and nothing else."""
    return {
        "POST acts": {"acts": []},
        "POST duty": {"on_duty": True},
        "POST device": {"device": "d", "app_version": "b1", "last_seq": 0, "unsent": 0},
        "POST readiness": {"device": "d", "on_duty": True, "took_ms": 1, "checks": []},
        "POST push": {"device": "d", **SUBSCRIPTION},
        "DELETE push": {"endpoint": SUBSCRIPTION["endpoint"]},
        "POST push/test": {"device": "none"},
        "POST push/receipt": {"id": str(NOWHERE)},
        "POST handover": {"person": str(cast.lin.pk), "device": "d", "nonce": "AAAA", "box": "AAAA"},
        "POST cases/<uuid:case_id>/assign": {"person": str(cast.qin.pk)},
        "POST cases/<uuid:case_id>/recall": {"reason": "wrong"},
        "POST cases/<uuid:case_id>/decide": {"decision": "go_on", "reason": "seen"},
        "POST cases/<uuid:case_id>/risk": {"risk": "high", "reason": "seen"},
        "POST households/<uuid:household_id>/no-messages": {"reason": "asked us to stop"},
        "POST triage/<uuid:entry_id>/settle": {"dismiss": "double"},
        "POST hotline/<uuid:call_id>/result": {"uuid": str(NOWHERE), "result": "stopped"},
        "POST gateways/<str:channel>/test": {},
    }


def outcome(response):
    return "ok" if response.status_code in (200, 201, 202, 204, 409) else response.status_code


def test_it_has_a_row_for_every_door():
    assert set(DOORS) == all_doors()


@pytest.mark.parametrize("role", ROLES)
def test_it_opens_to_whom_the_table_says(cast, things, role):
    client = Client() if role == "anonymous" else cast.client(role)
    sent = {door: json.dumps(body) for door, body in bodies(cast).items()}
    found = {door: outcome(knock(client, door, things, sent.get(door))) for door in DOORS}
    assert found == {door: row[ROLES.index(role)] for door, row in DOORS.items()}


def test_it_opens_to_nobody_without_a_unit(cast, things):
    type(cast.gu).objects.filter(pk=cast.gu.pk).update(unit=None)
    refused = [door for door, row in DOORS.items() if row in (DESKS, FIGURES, QUEUE) or door.startswith("GET cases")]
    assert {knock(cast.client("gu"), door, things).status_code for door in refused} == {403}


def test_it_takes_no_order_from_another_page(cast, things):
    client, sent = Client(enforce_csrf_checks=True), bodies(cast)
    client.force_login(cast.zhao)
    orders = [door for door, row in DOORS.items() if door.startswith("POST") and row not in (SOURCES, ANYBODY)]
    assert {knock(client, door, things, json.dumps(sent.get(door, {}))).status_code for door in orders} == {403}
    things.entry.refresh_from_db()
    assert (things.entry.status, things.phone.held()) == ("waiting", ["assigned"])


def test_it_keeps_stations_of_one_county_apart(cast, things):
    cast.wengu.unit = cast.units["411681113"]
    cast.wengu.save()
    client = cast.client("wengu")
    assert knock(client, "GET cases/<uuid:case_id>", things).status_code == 404
    assert client.get("/api/v1/board").json()["cases"] == []


def test_it_does_not_make_a_holder_a_reader_of_the_file(cast, things):
    assert knock(cast.client("lin"), "GET cases/<uuid:case_id>", things).status_code == 403
