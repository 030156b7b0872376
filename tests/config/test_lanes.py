"""Which lane a request goes in, and that the lanes share the connections without the sockets' own."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from config import lanes

KNOWN = "019d0000-0000-7000-8000-000000000000"


def lane(path, method="get"):
    found = lanes.lane_of(getattr(RequestFactory(), method)(path))
    return found.name if found else None


@pytest.mark.parametrize(("method", "path", "name"), [
    ("post", "/api/v1/alerts", "sources"),
    ("post", "/api/v1/alerts/batch", "sources"),
    ("post", "/api/v1/reports/text", "sources"),
    ("post", "/api/v1/replies/text", "sources"),
    ("get", "/api/v1/work", "pulls"),
    ("post", "/api/v1/acts", "acts"),
    ("post", "/api/v1/handover", "acts"),
    ("put", f"/api/v1/evidence/{KNOWN}", "pictures"),
    ("post", "/_allauth/browser/v1/auth/login", "sign-ins"),
    ("post", "/_allauth/browser/v1/auth/reauthenticate", "sign-ins"),
    ("post", "/_allauth/browser/v1/account/password/change", "sign-ins"),
    ("post", "/accounts/login/", "sign-ins"),
    ("post", "/admin/login/", "sign-ins"),
    ("get", "/_allauth/browser/v1/auth/session", "others"),
    ("get", "/accounts/login/", "others"),
    ("get", "/api/v1/board", "others"),
    ("get", "/api/schema", "others"),
    ("get", "/api/v1/workshop", "others"),
    ("get", "/api/v1/alertsandmore", "others"),
    ("get", "/", "others"),
    ("get", "/up", None),
    ("get", "/static/built/app.js", None),
])  # fmt: skip
def test_it_knows_the_lane_of_a_request(method, path, name):
    assert lane(path, method) == name


@pytest.mark.parametrize("connections", [6, 7, 14, 16, 40])
def test_the_lanes_share_the_connections_and_each_has_one(connections):
    each = lanes.shares(connections)
    assert sum(each.values()) == connections
    assert set(each) == set(lanes.ALL)
    assert min(each.values()) >= 1


@pytest.mark.parametrize("name", lanes.ALL)
def test_one_address_leaves_every_lane_to_others(name):
    lane = lanes.LANES[name]
    assert lane.of_address is not None
    assert lane.of_address <= lane.waiting / 2


def test_the_sockets_keep_theirs():
    assert sum(lane.at_once for lane in lanes.LANES.values()) == settings.DATABASE_POOL - lanes.SOCKETS


def test_the_doors_of_the_lanes_are_there():
    routes = {
        f"/api/v1/{pattern.pattern}".split("<")[0]
        for group in get_resolver().url_patterns if str(group.pattern) == "api/v1/"
        for pattern in group.url_patterns if isinstance(pattern, URLPattern)
    }  # fmt: skip
    named = {
        "/api/v1/alerts", "/api/v1/reports/", "/api/v1/replies/", "/api/v1/work", "/api/v1/acts", "/api/v1/handover",
        "/api/v1/device", "/api/v1/push/receipt", "/api/v1/evidence/",
    }  # fmt: skip
    assert named <= routes
    assert all(lane(path) != "others" for path in named)
