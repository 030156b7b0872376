"""The one reader of request bodies: strict, bounded, and never at a loss for a sentence."""

import contextlib
import io
import json
import tracemalloc

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from config.lib.http import json_body
from config.lib.http.json_body import MAX_DEPTH, Flaw, JSONBodyParser, is_storable, read_json_rows
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


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('{"a": 1, "a": 1}', "a"), ('{"a": 1, "\\u0061": 2}', "a"), ('{"r": {"p": 1, "q": 2, "p": 3}}', "r.p"),
        ('[{"a": [0, {"b": 1, "b": 2}]}]', "0.a.1.b"), ('{"": 1, "": 2}', ""),
    ],
)  # fmt: skip
def test_it_refuses_a_key_that_stands_twice_and_names_it(body, place):
    with pytest.raises(Problem, match="stands twice") as refused:
        read(body.encode())
    assert (refused.value.code, refused.value.errors[0]["field"]) == ("doubled_key", place)


DEEP = "[" * 70 + "]" * 70
ROWS = f'{{"rows": [{{"a": 1}}, {{"a": 1, "a": 2}}, [NaN], {DEEP}, {"9" * 5000}, {{"b": 2}}]}}'


def test_it_judges_the_rows_of_a_list_one_by_one():
    value, rows = read_json_rows(ROWS.encode(), lambda said: said["rows"])
    assert value == {"rows": rows}
    assert [row.code if isinstance(row, Flaw) else row for row in rows] == [
        {"a": 1}, "doubled_key", "number", "too_deep", "number", {"b": 2},
    ]  # fmt: skip
    codes = [row.problem().code for row in rows if isinstance(row, Flaw)]
    assert codes == ["doubled_key", "not_json", "not_json", "not_json"]


ABYSS = 200_000
ABYSSES = [
    "[" * ABYSS + "]" * ABYSS, '{"a":' * ABYSS + "1" + "}" * ABYSS, '[{"a":' * ABYSS + "1" + "}]" * ABYSS,
    '["]", ' * ABYSS + "1" + "]" * ABYSS, '["\\"[", ' * ABYSS + "1" + "]" * ABYSS,
]  # fmt: skip


@pytest.mark.parametrize("abyss", [*ABYSSES, "[" * 2000 + "]" * 2000])
def test_a_row_that_no_parser_follows_costs_only_itself(abyss):
    body = f'{{"rows": [{{"a": "[[["}}, {abyss}, {{"b": {abyss}}}, {{"c": [1, {{}}]}}]}}'
    _value, rows = read_json_rows(body.encode(), lambda said: said["rows"])
    assert [isinstance(row, Flaw) for row in rows] == [False, True, True, False]
    assert (rows[0], rows[3]) == ({"a": "[[["}, {"c": [1, {}]})
    assert {row.problem().code for row in rows if isinstance(row, Flaw)} == {"not_json"}


@pytest.mark.parametrize("body", ["[" * ABYSS, '{"rows": ' * ABYSS, '{"rows": [{}], "x": ' + ABYSSES[0] + "}",
                                  '{"rows": [' + "[" * ABYSS + '"' + '\\"' * ABYSS])  # fmt: skip
def test_nothing_else_is_taken_where_nesting_does_not_end(body):
    with pytest.raises(ParseError, match="nesting is too deep"), translation.override("en"):
        read_json_rows(body.encode(), lambda said: said.get("rows") if isinstance(said, dict) else said)


def test_several_lists_are_judged_row_by_row():
    _value, (one, other) = read_json_rows(b'{"a": [NaN, 1], "b": [2, [NaN]]}', lambda said: (said["a"], said["b"]))
    assert [[isinstance(row, Flaw) for row in rows] for rows in (one, other)] == [[True, False], [False, True]]


@pytest.mark.parametrize("around", ['"x": NaN', '"x": {"a": 1, "a": 2}', '"rows": []', f'"x": {DEEP}'])
def test_it_refuses_what_can_not_be_taken_around_the_rows(around):
    with pytest.raises((ParseError, Problem)):
        read_json_rows(f'{{"rows": [{{}}], {around}}}'.encode(), lambda said: said["rows"])


def test_it_looks_at_rows_one_by_one_only_where_something_is_wrong(monkeypatch):
    looked_at = []
    monkeypatch.setattr(json_body, "_flaw_of", lambda value, **_how: looked_at.append(value))
    read_json_rows(b'{"rows": [' + b"{}," * 1000 + b"[[1]]]}", lambda said: said["rows"])
    assert not looked_at
    read_json_rows(f'{{"rows": [1, {DEEP}]}}'.encode(), lambda said: said["rows"])
    assert looked_at


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


def test_a_flaw_below_a_long_key_costs_no_memory():
    raw = b'{"' + b"k" * 100_000 + b'": [' + b"0," * 100_000 + b"NaN]}"
    tracemalloc.start()
    with pytest.raises(ParseError):
        read(raw)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000  # the place of each value as text would be ten gigabytes


def test_the_depth_of_many_tiny_values_is_checked_without_a_copy_of_them():
    raw = b"[" + b"[]," * 200_000 + b"[1]]"
    tracemalloc.start()
    value = read(raw)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(value) == 200_001
    assert peak < 1.5 * kept
