"""What Wen and her chief get when they send orders, acts and positions about Lin's case: never a word of it."""

import json

import pytest

from tests.dissuasion.access.conftest import CANARIES
from tests.dissuasion.access.doors import NOWHERE, all_doors, knock
from tests.dissuasion.access.test_matrix import bodies
from tests.dissuasion.consumers.line import connected, leave_nothing, outside

KINDS = (
    "receipt",
    "acknowledge",
    "decline",
    "depart",
    "contact",
    "arrive",
    "visit",
    "note",
    "correction",
    "all_right",
    "help",
    "resolve",
)


@pytest.mark.parametrize("name", ["wen", "wengu", "mei"])
def test_it_answers_orders_without_a_word_of_the_case(cast, told, name):
    client, sent = cast.client(name), bodies(cast)
    orders = [door for door in all_doors() if not door.startswith("GET")]
    answers = [knock(client, door, told, json.dumps(sent.get(door, {}))) for door in orders]
    text = "\n".join(answer.content.decode() for answer in answers)
    assert [canary for canary in (*CANARIES, told.case.number) if canary in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_answers_acts_without_a_word_of_the_case(cast, told, act, kind):
    receipt = str(
        act(
            cast.client("wen"),
            kind,
            told.phone.assignment,
            {
                "reason": "too_far",
                "text": "x",
                "corrects": str(NOWHERE),
                "act": str(NOWHERE),
                "choice": "seen",
                "reached": True,
            },
        )
    )
    assert [canary for canary in (*CANARIES, told.case.number) if canary in receipt] == []


@pytest.mark.django_db(transaction=True)
async def test_it_sends_wen_nothing_over_the_socket(live_cast, send_alert):
    wen = await outside(live_cast.client, "wen")
    try:
        async with connected(wen) as line:
            assert (await line.document())["assignments"] == []
            await outside(send_alert, note="金丝雀")
            assert await line.silent()
    finally:
        await leave_nothing()
