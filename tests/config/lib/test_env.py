"""The readers of the environment: what they take, and the sentence with which a bad setting stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.lib import env


def test_it_names_the_setting_that_is_missing(monkeypatch):
    monkeypatch.delenv("KNOCK", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"Set KNOCK in the environment \(docs/operations.md"):
        env.text("KNOCK")


def test_it_takes_the_default_of_a_text(monkeypatch):
    monkeypatch.delenv("KNOCK", raising=False)
    assert env.text("KNOCK", "twice") == "twice"
    monkeypatch.setenv("KNOCK", "once")
    assert env.text("KNOCK", "twice") == "once"


def test_it_has_a_stand_in_for_a_secret_only_where_published_ones_do(monkeypatch):
    for missing in (None, "", "  "):
        monkeypatch.delenv("KNOCK", raising=False)
        if missing is not None:
            monkeypatch.setenv("KNOCK", missing)
        assert env.secret("KNOCK", development="published", published=True) == "published"
        with pytest.raises(ImproperlyConfigured, match="Set KNOCK"):
            env.secret("KNOCK", development="published", published=False)


def test_it_takes_no_published_and_no_short_secret(monkeypatch):
    monkeypatch.setenv("KNOCK", "published")
    with pytest.raises(ImproperlyConfigured, match="KNOCK is the published value"):
        env.secret("KNOCK", development="published", published=False)
    monkeypatch.setenv("KNOCK", "brief")
    with pytest.raises(ImproperlyConfigured, match="KNOCK has 5 characters, it needs 32") as refused:
        env.secret("KNOCK", development="published", published=False, least=32)
    assert "brief" not in str(refused.value)


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("", False), ("help", False), ("help seed", False), ("--help", False), ("seed --help", False),
        ("check", False), ("makemigrations --check --dry-run", False), ("--version", False),
        ("check --deploy", True), ("migrate", True), ("seed", True), ("watch", True), ("nonsense", True),
    ],
)  # fmt: skip
def test_only_what_seals_and_signs_nothing_needs_no_secret(line, needs):
    assert env.needs_secrets(line.split()) is needs


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", True), ("true", True), ("YES", True), (" on ", True),
        ("0", False), ("False", False), ("no", False), ("", False),
    ],
)  # fmt: skip
def test_it_reads_a_boolean(monkeypatch, text, meant):
    monkeypatch.setenv("KNOCK", text)
    assert env.boolean("KNOCK", default=not meant) is meant


@pytest.mark.parametrize("default", [True, False])
def test_it_takes_the_default_of_a_boolean(monkeypatch, default):
    monkeypatch.delenv("KNOCK", raising=False)
    assert env.boolean("KNOCK", default) is default


@pytest.mark.parametrize("text", ["maybe", "2", "ja", "01"])
def test_it_refuses_what_is_neither_yes_nor_no(monkeypatch, text):
    monkeypatch.setenv("KNOCK", text)
    with pytest.raises(ImproperlyConfigured, match=f"^KNOCK='{text}' is neither yes nor no.$"):
        env.boolean("KNOCK")


@pytest.mark.parametrize("text", ["", "one", "1.5", "0x10"])
def test_it_refuses_what_is_no_whole_number(monkeypatch, text):
    monkeypatch.setenv("KNOCK", text)
    with pytest.raises(ImproperlyConfigured, match=f"^KNOCK='{text}' is not a whole number.$"):
        env.integer("KNOCK", 3)


def test_it_reads_a_whole_number(monkeypatch):
    monkeypatch.delenv("KNOCK", raising=False)
    assert env.integer("KNOCK", 3) == 3
    monkeypatch.setenv("KNOCK", " 12 ")
    assert env.integer("KNOCK", 3) == 12


@pytest.mark.parametrize(
    ("text", "meant"), [("a, b ,c", ["a", "b", "c"]), (",, a,", ["a"]), ("", []), ("   ", []), ("[::1]", ["[::1]"])]
)
def test_it_reads_words_without_empty_ones(monkeypatch, text, meant):
    monkeypatch.setenv("KNOCK", text)
    assert env.text_list("KNOCK", "other") == meant


def test_it_refuses_a_number_below_the_least(monkeypatch):
    monkeypatch.setenv("KNOCK", "0")
    with pytest.raises(ImproperlyConfigured, match="below 1"):
        env.integer("KNOCK", 3, least=1)


def test_it_refuses_a_number_above_the_most(monkeypatch):
    monkeypatch.setenv("KNOCK", "65536")
    with pytest.raises(ImproperlyConfigured, match="above 65535"):
        env.integer("KNOCK", 3, most=65_535)
