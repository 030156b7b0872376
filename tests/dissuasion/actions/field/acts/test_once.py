"""An act is applied once, by its UUID: the same again gets the first receipt, anything else under it a refusal."""

import pytest

from dissuasion.models import Act
from tests.dissuasion.actions.field.phone import Phone, history, position


def test_it_answers_a_doubled_act_with_its_first_receipt(lin, gu, clock):
    act = lin.envelope("arrive", {"position": position(3)})
    (first,) = lin.send(act)
    clock.shift(90)
    (second,) = lin.send(act)
    assert second == first | {"verdict": "already_applied", "repeated": True}
    assert history(gu.case(lin)).count("arrived") == 1


def test_it_repeats_flags_as_they_were(lin):
    lin.does("depart")
    act = lin.envelope("acknowledge", {})
    (first,), (second,) = lin.send(act), lin.send(act)
    assert (first["verdict"], second["verdict"]) == ("flagged", "flagged")
    assert second["flags"] == first["flags"]


def test_it_repeats_a_refusal_as_it_was(lin):
    lin.does("acknowledge")
    act = lin.envelope("decline", {"reason": "too_far"})
    (first,), (second,) = lin.send(act), lin.send(act)
    assert (first["code"], second["code"], second["verdict"]) == ("too_late", "too_late", "refused")


def test_it_takes_a_double_within_one_request_once(lin):
    act = lin.envelope("acknowledge", {})
    assert [r["verdict"] for r in lin.send(act, act)] == ["applied", "already_applied"]


def test_it_does_not_mind_the_order_of_fields_or_the_zone(lin):
    act = lin.envelope("depart", {"position": position(2)}, happened_at="2026-03-04T09:00:00+08:00")
    lin.send(act)
    same = dict(reversed(act.items())) | {"happened_at": "2026-03-04T01:00:00Z"}
    assert lin.send(same)[0]["verdict"] == "already_applied"


OTHER = [
    {"kind": "note", "payload": {"text": "other"}},
    {"payload": {"text": "other"}},
    {"seq": 99},
    {"device": "another"},
    {"happened_at": "2026-03-04T08:59:59+08:00"},
    {"clock_offset_ms": 1},
    {"assignment": None},
]


@pytest.mark.parametrize("change", OTHER)
def test_it_refuses_the_same_uuid_with_other_content(lin, change):
    act = lin.envelope("receipt", {})
    lin.send(act)
    (receipt,) = lin.send(act | change)
    assert (receipt["verdict"], receipt["code"], receipt["status"]) == ("refused", "uuid_reused", 409)
    assert Act.objects.get().kind == "receipt"


def test_it_never_answers_with_somebody_elses_act(lin, cast):
    act = lin.envelope("arrive", {"position": position(3)})
    lin.send(act)
    wen = Phone(cast, "wen")
    (receipt,) = wen.send(act)
    assert set(receipt) == {"uuid", "verdict", "code", "status", "detail"}
    assert receipt["code"] == "uuid_reused"
    assert Act.objects.get().person == cast.lin


def test_it_keeps_both_clocks_and_the_number(lin, clock):
    clock.shift(40)
    act = lin.envelope("depart", {}, happened_at="2026-03-04T09:00:10+08:00", clock_offset_ms=2000, seq=41)
    lin.send(act)
    kept = Act.objects.get(pk=act["uuid"])
    assert (kept.received_at - kept.happened_at).total_seconds() == 28
    assert (kept.clock_offset_ms, kept.seq, kept.device) == (2000, 41, "phone-of-lin")
    assert kept.body["payload"] == {}
