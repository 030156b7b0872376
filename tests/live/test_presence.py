"""What a phone says over the socket: where it is; everything else is a sign of life."""

import pytest

from accounts.models import Presence
from dissuasion.consumers.hub import hub
from tests.acts.phone import Phone
from tests.live.line import connected, outside

pytestmark = pytest.mark.django_db(transaction=True)
HERE = {"lat": 33.5, "lon": 114.9, "accuracy_m": 7, "age_s": 0}


async def presence(phone: Phone) -> Presence | None:
    return await outside(Presence.objects.filter(person=phone.person).first)


async def test_it_moves_the_presence(lin):
    async with connected(lin.client) as line:
        await line.document()
        await line.says({"type": "position", "position": HERE})
        await line.silent()
        found = await presence(lin)
    assert (found.lat, found.lon, found.accuracy_m) == (33.5, 114.9, 7)
    assert found.seen_at >= found.position_at


async def test_it_keeps_the_newer_position(lin):
    async with connected(lin.client) as line:
        await line.document()
        await line.says({"type": "position", "position": HERE})
        await line.says({"type": "position", "position": HERE | {"lat": 33.1, "age_s": 3600}})
        await line.silent()
        assert (await presence(lin)).lat == 33.5


NOISE: list[str | bytes] = [
    "",
    "hello",
    "[]",
    "null",
    "7",
    '{"type": "position"}',
    '{"type": "position", "position": 5}',
    '{"type": "position", "position": {"lat": NaN, "lon": 114, "accuracy_m": 1}}',
    '{"type": "position", "position": {"lat": 95, "lon": 114, "accuracy_m": 1}}',
    '{"type": "position", "position": {"lat": 33, "lon": 114, "accuracy_m": -1}}',
    '{"type": "work", "document": {}}',
    "[" * 5000,
    '{"type": ' + "1" * 5000 + "}",
    b"\xff\xfe",
]


async def test_it_is_not_disturbed_by_anything_else(lin):
    async with connected(lin.client) as line:
        await line.document()
        before = await presence(lin)
        for noise in NOISE:
            await line.says(noise)
        assert await line.silent()
        assert (await presence(lin)).position_at == before.position_at


async def test_it_notes_that_connected_phones_are_alive(live_cast):
    qin = await outside(Phone, live_cast, "qin")
    async with connected(qin.client) as line:
        await line.document()
        await hub().seen()
        assert (await presence(qin)).seen_at is not None
