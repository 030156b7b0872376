"""Every address below /api/v1/ with its methods, read from the code; and how the tests knock at one."""

from typing import Any
from uuid import UUID

from django.test import Client
from django.urls.converters import UUIDConverter
from rest_framework.views import APIView

from dissuasion.urls import urlpatterns
from tests.dissuasion.access.conftest import Things

METHODS = ("get", "post", "put", "patch", "delete")
NOWHERE = UUID(int=7)
# The receiving keys of RFC 8291, appendix A.
SUBSCRIPTION = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/nobody",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}
# What some doors want to know in the address.
QUERIES = {"handover/key": {"device": "d"}}


def all_doors() -> set[str]:
    """Return `METHOD route` of every view method in the code."""
    found = set()
    for pattern in urlpatterns:
        view: type[APIView] = pattern.callback.view_class
        found |= {f"{method.upper()} {pattern.pattern}" for method in METHODS if hasattr(view, method)}
    return found


def routes() -> list[tuple[str, list[str]]]:
    """Return each route that can be read, with the names of its parameters of ids."""
    readable = [p.pattern for p in urlpatterns if hasattr(p.callback.view_class, "get")]
    return [(str(p), [n for n, c in p.converters.items() if isinstance(c, UUIDConverter)]) for p in readable]


def address(route: str, things: Things, **instead: Any) -> str:
    """Return the address of a route with the ids of our things in it."""
    ids = {
        "case_id": things.case.pk,
        "entry_id": things.entry.pk,
        "sha256": things.script,
        "channel": "text",
        "evidence_id": things.evidence.pk,
        "visit_id": things.visit.pk,
        "call_id": NOWHERE,
        "household_id": things.case.resident.household_id,
    } | instead
    for name, value in ids.items():
        route = route.replace(f"<uuid:{name}>", str(value)).replace(f"<str:{name}>", str(value))
    return f"/api/v1/{route}"


def knock(client: Client, door: str, things: Things, body: Any = None, **instead: Any) -> Any:
    """Ask at one door; return the response."""
    method, route = door.split(" ")
    path = address(route, things, **instead)
    if method == "GET":
        return client.get(path, QUERIES.get(route))
    if route.startswith("evidence/"):
        sent = {"x-sha256": "0" * 64, "x-bytes": "9", "x-mime": "image/jpeg"}
        return client.put(f"{path}?offset=0", b"a piece", "application/octet-stream", headers=sent)
    return client.generic(method, path, body or "{}", "application/json")
