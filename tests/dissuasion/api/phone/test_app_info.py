"""What a phone may know before anybody signs in, and how its settings are read."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from config.lib import addresses, env
from config.lib.sealing import vapid
from config.lib.static.built import build_id


def test_it_tells_a_stranger(clock):
    answer = Client().get("/api/v1/app")
    told = answer.json()
    assert dt.datetime.fromisoformat(told.pop("now")) == timezone.now()
    assert told == {
        "build": build_id(),
        "languages": ["zh-hans", "en"],
        "hotline": "96110",
        "map": {"tiles": None, "datum": "wgs84", "attribution": ""},
        "maintenance_until": None,
    }


def test_it_announces_maintenance_until_it_is_over(clock, settings):
    settings.MAINTENANCE_UNTIL = timezone.now() + dt.timedelta(hours=1)
    assert Client().get("/api/v1/app").json()["maintenance_until"] is not None
    clock.shift(3601)
    assert Client().get("/api/v1/app").json()["maintenance_until"] is None


def test_it_reads_a_moment(monkeypatch):
    monkeypatch.setenv("WHEN", "2026-03-04T09:00:00+08:00")
    assert env.moment("WHEN") == dt.datetime(2026, 3, 4, 1, tzinfo=dt.UTC)
    for wrong in ("soon", "2026-03-04T09:00:00"):
        monkeypatch.setenv("WHEN", wrong)
        with pytest.raises(ImproperlyConfigured):
            env.moment("WHEN")


def test_it_reads_a_choice(monkeypatch):
    assert env.choice("DATUM", ("wgs84", "gcj02")) == "wgs84"
    monkeypatch.setenv("DATUM", "mars")
    with pytest.raises(ImproperlyConfigured):
        env.choice("DATUM", ("wgs84", "gcj02"))


def test_it_names_the_origin_of_tiles():
    assert addresses.origin("https://tiles.example/{z}/{x}/{y}.png?key=1") == "https://tiles.example"
    assert addresses.origin("https://t{s}.tiles.example/{z}") == "https://*.tiles.example"
    for wrong in ("http://tiles.example/", "tiles.example"):
        with pytest.raises(ImproperlyConfigured):
            addresses.origin(wrong)


def test_it_makes_a_push_key_once(tmp_path):
    first = vapid.kept_key(tmp_path / "new" / "vapid.key")
    assert vapid.kept_key(tmp_path / "new" / "vapid.key") == first
    assert (tmp_path / "new" / "vapid.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["vapid.key"]
    assert len(vapid.public_key(first)) == 87


@pytest.mark.parametrize("wrong", ["x", "é", "AAAA", "A" * 43])
def test_it_refuses_what_is_no_push_key(wrong):
    with pytest.raises(ImproperlyConfigured):
        vapid.public_key(wrong)
