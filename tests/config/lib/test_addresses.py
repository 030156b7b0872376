"""Addresses in the environment: those that can be used are taken, the others stop the start and are not repeated."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.lib import addresses


def refused(monkeypatch, reader, text) -> str:
    monkeypatch.setenv("KNOCK", text)
    with pytest.raises(ImproperlyConfigured, match="KNOCK") as said:
        reader("KNOCK")
    return str(said.value)


@pytest.mark.parametrize(
    "text",
    [
        "postgres://user:s3cret@host:port/name", "postgres://user:s3c#ret@host/name", "mysql://user:s3cret@host/name",
        "s3cret", "postgres://user:s3cret@host", "http://s3cret.example", "postgres://user:s3cret@[::1/name",
    ],
)  # fmt: skip
def test_it_takes_no_database_that_it_cannot_use(monkeypatch, text):
    assert "s3c" not in refused(monkeypatch, lambda name: addresses.database(name, ""), text)


@pytest.mark.parametrize(
    ("text", "engine", "name"),
    [
        ("postgres://user:p%40ss@host:5432/name", addresses.POSTGRESQL, "name"),
        ("postgresql://user@/name?host=/run/postgresql", addresses.POSTGRESQL, "name"),
        ("sqlite:////srv/doorstep.sqlite3", addresses.SQLITE, "/srv/doorstep.sqlite3"),
        ("", addresses.SQLITE, "usual"),
    ],
)
def test_it_takes_a_database(monkeypatch, text, engine, name):
    monkeypatch.setenv("KNOCK", text)
    found = addresses.database("KNOCK", "sqlite:///usual")
    assert (found["ENGINE"], found["NAME"]) == (engine, name)


def test_postgresql_itself_is_no_file(monkeypatch):
    assert addresses.postgresql("KNOCK") is None
    refused(monkeypatch, addresses.postgresql, "sqlite:///x")


@pytest.mark.parametrize("text", ["http://host", "redis://", "host:6379", "redis://host:port/0", "redis://host/zero"])
def test_it_takes_no_redis_that_it_cannot_use(monkeypatch, text):
    refused(monkeypatch, addresses.redis, text)


@pytest.mark.parametrize(
    "text", ["redis://host", "redis://:pass@host:6379/0", "rediss://host/1?x=y", "unix:///run/redis.sock", ""]
)
def test_it_takes_a_redis(monkeypatch, text):
    monkeypatch.setenv("KNOCK", text)
    assert addresses.redis("KNOCK") == text


@pytest.mark.parametrize("text", ["https://doorstep.example", "doorstep.example:443", "a.example/path", "a b", "a..b"])
def test_a_host_name_has_no_scheme_port_or_path(monkeypatch, text):
    refused(monkeypatch, addresses.hosts, text)


def test_it_takes_host_names(monkeypatch):
    monkeypatch.setenv("KNOCK", "doorstep.example, .police.example,*,127.0.0.1,[::1],劝阻.example")
    assert len(addresses.hosts("KNOCK")) == 6


@pytest.mark.parametrize("text", ["doorstep.example", "https://a.example/path", "ftp://a.example", "https://", "*"])
def test_an_origin_has_a_scheme_and_no_path(monkeypatch, text):
    refused(monkeypatch, addresses.origins, text)


def test_it_takes_origins(monkeypatch):
    monkeypatch.setenv("KNOCK", "https://a.example,http://127.0.0.1:8000,https://*.b.example,https://[::1]:8443")
    assert len(addresses.origins("KNOCK")) == 4
    monkeypatch.setenv("KNOCK", "https://*.push.example,http://127.0.0.1:*")
    assert len(addresses.origin_patterns("KNOCK", "")) == 2


@pytest.mark.parametrize("text", ["somebody@your.domain", "mailto:", "http://your.domain", "mailto:a@b c"])
def test_a_subject_is_somebody_who_answers(monkeypatch, text):
    refused(monkeypatch, lambda name: addresses.subject(name, ""), text)


@pytest.mark.parametrize(
    ("said", "read"),
    [("https://Desk.example:443/", "https://desk.example"), ("http://a.example:80", "http://a.example"),
      ("https://a.example:80", "https://a.example:80"), ("https://*.a.example", "https://*.a.example")],
)  # fmt: skip
def test_it_reads_an_origin_as_browsers_write_it(monkeypatch, said, read):
    monkeypatch.setenv("ORIGINS", f"{said}, ")
    assert addresses.origins("ORIGINS") == [read]
