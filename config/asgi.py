"""The ASGI application: HTTP goes to Django, websockets go to the consumers."""

import gc
import os
import warnings

import django
from channels.routing import ProtocolTypeRouter, URLRouter

# Whitenoise streams files from an ordinary iterator, which Django reads in a thread and warns of, once for each place.
# Nothing is lost by that: files are small, and a proxy serves them where there are many.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

import config.urls  # noqa: E402, F401  the views as well, before anybody asks
from config.lib.http.body_limit import limit_body_size  # noqa: E402
from config.lib.http.request_limit import RequestLimitHandler  # noqa: E402
from config.routing import websockets  # noqa: E402  the apps must be loaded before any consumer is

application = ProtocolTypeRouter({"http": limit_body_size(RequestLimitHandler()), "websocket": URLRouter(websockets)})

# What is loaded now stays until the end: every full collection would walk through all of it, tens of milliseconds long.
gc.collect()
gc.freeze()
