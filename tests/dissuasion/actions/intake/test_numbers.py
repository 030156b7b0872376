"""A number that can't be read costs only itself while another identifier is good; the field is named."""

import pytest
from django.utils import timezone

from dissuasion.models import Alert, Case, TriageEntry
from households.models import Resident
from tests.cast import PHONE, VILLAGE, alert, synthetic_id
from tests.dissuasion.api.sources.refusal import LANGUAGES, places, told

pytestmark = pytest.mark.django_db
FUTURE = synthetic_id(5, f"{timezone.localdate().year + 1}0101")
BAD_ID = [
    ("2", "id_format"),
    (FUTURE, "id_date"),
    ("999999195002300010", "id_date"),
    (synthetic_id(1)[:-1] + "Y", "id_format"),
]


def faults(answer):
    assert answer.status_code == 201, answer.content
    return [(fault["field"], fault["code"]) for fault in answer.json().get("faults", [])]


@pytest.mark.parametrize(("number", "code"), BAD_ID)
def test_a_good_phone_keeps_the_alert(cast, post, number, code):
    answer = post(alert(resident={"id_number": number}))
    assert faults(answer) == [("resident.id_number", code)]
    case = Case.objects.get()
    assert (case.resident, case.risk) == (cast.zhao_resident, "high")
    assert case.reasons[-1]["code"] == "id_unread"
    assert Alert.objects.get().raw["resident"]["id_number"] == number


@pytest.mark.parametrize("phone", ["110", "1234567890a", "+1 202 555 0100", "139000000012"])
def test_a_good_id_number_keeps_the_alert(cast, post, phone):
    answer = post(alert(resident={"phone": phone, "id_number": synthetic_id(1)}))
    assert faults(answer) == [("resident.phone", "phone_format")]
    assert Case.objects.get().resident == cast.zhao_resident


def test_an_address_keeps_it_for_the_desk(cast, post):
    answer = post(alert(resident={"phone": "110", "address": "示范路12号", "division_code": VILLAGE}))
    assert faults(answer) == [("resident.phone", "phone_format")]
    entry = TriageEntry.objects.get()
    assert (entry.reasons[0]["code"], entry.reasons[-1]["code"]) == ("no_identifier", "phone_unread")


def test_the_desk_opens_and_settles_what_was_kept_with_a_bad_number(cast, post):
    post(alert(resident={"phone": "110", "id_number": synthetic_id(77), "division_code": VILLAGE}))
    entry, zhao = TriageEntry.objects.get(), cast.client("zhao")
    document = zhao.get(f"/api/v1/triage/{entry.pk}")
    assert (document.status_code, document.json()["candidates"]) == (200, [])
    newcomer = {"name": "周某", "division_code": VILLAGE, "address": "示范路9号"}
    told = zhao.post(f"/api/v1/triage/{entry.pk}/settle", {"new_resident": newcomer}, "application/json")
    assert told.status_code == 200, told.content
    made = Resident.objects.get(pk=Case.objects.get().resident_id)
    assert (made.phone, made.id_number) == ("", synthetic_id(77))


def test_every_bad_number_is_named_when_none_is_good(door, post):
    problem = told(post, alert(resident={"phone": "110", "id_number": "2"}))
    assert places(problem) == ("invalid", [("resident.phone", "phone_format"), ("resident.id_number", "id_format")])


def test_in_a_batch_as_alone_and_in_both_languages(cast, post_batch):
    for language in LANGUAGES:
        answer = post_batch([alert(external_id=language, resident={"id_number": "2"})], language=language)
        (row,) = answer.json()["rows"]
        (fault,) = row["answer"]["faults"]
        assert (fault["field"], fault["code"]) == ("resident.id_number", "id_format")
        assert ("ID" in fault["reason"]) is (language == "en")


def test_the_first_answer_names_it_again(cast, post):
    body = alert(resident={"phone": PHONE, "id_number": "2"})
    first, again = post(body), post(body)
    assert (again.status_code, again.json()) == (200, first.json())


def test_an_alert_without_a_fault_says_nothing_of_them(cast, post):
    assert "faults" not in post(alert()).json()
    assert Alert.objects.get().faults == []


def test_the_desk_that_registers_somebody_is_told_at_once(cast, post):
    post(alert(resident={"phone": "10000000099", "division_code": VILLAGE}))
    newcomer = {"name": "周某", "division_code": VILLAGE, "address": "示范路9号", "phone": "110"}
    settle = f"/api/v1/triage/{TriageEntry.objects.get().pk}/settle"
    told = cast.client("zhao").post(settle, {"new_resident": newcomer}, "application/json")
    assert (told.status_code, told.json()["errors"][0]["field"]) == (400, "new_resident.phone")
