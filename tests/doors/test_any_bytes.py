"""Whatever bytes come to whatever door: an answer in time that is no 500, and no fault of ours in the log."""

import logging
from random import Random

import pytest

from tests.doors.conftest import signed_in
from tests.doors.right import every_request
from tests.doors.spoil import CHUNKED, spoiled
from tests.doors.wire import ask, in_chunks, said
from tests.properties.often import seed, times

pytestmark = pytest.mark.django_db(transaction=True)
# HYPOTHESIS_PROFILE=long tries the second number, about an hour; PROPERTY_TIMES cuts it short.
REQUESTS = times(600, long=200_000)
ENOUGH = 5  # faults: then it stops
UPGRADE = [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")]
ENDS_A_SESSION = ("auth/session", "accounts/logout")


class Faults(logging.Handler):
    """Collects what is logged as a fault of the server: anything with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[0] is not None:
            self.seen.append(f"{record.name}: {record.getMessage()[:200]} {record.exc_info[1]!r:.300}")


@pytest.fixture
def faults():
    """What is logged as a fault meanwhile."""
    handler = Faults()
    logging.getLogger().addHandler(handler)
    yield handler.seen
    logging.getLogger().removeHandler(handler)


def _bytes(asked, person):
    """Return the request of this person as bytes."""
    is_socket = asked.target.startswith("/ws")
    headers = [*(person if not any(word in asked.target for word in ENDS_A_SESSION) else []), *asked.headers]
    headers = [pair for pair in headers if pair != CHUNKED or not is_socket]
    body = in_chunks(asked.body, 40) if CHUNKED in headers else asked.body
    request = said(asked.method, asked.target, headers, b"" if is_socket else body)
    if is_socket:
        head = "".join(f"{name}: {value}\r\n" for name, value in UPGRADE).encode()
        request = request.replace(b"Connection: close\r\n", b"Connection: Upgrade\r\n" + head, 1)
    return request


def test_no_bytes_are_a_fault_of_ours(server, live_cast, faults):
    doors = every_request()
    people = [[], *(signed_in(live_cast.client(name)) for name in ("gu", "sun", "lin"))]
    wrong = []
    first = (seed(1) - 1) * REQUESTS
    for number in range(first, first + REQUESTS):
        random = Random(number)
        asked = spoiled(doors[number % len(doors)], random)
        request = _bytes(asked, random.choice(people))
        try:
            answer = ask(server, request)
        except TimeoutError:
            wrong.append((number, "no answer", request[:500]))
        else:
            if answer.status == 500 or answer.status > 503:
                wrong.append((number, answer.status, request[:500]))
        wrong += [(number, fault, request[:500]) for fault in faults]
        faults.clear()
        if len(wrong) >= ENOUGH:
            break
    assert not wrong, "\n".join(map(str, wrong))
