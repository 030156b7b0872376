"""Websockets at any address and with any head: an answer, and nothing in the log that looks like a fault of ours."""

import pytest

from tests.doors.conftest import signed_in
from tests.doors.wire import ask, said

pytestmark = pytest.mark.django_db(transaction=True)
UPGRADE = [
    ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
]  # fmt: skip


@pytest.fixture
def opens(server):
    """Ask for a websocket; return the answer."""

    def send(target, *headers):
        request = said("GET", target, [*UPGRADE, *headers])
        return ask(server, request.replace(b"Connection: close", b"Connection: Upgrade"))

    return send


@pytest.mark.parametrize(
    "target", ["/ws", "/ws/v1/nothing", "/", "/ws/v1/work/", "/ws/v1/wor%00k", "/%ff", "/api/v1/work"]
)
def test_an_address_where_there_is_none_says_so(opens, caplog, target):
    assert opens(target).status == 404
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("cookie", ['prefs={"a": "b"}; ', "a=b=c; ", '"; ', "x=\xff; ", "=; ; ", "m[0]={1,2}; "])
def test_a_cookie_of_others_does_not_shut_it(opens, live_cast, cookie):
    session = dict(signed_in(live_cast.client("lin")))["Cookie"]
    answer = opens("/ws/v1/work", ("Cookie", cookie + session))
    assert answer.status == 101
