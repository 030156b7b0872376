"""Whatever is thrown at both doors: never a 500, and always a problem document when it is not taken."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import SOURCE_KEY, alert, synthetic_id
from tests.dissuasion.actions.intake.conftest import BATCH, JSON, ONE

pytestmark = pytest.mark.django_db
# One set of people for all the examples of a test: what is kept of one example does not harm the next.
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = st.text(st.characters(codec=None), max_size=20)  # NUL and halves of surrogate pairs too
NUMBER = st.integers() | st.integers(10**300, 10**320) | st.floats()
SCALAR = st.none() | st.booleans() | NUMBER | TEXT
ANYTHING = st.recursive(SCALAR, lambda v: st.lists(v, max_size=4) | st.dictionaries(TEXT, v, max_size=4), max_leaves=12)
RIGHT = {
    "external_id": st.uuids().map(str) | st.sampled_from(["a", " a "]),
    "occurred_at": st.sampled_from(["2026-01-01T00:00:00Z", "0001-01-01T00:00:00Z", alert()["occurred_at"]]),
    "scam_type": st.sampled_from(["loan", "investment", "杀猪盘"]),
    "risk": st.sampled_from(["low", "medium", "high", ""]),
    "channel": st.sampled_from(["funds", "sms", ""]),
    "amount_at_risk": st.decimals(0, 10**12 - 1, places=2).map(str) | st.integers(0, 10**9),
    "already_transferred": st.decimals(0, 10**9, places=2).map(str),
    "note": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
}
RIGHT_WHO = {
    "phone": st.sampled_from(["10000000001", "+86 10000000002", "10000000099"]),
    "id_number": st.sampled_from([synthetic_id(1), synthetic_id(2, "19850202"), synthetic_id(9), ""]),
    "name": st.sampled_from(["赵某", "刘某"]),
    "division_code": st.sampled_from(["411681112200", "411624114", "4116", "130229110", ""]),
    "lat": st.floats(33.3, 33.6),
    "lon": st.floats(114.7, 115.2),
}
LIKELY_WRONG = ["2026-01-01", "-1", "NaN", "110", "\x00", "\ud800", 33.466, 114.875, 1e300, -200, 10**400]
WRONG = ANYTHING | st.sampled_from(LIKELY_WRONG)


@st.composite
def spoiled(draw, fields):
    """An object with these fields, of which some are missing, some wrong, and some that nobody knows come along."""
    value = draw(st.fixed_dictionaries(fields))
    for name in draw(st.lists(st.sampled_from([*fields, None]), max_size=3)):
        if name is None:
            value[draw(TEXT)] = draw(ANYTHING)
        elif draw(st.booleans()):
            value[name] = draw(WRONG)
        else:
            value.pop(name, None)
    return value


ALMOST = spoiled(RIGHT | {"resident": spoiled(RIGHT_WHO) | spoiled({"phone": RIGHT_WHO["phone"]})})


def well_answered(answer):
    assert answer.status_code < 500, answer.content
    document = json.loads(answer.content)
    if answer.status_code in (200, 201):
        assert answer["content-type"] == "application/json"
    else:
        assert answer["content-type"] == "application/problem+json"
        assert document["status"] == answer.status_code
        assert document["code"]
        assert document["detail"]
    return document


@often
@given(body=ANYTHING | ALMOST)
def test_it_answers_any_value(cast, post, body):
    well_answered(post(body))


@often
@given(body=ALMOST)
def test_it_answers_what_is_almost_an_alert(cast, post, body):
    document = well_answered(post(body, language="zh-hans"))
    assert document.get("way") in ("case", "triage", None)


@often
@given(rows=st.lists(ALMOST | ANYTHING, max_size=6))
def test_it_answers_every_row_of_a_batch(cast, post, rows):
    document = well_answered(post({"alerts": rows}, BATCH))
    if "rows" in document:  # nesting without end makes the whole body unreadable
        assert [row["row"] for row in document["rows"]] == list(range(len(rows)))
        assert {row["status"] for row in document["rows"]} <= {200, 201, 400, 409}
        assert document["kept"] + document["known"] + document["refused"] == document["received"] == len(rows)


@often
@given(body=ANYTHING, path=st.sampled_from([ONE, BATCH]))
def test_it_answers_any_shape_at_both_doors(door, post, body, path):
    well_answered(post({"alerts": body}, path))
    well_answered(post(body, path))


@often
@given(raw=st.binary(max_size=200), path=st.sampled_from([ONE, BATCH]), kind=st.sampled_from([JSON, "text/x"]))
def test_it_answers_any_bytes(door, post, raw, path, kind):
    well_answered(post(raw, path, kind=kind))


@often
@given(key=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=60))
def test_it_answers_any_key(door, post, key):
    answer = post(alert(), authorization=key)
    assert answer.status_code == (201 if key == f"Bearer {SOURCE_KEY}" else 401)
    well_answered(answer)
