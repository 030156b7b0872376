"""The straight way: shown, acknowledged, gone, arrived, recorded, each step with its place in the history."""

import pytest

from config.lib.allowance import Allowance
from dissuasion.api.phone import acts as acts_door
from tests.dissuasion.actions.field.phone import history, position, since_nine

STEPS = [
    ("receipt", "assigned", "shown"),
    ("acknowledge", "acknowledged", "acknowledged"),
    ("depart", "en_route", "departed"),
    ("arrive", "on_scene", "arrived"),
    ("note", "assigned", "noted"),
]


@pytest.mark.parametrize(("kind", "status", "event"), STEPS)
def test_it_applies_each_kind(lin, gu, kind, status, event):
    receipt = lin.does(kind, **({"text": "door is shut"} if kind == "note" else {}))
    assert (receipt["verdict"], receipt["flags"]) == ("applied", [])
    assert lin.held() == [status]
    assert history(gu.case(lin))[-1] == event


def test_it_goes_all_the_way_with_an_event_for_each_step(lin, gu, clock):
    for kind in ("receipt", "acknowledge", "depart", "arrive"):
        clock.shift(30)
        assert lin.does(kind)["verdict"] == "applied"
    assert lin.records()["verdict"] == "applied"
    assert lin.held() == []
    steps = ["heard", "judged", "assigned", "shown", "acknowledged", "departed", "arrived"]
    assert history(gu.case(lin)) == [*steps, "visited", "cleared", "monitored"]


def test_it_says_when_each_step_was_done(lin, clock):
    clock.shift(20)
    lin.does("acknowledge")
    clock.shift(40)
    lin.does("depart")
    row = lin.work()["assignments"][0]
    assert (since_nine(row["acknowledged_at"]), since_nine(row["departed_at"])) == (20, 60)
    assert row["arrived_at"] is None


def test_it_takes_many_acts_at_once_and_answers_each(lin):
    acts = [lin.envelope(kind, {}) for kind in ("receipt", "acknowledge", "depart", "arrive")]
    receipts = lin.send(*acts)
    assert [r["uuid"] for r in receipts] == [a["uuid"] for a in acts]
    assert {r["verdict"] for r in receipts} == {"applied"}
    assert lin.held() == ["on_scene"]


def test_it_takes_one_act_without_a_list(lin):
    answer = lin.client.post("/api/v1/acts", lin.envelope("acknowledge", {}), "application/json")
    assert [r["verdict"] for r in answer.json()["receipts"]] == ["applied"]


def test_it_refuses_more_than_100_at_once_and_takes_none(lin):
    acts = [lin.envelope("receipt", {}) for _ in range(101)]
    answer = lin.client.post("/api/v1/acts", {"acts": acts}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_many_acts")
    assert lin.held() == ["assigned"]


def test_it_takes_so_many_of_one_person_and_the_rest_a_little_later(lin, cast, monkeypatch):
    monkeypatch.setattr(acts_door, "ALLOWED", Allowance(burst=3, per_second=0.5))
    envelopes = [lin.envelope(kind, {}) for kind in ("receipt", "acknowledge", "depart", "arrive")]
    first, then = (lin.client.post("/api/v1/acts", each, "application/json") for each in (envelopes[:2], envelopes[2:]))
    assert (first.status_code, then.status_code, then.json()["code"]) == (200, 429, "too_many")
    assert then["Retry-After"] == "3"
    assert lin.held() == ["acknowledged"]
    assert cast.client("mei").post("/api/v1/acts", envelopes[:1], "application/json").status_code == 200


def test_it_counts_the_first_device_receipt_only(lin, gu, clock):
    lin.does("receipt")
    clock.shift(60)
    assert lin.does("receipt")["verdict"] == "applied"
    case = gu.case(lin)
    assert history(case).count("shown") == 1
    assert since_nine(case["assignments"][0]["shown_at"]) == 0


def test_it_keeps_the_words_of_a_note_out_of_the_history(lin, gu):
    lin.does("note", text="银行卡已冻结")
    assert "银行卡" not in str(gu.case(lin)["history"])


def test_it_notes_where_the_phone_was_on_the_way(lin, cast):
    lin.does("depart", position=position(900, accuracy_m=8, age_s=0))
    cast.lin.presence.refresh_from_db()
    assert cast.lin.presence.accuracy_m == 8
