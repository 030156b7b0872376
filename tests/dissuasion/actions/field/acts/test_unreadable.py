"""What can't be placed or read is held and not lost; what is no act at all is refused and stays on the phone."""

import json
from uuid import uuid4

import pytest

from dissuasion.models import Act
from tests.dissuasion.actions.field.phone import Phone, history

UNREADABLE = [
    ("visit", {}, {"met", "disposition"}),
    ("visit", {"met": True, "disposition": "hypnotised"}, {"disposition"}),
    ("visit", {"met": True, "disposition": "a\x00b"}, {"disposition"}),
    ("visit", {"met": True, "disposition": "dissuaded", "steps": [{"seconds": 4}]}, {"steps.0.key"}),
    ("visit", {"met": True, "disposition": "dissuaded", "follow_up_on": "2026-02-30"}, {"follow_up_on"}),
    (
        "visit",
        {"met": True, "disposition": "dissuaded", "amounts": [{"meaning": "lost", "quantity": "-1"}]},
        {"amounts.0.evidence", "amounts.0.quantity"},
    ),
    ("decline", {"reason": "no\x00"}, {"reason"}),
    ("decline", {}, {"reason"}),
    ("note", {"text": "x" * 10_001}, {"text"}),
    ("note", {"text": "half \ud800"}, {"text"}),
]


@pytest.mark.parametrize(("kind", "payload", "places"), UNREADABLE)
def test_it_holds_an_unreadable_payload_and_names_the_places(lin, gu, kind, payload, places):
    act = lin.envelope(kind, payload)
    answer = lin.client.post("/api/v1/acts", json.dumps({"acts": [act]}), "application/json")
    (receipt,) = answer.json()["receipts"]
    assert (receipt["verdict"], receipt["code"]) == ("held", "payload_unreadable")
    assert {error["field"] for error in receipt["errors"]} == places
    assert Act.objects.get(pk=act["uuid"]).body["payload"] == payload
    assert lin.held() == ["assigned"]
    assert gu.case(lin)["attention"] == "flagged"


@pytest.mark.parametrize(
    ("position", "place"),
    [
        ({"lat": 91, "lon": 114, "accuracy_m": 5}, "position.lat"),
        ({"lat": 33, "lon": 114, "accuracy_m": 5, "age_s": 1024 * 7 * 86_400}, "position.age_s"),
        ({"lat": 33, "lon": 114, "accuracy_m": None}, "position.accuracy_m"),
        ([], "position"),
    ],
)
def test_it_counts_a_step_without_its_impossible_position(lin, gu, position, place):
    for kind, status in (("depart", "en_route"), ("arrive", "on_scene")):
        receipt = lin.does(kind, position=position)
        assert (receipt["verdict"], [error["field"] for error in receipt["errors"]]) == ("flagged", [place])
        assert [flag["code"] for flag in receipt["flags"]] == ["position_unreadable"]
        assert lin.held() == [status]
        assert Act.objects.get(pk=receipt["uuid"]).body["payload"] == {"position": position}
        told = [row["data"]["flags"] for row in gu.case(lin)["history"] if row["kind"] == "flagged"]
        assert told[-1] == ["position_unreadable"]
    assert gu.case(lin)["attention"] != "flagged"
    assert gu.case(lin)["check_ins"][0]["grade"] == "D"


def test_it_says_the_same_of_a_held_act_again(lin):
    act = lin.envelope("visit", {"met": "perhaps"})
    (first,), (second,) = lin.send(act), lin.send(act)
    assert second == first | {"repeated": True}


def test_it_tells_the_history_of_a_held_act(lin, gu):
    lin.does("visit")
    event = gu.case(lin)["history"][-1]
    assert (event["kind"], event["data"]["flags"]) == ("flagged", ["payload_unreadable"])


def test_it_holds_an_act_for_an_unknown_assignment(lin):
    act = lin.envelope("visit", {"met": True, "disposition": "dissuaded"}, assignment=str(uuid4()))
    (receipt,) = lin.send(act)
    assert (receipt["verdict"], receipt["code"]) == ("held", "assignment_unknown")
    assert Act.objects.get(pk=act["uuid"]).body["payload"]["disposition"] == "dissuaded"


def test_it_holds_an_act_without_an_assignment(lin):
    assert lin.does("note", sent={"assignment": None}, text="lost dog")["verdict"] == "held"


@pytest.mark.parametrize("kind", ["receipt", "acknowledge", "decline", "arrive", "visit", "note", "correction", "help"])
def test_it_tells_nobody_that_a_foreign_assignment_exists(lin, gu, cast, kind):
    wen = Phone(cast, "wen")
    foreign = wen.does(kind, sent={"assignment": lin.assignment})
    unknown = wen.does(kind, sent={"assignment": str(uuid4())})
    assert {**foreign, "uuid": ""} == {**unknown, "uuid": ""}
    assert history(gu.case(lin)) == ["heard", "judged", "assigned"]


NO_ACT = [
    {"uuid": "17"},
    {"uuid": None},
    {"kind": ""},
    {"kind": "x" * 41},
    {"kind": ["note"]},
    {"assignment": "D-1"},
    {"happened_at": "2026-03-04T09:00:00"},
    {"happened_at": 1_741_000_000},
    {"happened_at": "0001-01-01T00:00:00+08:00"},
    {"clock_offset_ms": 10**20},
    {"device": ""},
    {"device": 7},
    {"seq": -1},
    {"seq": 2**63},
    {"payload": ["met"]},
]


@pytest.mark.parametrize("change", NO_ACT, ids=lambda change: next(iter(change)))
def test_it_refuses_what_is_no_act_and_names_the_place(lin, change):
    (receipt,) = lin.send(lin.envelope("receipt", {}) | change)
    assert (receipt["verdict"], receipt["code"]) == ("refused", "unreadable")
    assert [error["field"] for error in receipt["errors"]] == list(change)
    assert not Act.objects.exists()


@pytest.mark.parametrize("row", [None, 5, "visit", [], {}])
def test_it_answers_a_row_that_is_no_object(lin, row):
    receipts = lin.send(lin.envelope("acknowledge", {}), row, lin.envelope("depart", {}))
    assert [receipt["verdict"] for receipt in receipts] == ["applied", "refused", "applied"]


@pytest.mark.parametrize("body", ["[5]", '"x"', "7", "null", '{"acts": 5}', '{"acts": null}'])
def test_it_answers_a_body_that_is_no_list_of_acts(lin, body):
    answer = lin.client.post("/api/v1/acts", body, "application/json")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert [receipt["verdict"] for receipt in answer.json()["receipts"]] == ["refused"]


@pytest.mark.parametrize("body", ["", "{}", '{"act": []}', '{"kind": "note"}', '{"acts": {}}'])
def test_it_refuses_a_body_that_brings_no_acts(lin, body):
    answer = lin.client.post("/api/v1/acts", body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_it_takes_one_act_without_a_list(lin):
    answer = lin.client.post("/api/v1/acts", lin.envelope("acknowledge", {}), "application/json")
    assert [receipt["verdict"] for receipt in answer.json()["receipts"]] == ["applied"]
    assert lin.client.post("/api/v1/acts", {"acts": []}, "application/json").json() == {"receipts": []}


def test_it_answers_half_a_letter_in_an_envelope(lin):
    act = lin.envelope("receipt", {}) | {"kind": "\ud800"}
    answer = lin.client.post("/api/v1/acts", json.dumps({"acts": [act]}), "application/json")
    assert answer.json()["receipts"][0]["verdict"] == "refused"
