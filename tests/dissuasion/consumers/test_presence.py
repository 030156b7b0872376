"""What a phone says over the socket: where it is; everything else is a sign of life."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import people
from accounts.models import Presence
from dissuasion.consumers.hub import hub
from tests.dissuasion.actions.field.phone import Phone
from tests.dissuasion.consumers.line import connected, outside

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


async def test_it_writes_one_position_in_five_seconds_and_keeps_the_newest(lin, monkeypatch):
    written = []
    note = people.save_position
    monkeypatch.setattr(people, "save_position", lambda person, **place: (written.append(place), note(person, **place)))
    async with connected(lin.client) as line:
        await line.document()
        for lat, age_s in ((33.1, 60), (33.2, 30), (33.4, 0), (33.3, 20)):
            await line.says({"type": "position", "position": HERE | {"lat": lat, "age_s": age_s}})
        await line.silent()
        assert [place["lat"] for place in written] == [33.1]
        for _ in range(2):
            hub().positions.write_waiting(lin.person.pk)
            await line.silent()
        assert [place["lat"] for place in written] == [33.1, 33.4]
        assert (await presence(lin)).lat == 33.4
    assert hub().positions.waiting == {}


def test_the_database_compares_the_positions(cast):
    Presence.objects.filter(person=cast.lin).delete()
    now = timezone.now()
    place = {"at": now, "lat": 33.1, "lon": 114.9, "accuracy_m": 5.0}
    for lat, age_s, seen_ago in ((33.1, 60, 0), (33.2, 30, 5), (33.3, 45, 9)):
        seen, taken = now - dt.timedelta(seconds=seen_ago), now - dt.timedelta(seconds=age_s)
        people.save_position(cast.lin, **place | {"lat": lat, "at": seen, "position_at": taken})
    found = Presence.objects.get(person=cast.lin)
    assert (found.lat, found.seen_at) == (33.2, now)


def test_it_writes_presences_in_the_order_of_their_ids(cast):
    ids = sorted(person.pk for person in cast.people.values())
    with CaptureQueriesContext(connection) as asked:
        people.mark_seen(ids[::-1], at=timezone.now())
    (sql,) = [query["sql"] for query in asked if query["sql"].startswith("INSERT")]
    places = [max(sql.find(pk.hex), sql.find(str(pk))) for pk in ids]
    assert places == sorted(places)
    assert min(places) > 0


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
        await hub().save_presence()
        assert (await presence(qin)).seen_at is not None
