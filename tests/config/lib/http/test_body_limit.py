"""Bodies end where a limit is, before anything keeps them: by their head, or at the byte too many."""

import json

import pytest

from config.asgi import application
from config.lib.http.body_limit import EVIDENCE_LIMIT, limit_body_size

ACTS, PIECE = ("POST", "/api/v1/acts"), ("PUT", "/api/v1/evidence/0198c1f0-0000-7000-8000-000000000001")
MEGABYTE = b"x" * 2**20


async def asked(door, pieces, *, headers=(), app=application):
    """Send a body in these pieces; return status, content type, answer, and how many pieces were read."""
    method, path = door
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(b"host", b"localhost"), (b"accept-language", b"en"), *headers], "server": ("localhost", 80),
    }  # fmt: skip
    coming, read, sent = iter(pieces), [], []

    async def receive():
        piece = next(coming, None)
        if piece is None:
            return {"type": "http.disconnect"}
        read.append(piece)
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    head = dict(sent[0]["headers"])
    return sent[0]["status"], head[b"content-type"].decode(), sent[1]["body"], len(read)


# Whoever asks these has shown nothing yet when the body is parsed.
OPEN = [
    ("POST", door)
    for door in ("/verify", "/api/v1/push/receipt", "/_allauth/browser/v1/auth/login", "/accounts/login/")
]


@pytest.mark.parametrize(("door", "most"), [(ACTS, 9), (PIECE, 1), *((door, 1) for door in OPEN)])
async def test_it_ends_a_body_that_comes_in_chunks(door, most):
    status, kind, body, read = await asked(door, [MEGABYTE] * 50)
    assert (status, read) == (413, most)
    if door[1].startswith("/api/"):
        assert (kind, json.loads(body)["code"]) == ("application/problem+json", "body_too_large")
    else:
        assert (kind, body) == ("text/plain; charset=utf-8", b"The request is too large. Send it in smaller parts.")


async def test_it_reads_nothing_of_what_is_announced_too_large():
    length = (b"content-length", b"%d" % (EVIDENCE_LIMIT + 1))
    status, _kind, _body, read = await asked(PIECE, [MEGABYTE], headers=[length])
    assert (status, read) == (413, 0)


@pytest.mark.parametrize("odd", [(b"content-type", b"a/b; x*=zzz''y"), (b"cookie", b"\xff=\x00")])
async def test_it_ends_one_whose_head_cannot_be_read_either(odd):
    status, _kind, _body, _read = await asked(ACTS, [], headers=[(b"content-length", b"99999999999"), odd])
    assert status == 413


async def test_it_leaves_the_rest_alone():
    async def app(scope, receive, send):
        came = await receive()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": came["body"]})

    assert await asked(PIECE, [b"a piece"], app=limit_body_size(app)) == (200, "text/plain", b"a piece", 1)
