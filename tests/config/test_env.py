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


def test_it_has_a_stand_in_for_a_secret_only_in_development(monkeypatch):
    monkeypatch.delenv("KNOCK", raising=False)
    assert env.secret("KNOCK", development="published", debug=True) == "published"
    with pytest.raises(ImproperlyConfigured, match="Set KNOCK"):
        env.secret("KNOCK", development="published", debug=False)


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
