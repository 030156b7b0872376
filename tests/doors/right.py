"""A right request for every door: ours from the code, the libraries' by name. What the byte fuzz spoils."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls.converters import UUIDConverter

from dissuasion.urls import urlpatterns
from tests.cast import SOURCE_KEY, alert

ID = "0198c1f0-0000-7000-8000-000000000001"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
ACT = {"uuid": ID, "kind": "note", "happened_at": "2026-01-01T00:00:00Z", "device": "d", "seq": 1,
       "payload": {"text": "诈骗"}}  # fmt: skip
# What some doors read; the others get this.
BODIES: dict[str, Any] = {
    "alerts": alert(), "alerts/batch": {"alerts": [alert(), alert(external_id="a-2")]}, "acts": {"acts": [ACT, ACT]},
    "handover": {"person": ID, "device": "d", "nonce": "AAAAAAAAAAAAAAAA", "box": "AAAA"},
    "readiness": {"device": "d", "on_duty": True, "took_ms": 1, "checks": [{"code": "push", "state": "ok"}]},
    "push": {"device": "d", "endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "A", "auth": "A"}},
}  # fmt: skip
ANY_BODY = {"id": ID, "person": ID, "device": "d", "reason": "x", "on_duty": True, "risk": "high", "note": "x"}
CREDENTIAL = {"credential": {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30"}}}
PAGES = [
    "/", "/app/card", "/handover", "/sw.js", "/manifest.webmanifest", "/start", "/verify?number=lin", "/up", "/ready",
    "/api/schema", "/api/schema?format=json", "/accounts/login/?next=/start", "/accounts/password/change/",
    "/static/css/base.css", "/static/img/doorstep.svg", "/admin/", "/admin/accounts/person/?q=lin&is_active__exact=1",
    "/admin/accounts/person/?o=1.2&p=1", f"/admin/accounts/person/{ID}/change/", "/admin/jsi18n/", "/nowhere",
    "/_allauth/browser/v1/config", "/_allauth/browser/v1/auth/session", "/_allauth/browser/v1/auth/webauthn/login",
    "/_allauth/browser/v1/account/authenticators", "/ws/v1/work", "/ws/v1/work?have=a.12345678.1", "/ws/nothing",
]  # fmt: skip
POSTS: list[tuple[str, str, Any]] = [
    ("/accounts/login/", FORM, {"login": "lin", "password": "x", "next": "/start"}),
    ("/accounts/reauthenticate/", FORM, {"password": "x"}),
    ("/i18n/setlang/", FORM, {"language": "en", "next": "/verify"}),
    ("/verify", FORM, {"number": "lin", "code": "123456"}),
    ("/admin/accounts/person/", FORM, {"action": "delete_selected", "_selected_action": ID}),
    ("/admin/accounts/person/add/", FORM, {"username": "x", "name": "x", "role": "officer"}),
    ("/_allauth/browser/v1/auth/login", JSON, {"username": "lin", "password": "x"}),
    ("/_allauth/browser/v1/auth/reauthenticate", JSON, {"password": "x"}),
    ("/_allauth/browser/v1/auth/webauthn/login", JSON, CREDENTIAL),
    ("/_allauth/browser/v1/auth/webauthn/reauthenticate", JSON, CREDENTIAL),
    ("/_allauth/browser/v1/account/authenticators/webauthn", JSON, {"name": "key", **CREDENTIAL}),
    ("/_allauth/browser/v1/account/password/change", JSON, {"current_password": "x", "new_password": "y"}),
]


@dataclass
class Asked:
    """One request in its parts."""

    method: str
    target: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


def every_request() -> list[Asked]:
    """Return a right request for every method of every door."""
    ours = [asked for pattern in urlpatterns for asked in _of(pattern)]
    pages = [Asked("GET", target) for target in PAGES]
    posts = [Asked("POST", target, [("Content-Type", kind)], _body(kind, said)) for target, kind, said in POSTS]
    return ours + pages + posts


def _body(kind: str, said: Any) -> bytes:
    return (urlencode(said) if kind == FORM else json.dumps(said, ensure_ascii=False)).encode()


def _of(pattern: Any) -> list[Asked]:
    route, view = str(pattern.pattern), pattern.callback.view_class
    path = route
    for name, converter in pattern.pattern.converters.items():
        is_id = isinstance(converter, UUIDConverter)
        path = path.replace(f"<uuid:{name}>" if is_id else f"<str:{name}>", ID if is_id else "text")
    asked = []
    for method in ("get", "post", "put", "delete"):
        if hasattr(view, method):
            headers = [("Authorization", f"Bearer {SOURCE_KEY}")] if route.startswith("alerts") else []
            body = b"" if method == "get" else _body(JSON, BODIES.get(route, ANY_BODY))
            if method != "get":
                headers.append(("Content-Type", "application/octet-stream" if "evidence" in route else JSON))
            asked.append(Asked(method.upper(), f"/api/v1/{path}", headers, body))
    return asked
