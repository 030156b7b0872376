"""What a dying phone could not send, brought by somebody else: taken as its author's, once, and nothing told."""

import base64
import json
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from accounts import cards
from accounts.people import deactivate
from accounts.sign_in import Adapter
from dissuasion.actions.field.held_acts import take_up
from dissuasion.models import Act, CaseEvent, Visit
from tests.dissuasion.access.conftest import CANARIES
from tests.dissuasion.actions.field.phone import Desk, Phone, history

PATH = "/api/v1/handover"


def key_of(phone):
    return phone.client.get(f"{PATH}/key", {"device": phone.device}).json()


def sealed(phone, acts, **changes):
    """Return the box as the phone makes it without a network."""
    told, nonce = key_of(phone), os.urandom(12)
    content = acts if isinstance(acts, bytes) else json.dumps({"acts": acts}).encode()
    box = AESGCM(base64.b64decode(told["key"])).encrypt(nonce, content, b"doorstep-handover")
    return {
        "person": told["person"],
        "device": phone.device,
        "nonce": base64.b64encode(nonce).decode(),
        "box": base64.b64encode(box).decode(),
    } | changes


def brings(client, box):
    return client.post(PATH, box, "application/json")


def recorded(phone):
    payload = {"met": True, "disposition": "dissuaded"}
    return [phone.envelope("acknowledge", {}), phone.envelope("visit", payload)]


def test_its_key_belongs_to_one_phone_of_one_person(lin, cast):
    keys = [
        key_of(phone)["key"]
        for phone in (lin, Phone(cast, "lin", device="second"), Phone(cast, "mei", device=lin.device))
    ]
    assert len({*keys}) == 3
    assert key_of(lin) == {"key": keys[0], "person": str(cast.lin.pk)}
    assert len(base64.b64decode(keys[0])) == 32


def test_it_takes_acts_as_their_authors(lin, cast):
    acts = recorded(lin)
    answer = brings(cast.client("mei"), sealed(lin, acts))
    assert answer.status_code == 200, answer.content
    assert answer.json()["person_name_initial"] == "林"
    assert [row["uuid"] for row in answer.json()["receipts"]] == [act["uuid"] for act in acts]
    assert [set(row) for row in answer.json()["receipts"]] == [{"uuid", "verdict"}] * 2
    visit = Visit.objects.get()
    assert (visit.person, visit.act.carried_by) == (cast.lin, cast.mei)
    assert "handed_over" in visit.act.flags


def test_the_history_says_who_brought_it(lin, cast):
    brings(cast.client("mei"), sealed(lin, recorded(lin)))
    assert "visited" in history(Desk(cast, "gu").case(lin))
    carried = [event.data.get("carrier") for event in CaseEvent.objects.filter(kind="flagged")]
    assert str(cast.mei.pk) in carried


def test_it_takes_a_box_once_whoever_brings_it(lin, cast):
    box = sealed(lin, recorded(lin))
    first = brings(cast.client("mei"), box).json()["receipts"]
    again = brings(cast.client("qin"), box).json()["receipts"]
    assert [row["uuid"] for row in again] == [row["uuid"] for row in first]
    assert Act.objects.count() == 2
    assert set(Act.objects.values_list("carried_by", flat=True)) == {cast.mei.pk}


def test_the_phone_may_still_send_the_same_itself(lin, cast):
    acts = recorded(lin)
    brings(cast.client("mei"), sealed(lin, acts))
    assert {receipt["verdict"] for receipt in lin.send(*acts)} <= {"flagged", "already_applied"}
    assert Visit.objects.count() == 1


def test_it_tells_the_carrier_nothing_of_the_case(lin, cast):
    told = brings(cast.client("wen"), sealed(lin, recorded(lin))).content.decode()
    assert not [word for word in (*CANARIES, "赵", "示范路", "林警官") if word in told]


def test_it_holds_what_a_deactivated_person_recorded(lin, cast):
    box = sealed(lin, recorded(lin))
    deactivate(cast.lin)
    receipts = brings(cast.client("mei"), box).json()["receipts"]
    assert {row["verdict"] for row in receipts} == {"held"}
    assert not Visit.objects.exists()


def new_password(cast):
    Adapter().set_password(cast.lin, "another-password-9")


@pytest.mark.parametrize("change", [new_password, lambda cast: cards.renew_card(cast.lin)])
def test_it_holds_what_an_old_key_sealed(lin, cast, change):
    box, key = sealed(lin, recorded(lin)), key_of(lin)["key"]
    change(cast)
    receipts = brings(cast.client("mei"), box).json()["receipts"]
    assert {row["verdict"] for row in receipts} == {"held"}
    assert {act.receipt["code"] for act in Act.objects.all()} == {"quarantined"}
    again = Phone(cast, "lin", device=lin.device)
    assert key_of(again)["key"] != key
    assert take_up(Act.objects.get(kind="visit").pk, at=timezone.now(), by=cast.gu)
    assert Visit.objects.get().person == cast.lin


@pytest.mark.parametrize(
    "change",
    [{"nonce": "AAAA"}, {"nonce": "é"}, {"box": "AAAA"}, {"box": "not base64"}, {"device": "another"},
     {"person": "2f8e3f60-1111-4111-8111-111111111111"}],
)  # fmt: skip
def test_it_opens_no_wrong_box(lin, cast, change):
    answer = brings(cast.client("mei"), sealed(lin, recorded(lin)) | change)
    assert (answer.status_code, answer.json()["code"]) == (422, "handover_unreadable")
    assert not Act.objects.exists()


def test_it_opens_no_box_under_another_name(lin, cast):
    answer = brings(cast.client("mei"), sealed(lin, recorded(lin)) | {"person": str(cast.mei.pk)})
    assert answer.status_code == 422


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"acts": 7}', b"\xff", b"null", b"[" * 100_000])
def test_it_takes_nothing_that_holds_no_acts(lin, cast, content):
    assert brings(cast.client("mei"), sealed(lin, content)).status_code == 422


@pytest.mark.parametrize("odd", ["NaN", "-Infinity", "1e999", "[" * 70 + "]" * 70])
def test_a_box_is_checked_as_any_other_body(lin, cast, odd):
    act = json.dumps(lin.envelope("dance", {"odd": "here"})).replace('"here"', odd)
    whole = json.dumps(lin.envelope("acknowledge", {}))
    answer = brings(cast.client("mei"), sealed(lin, f'{{"acts": [{act}, {whole}]}}'.encode()))
    assert [row["verdict"] == "refused" for row in answer.json()["receipts"]] == [True, False]
    around = brings(cast.client("mei"), sealed(lin, f'{{"acts": [], "odd": {odd}}}'.encode()))
    assert (around.status_code, around.json()["code"]) == (422, "handover_unreadable")
    assert Act.objects.count() == 1


def test_one_unreadable_act_does_not_hold_up_the_others(lin, cast):
    receipts = brings(cast.client("mei"), sealed(lin, [7, {"uuid": "x"}, *recorded(lin)])).json()["receipts"]
    assert [row["verdict"] for row in receipts] == ["refused", "refused", "flagged", "flagged"]


def test_it_takes_five_hundred_at_most(lin, cast):
    answer = brings(cast.client("mei"), sealed(lin, [7] * 501))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_many_acts")


@pytest.mark.parametrize("field", ["person", "device", "nonce", "box"])
def test_it_names_what_is_missing(lin, cast, field):
    box = sealed(lin, [])
    del box[field]
    answer = brings(cast.client("mei"), box)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_it_takes_thirty_boxes_in_five_minutes(lin, cast, clock):
    mei, box = cast.client("mei"), sealed(lin, []) | {"box": "AAAA"}
    assert [brings(mei, box).status_code for _try in range(31)] == [422] * 30 + [429]
    assert brings(cast.client("qin"), box).status_code == 422
    clock.shift(300)
    assert brings(mei, box).status_code == 422


def test_it_is_for_people_who_are_signed_in(lin, client):
    assert brings(client, sealed(lin, [])).status_code == 401
