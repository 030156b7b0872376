"""Spoils requests: bytes where words were meant, values that a parser chokes on, bodies packed, cut, doubled."""

import gzip
from collections.abc import Callable
from random import Random

from django.conf import settings

from tests.doors.right import Asked

# What broke a server somewhere, as it stands in an address, a header or a body.
NASTY = [
    b"\x00", b"%00", b"\\u0000", b"\\ud83d", b"\xff", b"\xed\xa0\xbd", b"%ff%fe", b"9" * 5000, b"[" * 2000, b"{" * 200,
    b'{"a":' * 500, b"'", b'"', b"\\", b"../" * 20, b"%2e%2e%2f", b"{{7*7}}", b"%s%n", b"NaN", b"-Infinity", b"1e999",
    b"9999-12-31T23:59:59-12:00", b"0000", b"\xe2\x80\xae", "𠀀".encode(), b"null", b"[]", b"{}", b"-1", b",,,",
    b";;;", b"=" * 50, b"a" * 3000, b"%", b"*", b"[0]", b"__proto__", b"\t", b"0x7fffffff", b"99999999999999999999",
]  # fmt: skip
HEADERS = [
    "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Encoding", "Content-Type", "Cookie",
    "Expect", "Forwarded", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Origin",
    "Range", "Referer", "TE", "User-Agent", "X-Bytes", "X-CSRFToken", "X-Forwarded-For", "X-Forwarded-Host",
    "X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Mime", "X-Person", "X-Sha256", "X-Signature", "X-Timestamp",
    "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Content-Disposition", "Content-Language", "Cookie2",
]  # fmt: skip
OWN = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME]
COOKIES = [*OWN, "csrftoken", "messages", "prefs", ""]
KINDS = ["application/json", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]
CHUNKED = ("Transfer-Encoding", "chunked")
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"]


def spoiled(asked: Asked, random: Random) -> Asked:
    """Return a request with a few things wrong, the same for the same random numbers."""
    made = Asked(asked.method, asked.target, list(asked.headers), asked.body)
    for _time in range(random.randint(1, 3)):
        random.choice(WAYS)(made, random)
    return made


def _nasty(random: Random) -> bytes:
    if random.random() < 0.3:
        return random.randbytes(random.randint(1, 12))
    return random.choice(NASTY)


def _inserted(value: bytes, random: Random) -> bytes:
    begin = random.randint(0, len(value))
    end = begin if random.random() < 0.5 else random.randint(begin, len(value))
    return value[:begin] + _nasty(random) + value[end:]


def _as_head(value: bytes) -> str:
    """Return bytes as they may stand in a head: without what would end its line."""
    return value.decode("latin-1").translate({ord("\r"): None, ord("\n"): None, 0: None})


def target(asked: Asked, random: Random) -> None:
    """Something in the address, or behind it."""
    where = asked.target.encode()
    where = (
        _inserted(where, random) if random.random() < 0.5 else where + b"?" + _inserted(b"q=1&number=a&unit=1", random)
    )
    said = b"".join(bytes([one]) if 0x21 <= one < 0x7F else b"%%%02x" % one for one in where)
    asked.target = "/" + said.decode().lstrip("/")


def header(asked: Asked, random: Random) -> None:
    """One header more, or one that is there with something else in it."""
    asked.headers.append((random.choice(HEADERS), _as_head(_nasty(random))))


def cookie(asked: Asked, random: Random) -> None:
    """A cookie of ours or of others, quoted or not."""
    value = _as_head(_inserted(b"a" * 32, random))
    value = f'"{value}"' if random.random() < 0.4 else value
    asked.headers.append(("Cookie", f"{random.choice(COOKIES)}={value}"))


def octal_cookie(asked: Asked, random: Random) -> None:
    """A session's cookie in the octal escapes that a cookie parser resolves."""
    codes = "".join(f"\\{random.randint(0, 255):03o}" for _time in range(32))
    asked.headers.append(("Cookie", f'{OWN[0]}="{codes}"'))


def kind(asked: Asked, random: Random) -> None:
    """Another content type, or one with a parameter that nobody knows."""
    parameter = random.choice(["", "; charset=gbk", "; charset*=x'y'%ff", '; charset="', "; boundary=", ";=;", "; q=é"])
    asked.headers = [pair for pair in asked.headers if pair[0] != "Content-Type"]
    asked.headers.append(("Content-Type", random.choice(KINDS) + parameter))


def method(asked: Asked, random: Random) -> None:
    """Another method."""
    asked.method = random.choice(METHODS)


def body(asked: Asked, random: Random) -> None:
    """Something in the body."""
    asked.body = _inserted(asked.body, random)


def cut_body(asked: Asked, random: Random) -> None:
    """A body that ends too early."""
    asked.body = asked.body[: random.randint(0, len(asked.body))]


def doubled_body(asked: Asked, random: Random) -> None:
    """A body twice."""
    asked.body = asked.body * 2


def packed_body(asked: Asked, random: Random) -> None:
    """A body that is packed, said or not."""
    asked.body = gzip.compress(asked.body)
    if random.random() < 0.7:
        asked.headers.append(("Content-Encoding", "gzip"))


def chunked_body(asked: Asked, random: Random) -> None:
    """A body in chunks; it is cut into them when all else is spoiled."""
    if CHUNKED not in asked.headers:
        asked.headers.append(CHUNKED)


WAYS: list[Callable[[Asked, Random], None]] = [
    target, target, header, header, header, cookie, octal_cookie, kind, method, body, body, body, body, cut_body,
    doubled_body, packed_body, chunked_body,
]  # fmt: skip
