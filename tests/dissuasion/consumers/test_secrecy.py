"""What goes through the channel layer and what strangers are told: ids, and whether the server is well."""

from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.test import Client

from tests.dissuasion.actions.field.phone import Desk
from tests.dissuasion.consumers.line import connected, outside, settled

pytestmark = pytest.mark.django_db(transaction=True)


async def test_it_rings_with_ids_only(lin, send_alert, live_cast, monkeypatch):
    heard: list[tuple[str, Any]] = []
    layer = get_channel_layer()
    send = layer.group_send

    async def spy(group, message):
        heard.append((group, message))
        await send(group, message)

    monkeypatch.setattr(layer, "group_send", spy)
    gu = await outside(Desk, live_cast, "gu")
    async with connected(lin.client) as line:
        await line.document()
        await outside(send_alert, note="她在银行")
        await line.document()
        await outside(lin.does, "note", text="她说是买房")
        await outside(lin.does, "arrive")
        await outside(gu.recalls, lin)
        await settled()
    ids = {person.pk.hex for person in live_cast.people.values()}
    assert heard
    for group, message in heard:
        assert message.keys() == {"type", "person"}
        assert (message["type"], group) == ("work.ring", f"work.{message['person']}")
        assert message["person"] in ids


def test_it_tells_strangers_no_more_than_whether_it_is_ready(transactional_db):
    assert Client().get("/ready").json().keys() == {"ready", "database", "layer"}
