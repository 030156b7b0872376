"""The ASGI application: HTTP goes to Django, websockets go to the consumers."""

import gc
import os
import sys
import warnings

import django
from channels.routing import ProtocolTypeRouter, URLRouter

# Whitenoise streams files from an ordinary iterator, which Django reads in a thread and warns of, once for each place.
# Nothing is lost by that: files are small, and a proxy serves them where there are many.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

import config.urls  # noqa: E402, F401  the views as well, before anybody asks
from config.lanes import lane_of  # noqa: E402
from config.lib.http.body_limit import limit_body_size  # noqa: E402
from config.lib.http.request_limit import RequestLimitHandler  # noqa: E402
from config.routing import websockets  # noqa: E402  the apps must be loaded before any consumer is

http = limit_body_size(RequestLimitHandler(lane_of))
application = ProtocolTypeRouter({"http": http, "websocket": URLRouter(websockets)})

# Seconds after which a thread that computes gives up the interpreter. An alert's thread asks for it some thirty times,
# once after each query; with Python's own 5 ms it waited that long each time behind a single large request.
sys.setswitchinterval(0.001)
# What is loaded now stays until the end: else every full collection would scan it, for tens of milliseconds.
gc.collect()
gc.freeze()
