"""The worklist over the socket: the same document, whenever it changes, in well under a second."""

import asyncio
import time
from uuid import uuid4

import pytest

from dissuasion.consumers import hub as hub_module
from dissuasion.consumers.hub import hub
from dissuasion.transports import ring
from dissuasion.transports.breaker import CircuitBreaker
from tests.dissuasion.actions.field.phone import Desk, Phone
from tests.dissuasion.consumers.line import caught_up, connected, outside, settled

pytestmark = pytest.mark.django_db(transaction=True)


async def test_it_sends_the_worklist_at_once(lin):
    async with connected(lin.client) as line:
        assert await line.document() == await outside(lin.work)


async def test_it_sends_a_new_assignment_in_well_under_a_second(lin, send_alert):
    async with connected(lin.client) as line:
        assert (await line.document())["assignments"] == []
        begun = time.monotonic()
        await outside(send_alert)
        document = await line.document()
        assert time.monotonic() - begun < 1
        assert document == await outside(lin.work)


async def test_it_sends_every_step(lin, send_alert, live_cast):
    await outside(send_alert)
    async with connected(lin.client) as line:
        await line.document()
        for kind, status in (("acknowledge", "acknowledged"), ("arrive", "on_scene")):
            await outside(lin.does, kind)
            assert (await line.document())["assignments"][0]["status"] == status
        await outside(lin.records)
        assert (await line.document())["assignments"] == []


async def test_it_tells_the_phone_to_forget_what_was_taken_away(lin, send_alert, live_cast):
    await outside(send_alert)
    await outside(lin.work)
    gu = await outside(Desk, live_cast, "gu")
    async with connected(lin.client) as line:
        await line.document()
        await outside(gu.recalls, lin)
        assert (await line.document())["assignments"] == []


async def test_it_serves_two_phones_of_one_person(lin, live_cast, send_alert):
    other = await outside(Phone, live_cast, "lin")
    async with connected(lin.client) as one, connected(other.client) as two:
        await one.document(), await two.document()
        await outside(send_alert)
        assert await one.document() == await two.document()


async def test_it_says_nothing_to_who_is_not_concerned(lin, send_alert, live_cast):
    wen = await outside(Phone, live_cast, "wen")
    async with connected(wen.client) as line:
        await line.document()
        await outside(send_alert)
        assert await line.silent()


async def test_it_skips_a_document_that_the_phone_has(lin):
    tag = (await outside(lin.client.get, "/api/v1/work"))["ETag"].strip('"')
    async with connected(lin.client, have=tag) as line:
        assert await line.silent()


async def test_it_sends_the_document_to_who_has_that_of_somebody_else(lin, live_cast):
    wen = await outside(live_cast.client, "wen")
    tag = (await outside(wen.get, "/api/v1/work"))["ETag"].strip('"')
    async with connected(lin.client, have=tag) as line:
        assert (await line.document())["person"]["id"] == str(lin.person.pk)


async def test_it_sends_the_document_to_who_has_another(lin):
    document = await outside(lin.work)
    me = lin.person.pk.hex[-8:]
    odd = ("{version}", "..", "%00.1", "{epoch}.{me}.²", "{epoch}.{me}." + "9" * 5000, "%FF.1")
    two_parts = ("{epoch}.{version}", "{epoch}..{version}")
    for have in ("{epoch}.{me}.0", "{epoch}.{me}.999999", "other.{me}.{version}", *two_parts, *odd):
        async with connected(lin.client, have=have.format(me=me, **document)) as line:
            assert await line.document() == document


async def test_it_sends_what_changed_while_the_phone_was_away(lin, send_alert):
    document = await outside(lin.work)
    await outside(send_alert)
    have = f"{document['epoch']}.{lin.person.pk.hex[-8:]}.{document['version']}"
    async with connected(lin.client, have=have) as line:
        assert len((await line.document())["assignments"]) == 1


async def test_it_heals_a_lost_ring(lin, send_alert, monkeypatch):
    async with connected(lin.client) as line:
        await line.document()
        monkeypatch.setattr(ring, "ring", lambda ids: None)
        await outside(send_alert)
        assert await line.silent()
        await caught_up()
        assert len((await line.document())["assignments"]) == 1


async def test_it_survives_a_dead_layer(lin, send_alert, monkeypatch, caplog):
    async with connected(lin.client) as line:
        await line.document()
        monkeypatch.setattr(ring, "get_channel_layer", lambda: None)
        assert (await outside(send_alert)).status_code == 201
        await caught_up()
        assert len((await line.document())["assignments"]) == 1


def test_it_asks_a_hanging_layer_twice_and_then_leaves_it_alone_for_a_while(monkeypatch):
    asked = []

    class Hanging:
        async def group_send(self, group, message):
            asked.append(group)
            await asyncio.sleep(60)

    monkeypatch.setattr(ring, "get_channel_layer", Hanging)
    monkeypatch.setattr(ring, "TIMEOUT_S", 0.05)
    monkeypatch.setattr(ring, "BREAKER", CircuitBreaker(max_timeouts=2, open_s=0.4))
    begun = time.monotonic()
    for _ring in range(20):
        ring.ring([uuid4()])
    assert (len(asked), time.monotonic() - begun < 0.4) == (2, True)
    time.sleep(0.4)
    ring.ring([uuid4()])
    assert len(asked) == 3


async def test_it_sends_nothing_twice_when_ring_and_catch_up_meet(lin, send_alert):
    async with connected(lin.client) as line:
        await line.document()
        await outside(send_alert)
        await caught_up()
        await line.document()
        assert await line.silent()


async def test_it_catches_up_with_one_query_for_all(lin, live_cast, monkeypatch):
    asked = []
    read = hub_module.read_states
    monkeypatch.setattr(hub_module, "read_states", lambda ids: asked.append(len(ids)) or read(ids))
    qin, other = await outside(Phone, live_cast, "qin"), await outside(Phone, live_cast, "lin")
    async with connected(lin.client) as one, connected(qin.client) as two, connected(other.client) as three:
        await one.document(), await two.document(), await three.document()
        await hub().catch_up()
    assert asked == [2]


async def test_it_beats_with_the_version_of_the_database(lin, send_alert, monkeypatch):
    async with connected(lin.client) as line:
        document = await line.document()
        await hub().catch_up()
        await hub().send_heartbeat()
        beat = await line.hears()
        assert (beat["type"], beat["epoch"], beat["version"]) == ("heartbeat", document["epoch"], document["version"])


async def test_it_beats_with_a_version_ahead_of_a_phone_that_missed_one(lin, send_alert, monkeypatch):
    async def deaf(self):
        return None

    async with connected(lin.client) as line:
        document = await line.document()
        monkeypatch.setattr("dissuasion.consumers.work.WorkConsumer.refresh", deaf)
        await outside(send_alert)
        await caught_up()
        await hub().send_heartbeat()
        assert (await line.hears())["version"] > document["version"]


async def test_it_beats_for_the_others_when_one_line_is_broken(lin, live_cast, monkeypatch):
    qin = await outside(Phone, live_cast, "qin")
    async with connected(lin.client) as broken, connected(qin.client) as line:
        await broken.document(), await line.document()
        await hub().catch_up()
        (socket_of_lin,) = hub().sockets[lin.person.pk]
        monkeypatch.setattr(socket_of_lin, "send", None)
        await hub().send_heartbeat()
        assert (await line.hears())["type"] == "heartbeat"


async def test_it_stops_its_clocks_with_the_last_socket(lin):
    async with connected(lin.client) as line:
        await line.document()
        assert len(hub().tasks) == 4
    await settled()
    assert (hub().tasks, hub().sockets) == ([], {})
