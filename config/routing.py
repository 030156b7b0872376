"""The addresses of the websockets."""

from typing import Any, cast

from django.urls import path

from dissuasion.consumers.work import WorkConsumer

# Django's path() is typed for views; Channels hands it consumers.
websockets: Any = [path("ws/v1/work", cast("Any", WorkConsumer.as_asgi()))]
