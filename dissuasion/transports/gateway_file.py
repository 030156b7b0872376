"""Reads the file that GATEWAYS names. It is strict: a mistake stops the start, not the first alarm."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

from dissuasion.transports.gateway_config import DeliveryReports, GatewayConfig, Replies, StatusWords
from dissuasion.transports.signing import Bearer, Hmac

CHANNELS = ("text", "voice", "messenger")
PLACES = ("id", "to", "text", "language", "repeated", "at")
# A header is one line that proxies write into their logs.
PLACES_OF_HEADERS = ("id", "language", "repeated", "at")
PLACE = re.compile(r"\{([a-z_]+)\}")
HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,80}")
SECRET_HEADERS = {"authorization", "cookie", "proxy-authorization"}
REPORTED = ("delivered", "shown", "failed")
JOINS = ("\n", "", ".", ":")
MAX_PER_MINUTE = 100_000
REQUIRED: Any = object()


class Part:
    """An object of the file, with its place in the file; a member that was not taken is an error."""

    def __init__(self, value: Any, where: str) -> None:
        self.where = where
        if not isinstance(value, dict):
            self.refuse("is no object in braces")
        self.value: dict[str, Any] = dict(value)

    def refuse(self, why: str, name: str = "") -> NoReturn:
        """Stop the start, with place and reason."""
        raise ImproperlyConfigured(f"{self.where}{f'.{name}' if name else ''} {why}.")

    def take(self, name: str, kind: type, default: Any = REQUIRED) -> Any:
        """Return a member of this kind and mark it as taken."""
        if name not in self.value:
            return self.refuse("is missing", name) if default is REQUIRED else default
        value = self.value.pop(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            said = {str: "text", dict: "object in braces", list: "list in brackets", int: "whole number"}[kind]
            self.refuse(f"is no {said}", name)
        return value

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return a member that is one of `allowed`; the first where there is none."""
        value: str = self.take(name, str, allowed[0])
        if value not in allowed:
            self.refuse(f"is {value!r} and none of {', '.join(map(repr, allowed))}", name)
        return value

    def header(self, name: str, default: str, *, may_be_empty: bool = False) -> str:
        """Return the name of a header."""
        value: str = self.take(name, str, default)
        if may_be_empty and not value:
            return value
        if not HEADER.fullmatch(value):
            self.refuse(f"is {value!r}, and no name of a header", name)
        return value

    def part(self, name: str) -> "Part | None":
        """Return a member that is an object; None where there is none."""
        value = self.take(name, dict, None)
        return None if value is None else Part(value, f"{self.where}.{name}")

    def words(self, name: str) -> frozenset[str]:
        """Return a list of texts and numbers as words to compare."""
        values = self.take(name, list, [])
        if not all(isinstance(value, str | int) for value in values):
            self.refuse("holds something else than texts and numbers", name)
        return frozenset(str(value).lower() if isinstance(value, bool) else str(value).strip() for value in values)

    def secret(self, environment: Mapping[str, str]) -> str:
        """Return the secret that stands in the variable of the environment which `secret_env` names."""
        name: str = self.take("secret_env", str)
        if not VARIABLE.fullmatch(name):  # its value is not repeated: it might be the secret itself
            self.refuse("must be the name of a variable of the environment, such as TEXT_SECRET", "secret_env")
        value = environment.get(name, "")
        if not value:
            self.refuse(f"names {name}, and there is nothing in it", "secret_env")
        if not value.isascii() or not value.isprintable():
            self.refuse(f"names {name}, and that holds more than printable ASCII", "secret_env")
        return value

    def end(self) -> None:
        """Refuse every member that was not taken."""
        for name in self.value:
            self.refuse("is not known", name)


def read(path: str, *, debug: bool, environment: Mapping[str, str] = os.environ) -> dict[str, GatewayConfig]:
    """Return the gateways of a file by channel; raise ImproperlyConfigured with place and reason where it is wrong.

    `debug` allows http to 127.0.0.1.
    """
    if not path:
        return {}
    where = f"GATEWAYS ({path})"
    try:
        said = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(f"{where} can't be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise ImproperlyConfigured(f"{where} is no JSON: {error}.") from error
    file = Part(said, where)
    parts = {channel: file.part(channel) for channel in CHANNELS}
    file.end()
    return {
        channel: _gateway(part, debug=debug, environment=environment)
        for channel, part in parts.items()
        if part is not None
    }


def _gateway(part: Part, *, debug: bool, environment: Mapping[str, str]) -> GatewayConfig:
    content = part.choice("content", ("json", "form"))
    body = part.take("body", dict)
    _check_places(part, "body", body, PLACES)
    if content == "form" and not all(isinstance(value, str) for value in body.values()):
        part.refuse("of a form holds something else than texts", "body")
    url = _url(part, debug=debug)
    success, error = part.part("success") or Part({}, ""), part.part("error") or Part({}, "")
    config = GatewayConfig(
        url=url.geturl(),
        host=url.netloc,
        method=part.choice("method", ("POST", "PUT")),
        headers=_headers(part),
        content=content,
        body=body,
        statuses=_statuses(success),
        success=StatusWords(success.take("path", str, ""), success.words("is")),
        message_id=part.take("message_id", str, ""),
        error_path=error.take("path", str, ""),
        unreachable=error.words("unreachable"),
        later=error.words("later"),
        signature=_signature(part, environment),
        per_minute=_per_minute(part),
        reports=_reports(part, environment),
        replies=_replies(part, environment),
    )
    for one in (success, error, part):
        one.end()
    if bool(config.success.path) != bool(config.success.words):
        success.refuse("needs both a path and the words that stand there when all is well")
    if (config.unreachable or config.later) and not config.error_path:
        error.refuse("needs the path at which its codes stand")
    return config


def _url(part: Part, *, debug: bool) -> SplitResult:
    said: str = part.take("url", str)
    try:
        url = urlsplit(said)
        port = url.port  # fails on a wrong one
        here = debug and url.scheme == "http" and url.hostname == "127.0.0.1" and port is not None
    except ValueError:
        part.refuse("is no address", "url")
    may_be_used = url.scheme == "https" or here
    if not may_be_used or not url.hostname or not re.fullmatch(r"[!-~]+", said):
        part.refuse("is no https address", "url")
    if "@" in url.netloc or url.fragment or PLACE.search(said):
        part.refuse("holds a name, a place to fill in or a part after #; they would stand in logs", "url")
    return url


def _headers(part: Part) -> dict[str, str]:
    headers: dict[str, Any] = part.take("headers", dict, {})
    for name, value in headers.items():
        if not HEADER.fullmatch(name) or not isinstance(value, str) or not re.fullmatch(r"[ -~]*", value):
            part.refuse("is no header of printable ASCII", f"headers.{name}")
        if name.lower() in SECRET_HEADERS:
            part.refuse("belongs to `sign`: secrets do not stand in this file", f"headers.{name}")
    _check_places(part, "headers", headers, PLACES_OF_HEADERS)
    return headers


def _check_places(part: Part, name: str, value: Any, known: tuple[str, ...]) -> None:
    """Refuse a place to fill in that nobody fills, at any depth."""
    match value:
        case str():
            for found in PLACE.findall(value):
                if found not in known:
                    part.refuse(f"holds {{{found}}}; there are only {', '.join(f'{{{one}}}' for one in known)}", name)
        case dict():
            for key, inner in value.items():
                _check_places(part, f"{name}.{key}", inner, known)
        case list():
            for number, inner in enumerate(value):
                _check_places(part, f"{name}.{number}", inner, known)


def _statuses(part: Part) -> frozenset[int]:
    statuses = part.take("status", list, [200, 201, 202, 204])
    if not statuses or not all(isinstance(one, int) and 200 <= one < 300 for one in statuses):
        part.refuse("is no list of numbers from 200 to 299", "status")
    return frozenset(statuses)


def _per_minute(part: Part) -> int | None:
    most: int | None = part.take("per_minute", int, None)
    if most is not None and not 0 < most <= MAX_PER_MINUTE:
        part.refuse(f"lies outside 1 to {MAX_PER_MINUTE}", "per_minute")
    return most


def _signature(gateway: Part, environment: Mapping[str, str]) -> Hmac | Bearer | None:
    part = gateway.part("sign")
    if part is None:
        return None
    if part.choice("scheme", ("hmac-sha256", "bearer")) == "hmac-sha256":
        return _hmac(part, environment)
    bearer = Bearer(
        secret=part.secret(environment),
        header=part.header("header", Bearer.header),
        prefix=part.take("prefix", str, Bearer.prefix),
    )
    part.end()
    return bearer


def _hmac(part: Part, environment: Mapping[str, str]) -> Hmac:
    scheme = Hmac(
        secret=part.secret(environment),
        signature=part.header("signature", Hmac.signature),
        timestamp=part.header("timestamp", Hmac.timestamp),
        nonce=part.header("nonce", Hmac.nonce, may_be_empty=True),
        encoding=part.choice("encoding", ("hex", "base64")),
        join=part.choice("join", JOINS),
    )
    part.end()
    return scheme


def _reports(gateway: Part, environment: Mapping[str, str]) -> DeliveryReports | None:
    part = gateway.part("reports")
    if part is None:
        return None
    words = part.take("words", dict)
    if not words or not all(value in REPORTED for value in words.values()):
        part.refuse(f"must turn the gateway's words into {', '.join(REPORTED)}", "words")
    ours, theirs = part.take("id", str, ""), part.take("provider_id", str, "")
    if not ours and not theirs:
        part.refuse("names neither `id` nor `provider_id`: nobody could tell what a report is about")
    return DeliveryReports(
        list_path=part.take("list", str, ""),
        id_path=ours,
        provider_id_path=theirs,
        status_path=part.take("status", str),
        words=words,
        signature=_hmac(part, environment),
    )


def _replies(gateway: Part, environment: Mapping[str, str]) -> Replies | None:
    part = gateway.part("replies")
    if part is None:
        return None
    ours, theirs, number = (part.take(name, str, "") for name in ("id", "provider_id", "number"))
    if not ours and not theirs and not number:
        part.refuse("names neither `id`, `provider_id` nor `number`: nobody could tell who answers")
    return Replies(
        list_path=part.take("list", str, ""),
        reply_id_path=part.take("reply_id", str, ""),
        id_path=ours,
        provider_id_path=theirs,
        number_path=number,
        text_path=part.take("text", str),
        signature=_hmac(part, environment),
    )
