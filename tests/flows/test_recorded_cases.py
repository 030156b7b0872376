"""The four recorded cases, from the warning to the outcome, through HTTP and the socket only."""

from typing import Any

import pytest

from tests.dissuasion.actions.field.phone import Desk, Phone, history, protected
from tests.dissuasion.consumers.line import Line, connected, outside
from tests.dissuasion.telling.declared import check_all
from tests.flows.places import DAUGHTER, RECORDED, Told

pytestmark = pytest.mark.django_db(transaction=True)
DOOR = {"lat": 33.7, "lon": 114.9, "accuracy_m": 9, "age_s": 1}


def recorded(key: str) -> Any:
    """Walk the case of this key."""
    return pytest.mark.parametrize("told", [key], indirect=True, ids=[key])


async def holds(told: Told, name: str) -> Phone:
    return await outside(Phone, told.cast, name)


async def comes(line: Line, phone: Phone, status: str = "assigned") -> dict[str, Any]:
    """Wait until the socket has brought this phone the newest worklist; return its one assignment."""
    newest = await outside(phone.work)
    while (document := await line.document())["version"] < newest["version"]:
        pass
    assert document == newest
    found: dict[str, Any]
    (found,) = phone.sees(document)["assignments"]
    assert found["status"] == status
    return found


async def goes(told: Told, phone: Phone, **minutes: float) -> None:
    """Do steps, each so many minutes after the one before; every one is applied."""
    for kind, wait in minutes.items():
        told.clock.shift(wait * 60)
        payload = {"position": DOOR} if kind == "arrive" else {}
        receipt = await outside(phone.does, kind, **payload)
        assert (receipt["verdict"], receipt["flags"]) == ("applied", [])


async def ends(told: Told, *, visits: int = 1) -> dict[str, Any]:
    """Return the county's figures after checking what all four reports say: met, dissuaded, saved."""
    figures = (await outside(Desk, told.cast, "desk")).reads
    told_of = await outside(figures, "figures")
    assert (told_of["counts"]["alerts"], told_of["counts"]["high"], told_of["counts"]["flagged"]) == (1, 1, 0)
    assert told_of["face_to_face"] | {"visited": 1, "met": 1, "rate": 1.0} == told_of["face_to_face"]
    assert sum(told_of["dispositions"].values()) == visits
    saved = [row for row in told_of["amounts"] if row["meaning"] == "protected"]
    assert [row["sum"] for row in saved] == [f"{told.record['saved']}.00"]
    assert await outside(check_all) >= {"heard", "judged", "assigned", "visited"}
    return told_of


def test_it_knows_the_four_cases():
    assert set(RECORDED) == {"xiangcheng-investment", "shenqiu-loan", "fugou-credit", "yutian-police"}


@recorded("xiangcheng-investment")
async def test_it_walks_the_case_of_xiangcheng(told, send_alert):
    there = await holds(told, "there")
    async with connected(there.client) as line:
        assert (await line.document())["assignments"] == []
        answer = await outside(send_alert, **told.alert())
        assert (answer.status_code, answer.json()["risk"]) == (201, "high")
        card = await comes(line, there)
        assert card["case"]["already_transferred"] == "10000.00"
        await goes(told, there, receipt=0.05, acknowledge=0.2)
        await outside(there.does, "note", text="打过电话，正要转第二笔")
        await goes(told, there, depart=1, arrive=11)
        told.clock.shift(40 * 60)
        lost = {"meaning": "lost", "evidence": "bank", "quantity": "10000"}
        await outside(there.records, "dissuaded", amounts=[protected("200000"), lost])
        while (await line.document())["assignments"]:
            pass
    figures = await ends(told)
    assert [row["sum"] for row in figures["amounts"] if row["meaning"] == "lost"] == ["10000.00"]
    assert figures["intervals"]["acknowledge"] == {
        "n": 1, "missed": 0, "clock": 0, "p50_s": 15.0, "p90_s": 15.0, "target_s": 120, "within_target": 1.0,
    }  # fmt: skip
    assert figures["intervals"]["arrive"]["p50_s"] == 735.0


@recorded("shenqiu-loan")
async def test_it_walks_the_case_of_shenqiu_with_two_stations(told, send_alert):
    there, beside = await holds(told, "there"), await holds(told, "beside")
    desk = await outside(Desk, told.cast, "desk")
    async with connected(there.client) as line, connected(beside.client) as other:
        await outside(send_alert, **told.alert())
        await comes(line, there)
        orders = {"instead_of": there.assignment, "companion": str(told.cast.beside.pk)}
        assert (await outside(desk.assigns, there, str(told.cast.there.pk), **orders)).status_code == 200
        assert (await comes(line, there))["team"][0]["part"] == "companion"
        assert (await comes(other, beside))["part"] == "companion"
        await goes(told, there, acknowledge=0.5, depart=1, arrive=9)
        await goes(told, beside, acknowledge=0, arrive=3)
        await outside(there.does, "note", text="起初不配合")
        told.clock.shift(65 * 60)
        await outside(there.records, "dissuaded", amounts=[protected("100000", evidence="seen")])
        assert await outside(beside.held) == []
    case = await outside(desk.case, there)
    assert (case["status"], [visit["decides"] for visit in case["visits"]]) == ("monitoring", [True])
    assert (await ends(told))["intervals"]["record"]["p50_s"] == 68 * 60


@recorded("fugou-credit")
async def test_it_walks_the_case_of_fugou_with_the_bank_in_parallel(told, send_alert):
    there = await holds(told, "there")
    desk = await outside(Desk, told.cast, "desk")
    async with connected(there.client) as line:
        await outside(send_alert, **told.alert())
        card = await comes(line, there)
        assert card["place"]["divisions"] == ["周口市", "扶沟县"]
        await goes(told, there, acknowledge=0.3, depart=0.7)
        await outside(there.does, "note", text="已联系三家银行，保护三张卡")
        await goes(told, there, arrive=8)
        told.clock.shift(25 * 60)
        steps = [{"key": "close_the_app", "seconds": 60}, {"key": "no_such_record", "seconds": 600}]
        await outside(there.records, "dissuaded", steps=steps, amounts=[protected("630000")])
    kinds = history(await outside(desk.case, there))
    assert kinds.index("departed") < kinds.index("noted") < kinds.index("arrived")
    await ends(told)


@recorded("yutian-police")
async def test_it_walks_the_case_of_yutian_through_denial_to_a_second_persuasion(told, send_alert):
    there = await holds(told, "there")
    desk = await outside(Desk, told.cast, "desk")
    async with connected(there.client) as line:
        await outside(send_alert, **told.alert())
        card = await comes(line, there)
        await outside(there.does, "note", text="电话里否认，说是给孩子买房")
        await goes(told, there, acknowledge=0.3, depart=0.5, arrive=10)
        await outside(there.does, "note", text="当面仍否认，对方还在打电话")
        (daughter,) = card["contacts"]
        assert (daughter["relation"], daughter["phone"]) == ("女儿", DAUGHTER)
        await outside(there.does, "note", text="请来女儿一起劝")
        told.clock.shift(35 * 60)
        tried = ["phone_denied", "door_denied", "family"]
        await outside(there.records, "dissuaded", tried=tried, amounts=[protected("900000", evidence="seen")])
        while (await line.document())["assignments"]:
            pass
    case = await outside(desk.case, there)
    assert (case["status"], case["follow_up_on"]) == ("monitoring", "2023-04-26")
    assert history(case).count("noted") == 3
    await ends(told)


@recorded("yutian-police")
async def test_it_walks_it_with_a_refusal_first_and_a_second_visit(told, send_alert):
    there = await holds(told, "there")
    desk = await outside(Desk, told.cast, "desk")
    async with connected(there.client) as line:
        await outside(send_alert, **told.alert())
        await comes(line, there)
        await goes(told, there, acknowledge=0.3, arrive=10)
        told.clock.shift(20 * 60)
        await outside(there.records, "refused", note="房款，与你无关")
        board = await outside(desk.reads, "board")
        assert [row["attention"] for row in board["cases"]] == ["returned"]
        beside = str(told.cast.beside.pk)
        await outside(desk.assigns, there, str(told.cast.there.pk), companion=beside)
        card = await comes(line, there)
        assert [visit["disposition"] for visit in card["history"]["visits"]] == ["refused"]
        await goes(told, there, arrive=5)
        told.clock.shift(30 * 60)
        await outside(there.records, "dissuaded", amounts=[protected("900000", evidence="bank")])
    figures = await ends(told, visits=2)
    assert figures["dispositions"] == {"refused": 1, "dissuaded": 1}
