"""The server's front: HTTP to Django, websockets to the consumers."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
http = get_asgi_application()

from config.lib.body_limit import bounded  # noqa: E402
from config.routing import websockets  # noqa: E402  the apps must be loaded before any consumer is

application = ProtocolTypeRouter({"http": bounded(http), "websocket": URLRouter(websockets)})
