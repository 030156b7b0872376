"""Sealed values open only where they belong; the blind index finds them without opening."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from config.lib.sealing.keys import CannotOpen, blind_index, decode_key, keyring, seal, unseal

PLACE = "households_resident:name:1"
KEY_A, KEY_B = (base64.b64encode(letter * 32).decode() for letter in (b"a", b"b"))
ANY_TEXT = st.text(st.characters(codec=None), max_size=200)  # halves of surrogate pairs too


@given(ANY_TEXT, st.text(max_size=40))
def test_it_opens_what_it_sealed(text, place):
    blob = seal(text, place=place)
    assert unseal(blob, place=place) == text


def test_it_seals_the_same_text_differently_each_time():
    blobs = {seal("赵某", place=PLACE) for _ in range(50)}
    assert len(blobs) == 50
    assert not any("赵某".encode() in blob for blob in blobs)


@pytest.mark.parametrize(
    "other",
    ["households_resident:name:2", "households_resident:phone:1", "households_contact:name:1", ""],
    ids=["row", "column", "table", "nothing"],
)
def test_it_does_not_open_elsewhere(other):
    with pytest.raises(CannotOpen, match="does not belong"):
        unseal(seal("赵某", place=PLACE), place=other)


@given(st.data())
def test_it_does_not_open_when_any_byte_was_altered(data):
    blob = bytearray(seal("赵某", place=PLACE))
    place = data.draw(st.integers(0, len(blob) - 1))
    blob[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        unseal(bytes(blob), place=PLACE)


@given(st.data())
def test_it_does_not_open_when_it_was_cut(data):
    blob = seal("赵某", place=PLACE)
    with pytest.raises(CannotOpen):
        unseal(blob[: data.draw(st.integers(0, len(blob) - 1))], place=PLACE)


@given(st.binary(max_size=100))
def test_it_does_not_open_noise(noise):
    with pytest.raises(CannotOpen):
        unseal(noise, place=PLACE)


def test_it_opens_old_values_after_a_rotation(settings):
    settings.FIELD_KEYS = f"2025:{KEY_A}"
    old = seal("赵某", place=PLACE)
    settings.FIELD_KEYS = f"2026:{KEY_B},2025:{KEY_A}"
    new = seal("赵某", place=PLACE)
    assert (unseal(old, place=PLACE), unseal(new, place=PLACE)) == ("赵某", "赵某")
    assert (old[1:5], new[1:5]) == (b"2025", b"2026")


def test_it_says_which_key_is_missing(settings):
    settings.FIELD_KEYS = f"2025:{KEY_A}"
    old = seal("赵某", place=PLACE)
    settings.FIELD_KEYS = f"2026:{KEY_B}"
    with pytest.raises(CannotOpen, match="'2025' is not in FIELD_KEYS"):
        unseal(old, place=PLACE)


def test_it_does_not_open_with_another_key_of_the_same_name(settings):
    settings.FIELD_KEYS = f"k:{KEY_A}"
    blob = seal("赵某", place=PLACE)
    settings.FIELD_KEYS = f"k:{KEY_B}"
    with pytest.raises(CannotOpen):
        unseal(blob, place=PLACE)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("", "id:base64"),
        ("k1", "id:base64"),
        (f":{KEY_A}", "id:base64"),
        (f"{'k' * 256}:{KEY_A}", "id:base64"),
        (f"k1:{KEY_A},", "id:base64"),
        ("k1:%%%", "FIELD_KEYS k1 is not base64"),
        ("k1:密钥", "FIELD_KEYS k1 is not base64"),
        ("k1:c2hvcnQ=", "FIELD_KEYS k1 has 5 bytes, it needs 32"),
    ],
)
def test_it_says_what_is_wrong_with_the_keys(setting, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        keyring(setting)


def test_it_reads_a_key():
    assert decode_key("INDEX_KEY", KEY_A) == b"a" * 32


def test_it_indexes_equal_values_equally_and_others_not():
    assert blind_index("resident.phone", "1") == blind_index("resident.phone", "1")
    assert blind_index("resident.phone", "1") != blind_index("resident.phone", "2")
    assert len(blind_index("resident.phone", "1")) == 64


def test_it_indexes_each_column_for_itself():
    columns = ("resident.phone", "resident.id_number", "person.phone", "")
    assert len({blind_index(column, "13900000001") for column in columns}) == len(columns)


def test_it_indexes_otherwise_with_another_key(settings):
    before = blind_index("resident.phone", "13900000001")
    settings.INDEX_KEY = KEY_B
    assert blind_index("resident.phone", "13900000001") != before
