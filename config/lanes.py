"""Which lane a request goes in: alert sources and reports, phones that pull, acts, pictures, sign-ins, everybody else.

The lanes share the connections of `DATABASE_POOL`, without the two of the sockets; a lane never takes those of another.
"""

import re

from django.conf import settings
from django.http import HttpRequest

from config.lib.http.request_limit import Lane

SOURCES, PULLS, ACTS, PICTURES, SIGN_INS, OTHERS = "sources", "pulls", "acts", "pictures", "sign-ins", "others"
ALL = (SOURCES, PULLS, ACTS, PICTURES, SIGN_INS, OTHERS)
# Each lane has one slot; what the pool has beyond that goes to these in this order, and again from the beginning.
MORE_FOR = (SOURCES, PULLS, ACTS, OTHERS, PICTURES, SOURCES, ACTS, SOURCES, ACTS)
SOCKETS = 2  # connections that are the sockets' own (dissuasion/consumers/threads.py)
# How many more may wait, and for how long (s): whoever is refused comes again by itself. A phone that comes back waits
# rather than going away, and sends one request after another: a third at the same time is no phone's. A station, or a
# whole city, may sit behind one address, but none takes more than half of a lane; passwords are so slow that twenty
# fill the time for which they wait.
LIMITS: dict[str, tuple[int, float, int | None, int]] = {
    SOURCES: (800, 20.0, None, 400),
    PULLS: (5000, 30.0, None, 2500),
    ACTS: (2000, 20.0, 2, 1000),
    PICTURES: (60, 20.0, 3, 30),
    SIGN_INS: (60, 10.0, None, 20),
    OTHERS: (400, 10.0, None, 200),
}
# Seconds by which a request of these begins later while an alert is at work: threads share one interpreter, and one
# that has begun is not stopped. They are few, so that these requests go on even when alerts never end.
GIVES_WAY_S = {ACTS: 0.02, PICTURES: 0.05, SIGN_INS: 0.05, OTHERS: 0.05}
# How many times as long as it worked a slot rests in a rush: a rush gets a third of the time, or half of it.
RESTS = {SIGN_INS: 2.0, OTHERS: 1.0}
PATHS = {
    SOURCES: r"/api/v1/(?:alerts|reports|replies)(?:/|$)",
    PULLS: r"/api/v1/work$",  # a phone that comes back pulls before it opens its socket
    ACTS: r"/api/v1/(?:acts|handover|device|push/receipt)$",
    PICTURES: r"/api/v1/evidence/",
}
# Each of these hashes a password, also for a name that nobody has.
SIGN_IN_PATHS = (
    r"/_allauth/\w+/v1/(?:auth/(?:login|reauthenticate)|account/password/change)$",
    r"/accounts/(?:login|reauthenticate|password/change)/$",
    r"/admin/(?:login|password_change)/$",
)
LANE_PATH = re.compile("|".join(f"(?P<{name}>{path})" for name, path in PATHS.items()))
SIGN_IN_PATH = re.compile("|".join(SIGN_IN_PATHS))


def shares(connections: int) -> dict[str, int]:
    """Return how many requests work at once in each lane, with so many connections for all of them."""
    each = dict.fromkeys(ALL, 1)
    for number in range(connections - len(ALL)):
        each[MORE_FOR[number % len(MORE_FOR)]] += 1
    return each


def _lane(name: str, at_once: int) -> Lane:
    waiting, patience_s, each, of_address = LIMITS[name]
    return Lane(
        name, at_once=at_once, waiting=waiting, patience_s=patience_s, each=each,
        of_address=of_address, leads=name == SOURCES,
        gives_way_s=GIVES_WAY_S.get(name, 0.0), rests=RESTS.get(name, 0.0),
    )  # fmt: skip


LANES = {name: _lane(name, at_once) for name, at_once in shares(settings.DATABASE_POOL - SOCKETS).items()}


def lane_of(request: HttpRequest) -> Lane | None:
    """Return the lane of a request; None where it need not wait."""
    path = request.path_info
    if path == "/up" or path.startswith(settings.STATIC_URL):
        return None
    found = LANE_PATH.match(path)
    if found is not None and found.lastgroup is not None:
        return LANES[found.lastgroup]
    if request.method == "POST" and SIGN_IN_PATH.match(path):
        return LANES[SIGN_INS]
    return LANES[OTHERS]
