"""What an act from a phone may say: read field by field, faults named by their place."""

import datetime as dt
from decimal import Decimal

import pytest
from rest_framework.exceptions import ValidationError

from config.lib.http.problems import field_errors
from dissuasion.actions.field import payloads
from dissuasion.actions.field.steps import STEPS
from dissuasion.models import Act

HERE = {"lat": 33.466, "lon": 114.875, "accuracy_m": 12, "age_s": 3}
AMOUNT = {"meaning": "protected", "evidence": "bank", "kind": "money", "quantity": "200000"}
VISIT = {"met": True, "disposition": "dissuaded"}


def refusals(kind, payload):
    with pytest.raises(ValidationError) as refused:
        payloads.read(kind, payload)
    return {(row["field"], row["code"]) for row in field_errors(refused.value.detail)}


@pytest.mark.parametrize("kind", ["receipt", "acknowledge"])
@pytest.mark.parametrize("payload", [None, {}, {"anything": 1}])
def test_it_asks_nothing_of_a_receipt(kind, payload):
    assert payloads.read(kind, payload) == {}


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("decline", {"reason": "too_far"}),
        ("decline", {"reason": "other", "words": ""}),
        ("depart", {}),
        ("depart", {"position": None}),
        ("arrive", {}),
        ("arrive", {"position": HERE}),
        ("arrive", {"position": None, "manual_reason": "no signal"}),
        ("visit", VISIT),
        ("visit", VISIT | {"amounts": [], "steps": [], "tried": [], "script": None, "follow_up_on": None, "note": ""}),
        ("note", {"text": "院里有狗"}),
    ],
)
def test_it_takes_little(kind, payload):
    assert payloads.read(kind, payload) == payload


def test_it_reads_a_whole_visit():
    whole = VISIT | {
        "script": "a" * 64,
        "steps": [{"key": "emotion", "seconds": 40}, {"key": "facts", "objection": "house"}],
        "tried": ["phone"],
        "amounts": [AMOUNT, AMOUNT | {"kind": "gold", "quantity": "12.125", "evidence": "seen"}],
        "follow_up_on": "2026-07-10",
        "note": "女儿在场",
    }
    read = payloads.read("visit", whole)
    assert read["amounts"][1]["quantity"] == Decimal("12.125")
    assert read["follow_up_on"] == dt.date(2026, 7, 10)
    assert [step["key"] for step in read["steps"]] == ["emotion", "facts"]


@pytest.mark.parametrize(
    ("kind", "payload", "fault"),
    [
        ("decline", {}, ("reason", "required")),
        ("decline", {"reason": "lazy"}, ("reason", "invalid_choice")),
        ("decline", {"reason": "other", "words": "x" * 301}, ("words", "max_length")),
        ("visit", {"met": True}, ("disposition", "required")),
        ("visit", {"disposition": "dissuaded"}, ("met", "required")),
        ("visit", VISIT | {"met": "perhaps"}, ("met", "invalid")),
        ("visit", VISIT | {"disposition": "happy"}, ("disposition", "invalid_choice")),
        ("visit", VISIT | {"amounts": [AMOUNT, AMOUNT | {"quantity": "-1"}]}, ("amounts.1.quantity", "min_value")),
        ("visit", VISIT | {"amounts": [AMOUNT | {"quantity": "NaN"}]}, ("amounts.0.quantity", "invalid")),
        ("visit", VISIT | {"amounts": [AMOUNT | {"quantity": "0.0001"}]}, ("amounts.0.quantity", "max_decimal_places")),
        ("visit", VISIT | {"amounts": [AMOUNT | {"evidence": "dream"}]}, ("amounts.0.evidence", "invalid_choice")),
        ("visit", VISIT | {"amounts": [AMOUNT] * 21}, ("amounts", "max_length")),
        ("visit", VISIT | {"steps": [{"seconds": 3}]}, ("steps.0.key", "required")),
        ("visit", VISIT | {"follow_up_on": "tomorrow"}, ("follow_up_on", "invalid")),
        ("visit", VISIT | {"note": "x" * 10_001}, ("note", "max_length")),
        ("visit", VISIT | {"note": "a\x00"}, ("note", "null_characters_not_allowed")),
        ("note", {}, ("text", "required")),
        ("note", {"text": "\ud800"}, ("text", "surrogate_characters_not_allowed")),
        ("note", [], ("", "invalid")),
        ("note", "text", ("", "invalid")),
    ],
)
def test_it_names_the_place_of_a_fault(kind, payload, fault):
    assert fault in {(field.removesuffix("non_field_errors"), code) for field, code in refusals(kind, payload)}


@pytest.mark.parametrize("kind", ["depart", "arrive"])
@pytest.mark.parametrize(
    ("position", "fault"),
    [
        ("here", ("position", "invalid")),
        ([], ("position", "invalid")),
        (HERE | {"lat": 91}, ("position.lat", "max_value")),
        (HERE | {"lon": -181}, ("position.lon", "min_value")),
        (HERE | {"lat": "nan"}, ("position.lat", "invalid")),
        (HERE | {"lat": 10**400}, ("position.lat", "overflow")),
        (HERE | {"accuracy_m": -1}, ("position.accuracy_m", "min_value")),
        (HERE | {"accuracy_m": None}, ("position.accuracy_m", "null")),
        (HERE | {"age_s": None}, ("position.age_s", "null")),
        (HERE | {"age_s": 1024 * 7 * 86_400}, ("position.age_s", "max_value")),
        (HERE | {"age_s": -5}, ("position.age_s", "min_value")),
        ({"lat": 33, "lon": 114}, ("position.accuracy_m", "required")),
    ],
)
def test_a_position_that_cant_be_read_costs_itself_and_not_the_step(kind, position, fault):
    read = payloads.read(kind, {"position": position})
    faults = read.pop("position_faults")
    assert read == {"position": None}
    assert fault in {(row["field"].removesuffix("."), row["code"]) for row in field_errors(faults)}


def test_a_step_with_another_fault_names_that_one():
    assert refusals("arrive", {"position": "here", "companion": "perhaps"}) == {("companion", "invalid")}


def test_it_knows_every_kind_of_act():
    assert set(payloads.PAYLOADS) == set(Act.Kind.values) == set(STEPS)


def every_field(serializer):
    for field in serializer.fields.values():
        yield field
        inner = getattr(field, "child", field)
        yield inner
        if hasattr(inner, "fields"):
            yield from every_field(inner)


@pytest.mark.parametrize("kind", sorted(payloads.PAYLOADS))
def test_no_refusal_quotes_what_was_sent(kind):
    said = [str(text) for field in every_field(payloads.PAYLOADS[kind]()) for text in field.error_messages.values()]
    assert not [text for text in said if "{input}" in text or "{value}" in text]
