"""The floor: as many sockets on bare Channels with the same layer and server, and one directed message each."""

import os
from typing import Any

import django
import uvicorn
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter

from config.lib import env
from config.server import SETTINGS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()


class Bare(AsyncWebsocketConsumer):
    """One socket in one group, named by its query string."""

    async def connect(self) -> None:
        self.group = f"floor.{self.scope['query_string'].decode()}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def told(self, message: dict[str, Any]) -> None:
        await self.send(message["text"])


async def ring(scope: Any, receive: Any, send: Any) -> None:
    """Send one message to the group in the query string; answer when the layer took it."""
    name, _separator, text = scope["query_string"].decode().partition("&")
    await get_channel_layer().group_send(f"floor.{name}", {"type": "told", "text": text})
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


application = ProtocolTypeRouter({"http": ring, "websocket": Bare.as_asgi()})

if __name__ == "__main__":
    uvicorn.run(application, **SETTINGS, port=env.integer("PORT", 8000), log_level="warning")
