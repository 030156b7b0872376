"""The addresses of the websockets."""

from django.urls import path

from dissuasion.consumers.work import WorkConsumer

websockets = [path("ws/v1/work", WorkConsumer.as_asgi())]
