"""Bad input gets a problem document with field and reason, in Chinese as in English: never a 500, never half a row."""

import json
from typing import Any

import pytest

from tests.cast import alert, synthetic_id
from tests.dissuasion.actions.intake.conftest import BATCH, ONE
from tests.dissuasion.api.sources.refusal import LANGUAGES, PROBLEM, places, refused, told, with_text

pytestmark = pytest.mark.django_db
NOT_TEXT: tuple[Any, ...] = (1, 1.5, True, ["x"], {"x": 1}, [], {}, [[["x"]]])
LONGEST = {
    "external_id": 100, "scam_type": 60, "note": 4000, "resident.phone": 40, "resident.id_number": 40,
    "resident.address": 300, "resident.name": 40, "suspect.phone": 60, "suspect.account": 120, "suspect.app": 120,
}  # fmt: skip
EVERY_TEXT = (*LONGEST, "resident.division_code")
UNSTORABLE = (("\x00", "null_characters_not_allowed"), ("\ud83d", "surrogate_characters_not_allowed"))


# --- The body -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [ONE, BATCH])
@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ('{\n "external_id": "a",\n "resident": }', "Line 3, column 14 is not JSON."),
        ("{'a': 1}", "Line 1, column 2 is not JSON."),
        ("<alert/>", "Line 1, column 1 is not JSON."),
        ("   ", "Line 1, column 4 is not JSON."),
        (b'{"a": "\xe5\xbc"}', "Byte 7 is not UTF-8."),
        (json.dumps({"a": 1}).encode("utf-16"), "Byte 0 is not UTF-8."),
    ],
)
def test_it_says_where_it_is_no_json(door, post, path, body, detail):
    problem = told(post, body, path=path)
    assert (problem["code"], problem["detail"]) == ("not_json", detail)


@pytest.mark.parametrize("path", [ONE, BATCH])
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "9" * 5000])
@pytest.mark.parametrize("field", ["amount_at_risk", "unknown"])
def test_it_refuses_numbers_without_end(door, post, path, number, field):
    body = json.dumps(alert(**{field: "HERE"})).replace('"HERE"', number)
    assert of_one_row(post, body, path)["code"] == "not_json"


@pytest.mark.parametrize("path", [ONE, BATCH])
@pytest.mark.parametrize("depth", [100, 800, 100_000])
def test_it_refuses_endless_nesting(door, post, path, depth):
    body = json.dumps(alert(more="HERE")).replace('"HERE"', "[" * depth + "]" * depth)
    assert of_one_row(post, body, path)["code"] == "not_json"


@pytest.mark.parametrize("path", [ONE, BATCH])
def test_it_refuses_a_key_that_stands_twice(door, post, path):
    body = json.dumps(alert()).replace('"phone"', '"phone": "10000000002", "phone"')
    assert places(of_one_row(post, body, path)) == ("doubled_key", [("resident.phone", "doubled_key")])


def test_it_keeps_the_rows_beside_one_that_can_not_be_read(door, post):
    rows = [json.dumps(alert(external_id=str(number))) for number in range(3)]
    rows[1] = rows[1].replace('"risk"', '"risk": "low", "risk"')
    answer = post(f"[{','.join(rows)}]", BATCH)
    assert [row["status"] for row in answer.json()["rows"]] == [201, 400, 201]


@pytest.mark.parametrize("path", [ONE, BATCH])
def test_it_refuses_a_huge_body(door, post, path):
    problem = told(post, json.dumps(alert(more="x" * 8 * 1024 * 1024)), path=path)
    assert (problem["code"], problem["status"]) == ("body_too_large", 413)


def test_it_names_all_that_is_missing_of_an_empty_body(door, post):
    missing = [(name, "required") for name in ("external_id", "occurred_at", "scam_type", "resident")]
    assert places(told(post, "")) == ("invalid", missing)
    assert places(told(post, {})) == ("invalid", missing)


@pytest.mark.parametrize("body", ["null", "[]", '"a"', "1", "true", "[[]]"])
def test_it_must_be_an_object(door, post, body):
    assert told(post, body)["code"] == "invalid"


@pytest.mark.parametrize("path", [ONE, BATCH])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/csv", ""]
)
def test_it_must_be_called_json(door, post, path, kind):
    problem = told(post, json.dumps(alert()), path=path, kind=kind)
    assert (problem["code"], problem["status"]) == ("unsupported_media_type", 415)


def test_it_may_be_called_json_with_a_charset(door, post):
    assert post(alert(), kind="application/json; charset=utf-8").status_code == 201


@pytest.mark.parametrize("path", [ONE, BATCH])
@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_must_be_posted(door, client, path, method, language):
    headers = {"authorization": "Bearer the-cast-source-key", "accept-language": language}
    answer = getattr(client, method)(path, headers=headers)
    assert (answer.status_code, answer["content-type"]) == (405, PROBLEM)
    assert (answer.json()["code"], answer["allow"]) == ("method_not_allowed", "POST, OPTIONS")


def of_one_row(post, body: str, path: str) -> Any:
    """Return what is told of an alert that can't be read: the answer, or in a batch the problem of its row."""
    if path == ONE:
        return told(post, body, path=path)
    answer = post(f"[{body}]", path)
    assert (answer.status_code, answer.json()["kept"]) == (200, 0)
    return answer.json()["rows"][0]["problem"]


# --- Texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", EVERY_TEXT)
def test_it_takes_only_text_for_a_text(door, post, field):
    for value in NOT_TEXT:
        assert places(told(post, with_text(field, value))) == ("invalid", [(field, "not_text")])


@pytest.mark.parametrize("name", ["external_id", "scam_type", "occurred_at", "resident"])
@pytest.mark.parametrize("value", [None, ""])
def test_it_needs_what_is_required(door, post, name, value):
    code = "null" if value is None else {"occurred_at": "time_format", "resident": "invalid"}.get(name, "blank")
    body = alert() | {name: value}
    assert places(told(post, body)) == ("invalid", [(name, code)])


@pytest.mark.parametrize("text", ["   ", "\t\n", "\u3000"])
def test_it_takes_no_blank_for_an_id(door, post, text):
    refused(post, ("external_id", "blank"), external_id=text)


@pytest.mark.parametrize("name", ["resident", "suspect"])
@pytest.mark.parametrize("value", [1, "x", True, [], [{}]])
def test_it_takes_only_an_object_for_a_person(door, post, name, value):
    assert places(told(post, alert() | {name: value})) == ("invalid", [(name, "invalid")])


@pytest.mark.parametrize(("field", "longest"), LONGEST.items())
def test_it_takes_no_more_text_than_it_can_keep(door, post, field, longest):
    assert (field, "max_length") in places(told(post, with_text(field, "长" * (longest + 1))))[1]


def test_it_does_not_send_two_megabytes_back(door, post):
    problem = told(post, alert(note="诈" * 700_000, risk="r" * 700_000, channel="c" * 700_000))
    assert [fault for fault, _ in places(problem)[1]] == ["risk", "channel", "note"]
    assert len(json.dumps(problem)) < 3_000


@pytest.mark.parametrize(("text", "code"), UNSTORABLE, ids=["nul", "surrogate"])
@pytest.mark.parametrize("field", EVERY_TEXT)
def test_it_takes_no_text_that_can_not_be_kept(door, post, field, text, code):
    assert (field, code) in places(told(post, with_text(field, f"a{text}b")))[1]


@pytest.mark.parametrize("text", ["\x00", "\ud83d"], ids=["nul", "surrogate"])
def test_it_survives_halves_of_characters_where_a_word_was_meant(door, post, text):
    for field in ("risk", "channel"):
        refused(post, (field, "invalid_choice"), **{field: text})
    refused(post, ("occurred_at", "time_format"), occurred_at=text)
    refused(post, ("amount_at_risk", "invalid"), amount_at_risk=text)
    refused(post, ("resident.lat", "invalid"), resident={"lat": text, "lon": 114.8})


# --- Who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "resident", [{}, {"name": "赵某"}, {"phone": ""}, {"phone": " ", "id_number": "", "address": "\t"}]
)
def test_it_must_mean_somebody(door, post, resident):
    assert places(told(post, alert() | {"resident": resident})) == ("invalid", [("resident", "nobody_named")])


@pytest.mark.parametrize("phone", ["110", "1234567890a", "+1 202 555 0100", "139000000012", "－"])
def test_it_knows_a_telephone_number(door, post, phone):
    refused(post, ("resident.phone", "phone_format"), resident={"phone": phone})


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (synthetic_id(1)[:-1], "id_format"),
        ("9" * 40, "id_format"),
        ("999999195002300010", "id_date"),
        (synthetic_id(1)[:-1] + ("0" if synthetic_id(1)[-1] != "0" else "1"), "id_checksum"),
    ],
)
def test_it_checks_an_id_number(door, post, number, code):
    refused(post, ("resident.id_number", code), resident={"phone": "", "id_number": number})


def test_it_names_every_fault_at_once(door, post):
    body = alert(risk="dire", resident={"phone": "1", "id_number": "2", "division_code": "3"}, amount_at_risk=-1)
    assert {field for field, _ in places(told(post, body))[1]} == {
        "risk", "resident.phone", "resident.id_number", "resident.division_code", "amount_at_risk",
    }  # fmt: skip
