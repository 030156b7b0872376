"""The addresses of the websockets."""

from typing import Any, cast

from django.urls import path, re_path

from dissuasion.consumers.work import WorkConsumer


async def not_found(scope: Any, receive: Any, send: Any) -> None:
    """Refuse a socket at an unknown address: with 404 where the server can send that, else with its plain refusal."""
    await receive()
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 4404})
        return
    await send({"type": "websocket.http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "websocket.http.response.body", "body": b""})


# Django's path() is typed for views; Channels hands it consumers.
websockets: Any = [
    path("ws/v1/work", cast("Any", WorkConsumer.as_asgi())),
    re_path(r"", cast("Any", not_found)),
]
