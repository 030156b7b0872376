"""The one reader of request bodies: strict, bounded, and never at a loss for a sentence."""

import contextlib
import io
import json

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from config.lib.http.json_body import MAX_DEPTH, JSONBodyParser, is_storable
from config.lib.http.problems import Problem

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


def read(raw: bytes):
    with translation.override("en"):
        return JSONBodyParser().parse(io.BytesIO(raw))


@given(VALUES)
def test_it_reads_what_json_says(value):
    assert read(json.dumps(value).encode()) == value
    assert read(json.dumps(value, ensure_ascii=False).encode("utf-8")) == value


def test_it_takes_a_byte_order_mark():
    assert read(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b'{\n  "a": 1,\n  oops}', "Line 3, column 3 is not JSON."),
        (b"", "Line 1, column 1 is not JSON."),
        (b'{"a": 1} x', "Line 1, column 10 is not JSON."),
        ("{'赵': 1}".encode(), "Line 1, column 2 is not JSON."),
        (b'{"a": "\xff"}', "Byte 7 is not UTF-8."),
        ('{"a": 1}'.encode("utf-16"), "Byte 0 is not UTF-8."),
        (b'{"a": "\x00"}', "Line 1, column 8 is not JSON."),
    ],
)
def test_it_says_where_it_stops_being_json(raw, sentence):
    with pytest.raises(ParseError) as refused:
        read(raw)
    assert str(refused.value.detail) == sentence


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "9" * 5000])
def test_it_refuses_numbers_without_end(number):
    with pytest.raises(ParseError, match="not finite or too long"):
        read(f'{{"a": [{number}]}}'.encode())


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 500, 900, 950, 5_000, 200_000])
def test_it_refuses_endless_nesting(opens, closes, depth):
    with pytest.raises(ParseError, match="nesting is too deep"):
        read((opens * depth + "1" + closes * depth).encode())


def test_it_takes_deep_nesting_within_reason():
    read(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    read(b"[" + b"[]," * 50_000 + b"1]")


def test_it_refuses_what_is_too_large(settings):
    settings.BODY_LIMIT = 2 * 1024 * 1024
    assert read(b'"' + b"a" * (settings.BODY_LIMIT - 2) + b'"')
    with pytest.raises(Problem, match="larger than 2 MB") as refused:
        read(b'"' + b"a" * (settings.BODY_LIMIT - 1) + b'"')
    assert (refused.value.code, refused.value.status) == ("body_too_large", 413)


@given(st.binary(max_size=60))
def test_it_never_fails_with_anything_but_a_sentence(raw):
    with contextlib.suppress(ParseError):
        read(raw)


@pytest.mark.parametrize(
    ("value", "can_be_kept"),
    [
        ("赵某 😀", True), ("a\x00", False), ("\ud83d", False), (1, True), (None, True), ({"a": ["\x00"]}, False),
        ({"\x00": 1}, False), ([{"a": {"b": "\udc00"}}], False), ({"a": ["b", 1.5, True]}, True),
    ],
)  # fmt: skip
def test_it_knows_what_can_be_kept(value, can_be_kept):
    assert is_storable(value) is can_be_kept
