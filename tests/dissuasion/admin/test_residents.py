"""Households, residents and contacts in the admin: masked, found by a whole number only, and told to phones."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from dissuasion.models import WorkVersion
from households.models import Contact, Division, Household, Resident
from households.models.household import id_index, phone_index
from tests.cast import OTHER_PHONE, PHONE, VILLAGE, synthetic_id
from tests.dissuasion.admin.conftest import form_of

LIST = reverse("admin:households_resident_changelist")


def address(row):
    return reverse(f"admin:households_{row._meta.model_name}_change", args=[row.pk])


def version(person):
    return WorkVersion.objects.get(person=person).version


def found(client, kind, typed):
    """Search as the page does: posted, then led to the list."""
    answer = client.post(reverse(f"admin:households_{kind}_find"), {"q": typed})
    assert typed not in answer["Location"], "the number must not stand in an address"
    return [row.pk for row in client.get(answer["Location"]).context["cl"].result_list]


@pytest.mark.parametrize("typed", [PHONE, f"+86 {PHONE[:3]} {PHONE[3:]}", synthetic_id(1), synthetic_id(1).lower()])
def test_a_whole_number_finds_its_resident(cast, sun, typed):
    assert found(sun, "resident", typed) == [cast.zhao_resident.pk]
    assert found(sun, "household", typed) == [cast.zhao_resident.household_id]
    assert found(sun, "contact", typed) == [Contact.objects.get().pk]


def test_a_number_in_the_address_is_understood_too(cast, sun):
    rows = sun.get(LIST, {"q": PHONE}).context["cl"].result_list
    assert [row.pk for row in rows] == [cast.zhao_resident.pk]


@pytest.mark.parametrize("typed", [PHONE[:-1], PHONE[-4:], "赵某", synthetic_id(7)])
def test_part_of_a_number_or_a_name_finds_nobody(cast, sun, typed):
    assert [row.pk for row in sun.get(LIST, {"q": typed}).context["cl"].result_list] == []


def test_a_division_finds_its_residents(cast, sun):
    rows = sun.get(LIST, {"q": VILLAGE}).context["cl"].result_list
    assert [row.pk for row in rows] == [cast.zhao_resident.pk]


@pytest.mark.parametrize("kind", ["resident", "household", "contact"])
def test_lists_open_nothing(cast, sun, kind):
    page = sun.get(reverse(f"admin:households_{kind}_changelist")).content.decode()
    for secret in (PHONE, synthetic_id(1), "赵小某", "示范路12号", "院里有狗", "10000000091"):
        assert secret not in page


def test_the_form_opens_what_is_sealed(cast, sun):
    page = sun.get(address(cast.zhao_resident)).content.decode()
    assert PHONE in page
    assert synthetic_id(1) in page
    assert "示范路12号" in sun.get(address(cast.zhao_resident.household)).content.decode()


def test_a_changed_phone_is_found_by_the_new_one_only(cast, sun):
    data = form_of(sun, address(cast.zhao_resident)) | {"phone": "100 0000 0077"}
    assert sun.post(address(cast.zhao_resident), data).status_code == 302
    changed = Resident.objects.get(pk=cast.zhao_resident.pk)
    assert (changed.phone, changed.phone_index) == ("10000000077", phone_index("10000000077"))
    assert found(sun, "resident", "10000000077") == [changed.pk]
    assert found(sun, "resident", PHONE) == []


def test_a_changed_id_number_brings_its_year(cast, sun):
    data = form_of(sun, address(cast.zhao_resident)) | {"id_number": synthetic_id(5, "19610101")}
    sun.post(address(cast.zhao_resident), data)
    changed = Resident.objects.get(pk=cast.zhao_resident.pk)
    assert (changed.birth_year, changed.id_index) == (1961, id_index(synthetic_id(5, "19610101")))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"phone": "123"}, "not a telephone number"),
        ({"id_number": "12"}, "17 digits"),
        ({"id_number": synthetic_id(1)[:-1] + ("1" if synthetic_id(1)[-1] != "1" else "2")}, "does not fit the others"),
        ({"id_number": synthetic_id(2, "19850202")}, "Another resident has this ID number"),
    ],
)
def test_bad_numbers_are_refused_in_words(cast, sun, fields, reason):
    data = form_of(sun, address(cast.zhao_resident)) | fields
    assert reason in sun.post(address(cast.zhao_resident), data).content.decode()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"lat": "114.875", "lon": "33.466"}, "swapped"),
        ({"lat": "39.9", "lon": "116.4"}, "outside the counties"),
        ({"lon": ""}, "both latitude and longitude"),
        ({"division": "411624114200"}, "another division"),
    ],
)
def test_a_point_or_grid_that_cannot_be_is_refused_in_words(cast, sun, fields, reason):
    home = cast.zhao_resident.household
    data = form_of(sun, address(home)) | fields
    assert reason in sun.post(address(home), data).content.decode()


def test_who_stands_at_the_door_is_told_of_a_new_safety_note(cast, sun, case):
    home = cast.zhao_resident.household
    before = version(cast.lin)
    data = form_of(sun, address(home)) | {"safety_note": "两条狗"}
    assert sun.post(address(home), data).status_code == 302
    assert Household.objects.get(pk=home.pk).safety_note == "两条狗"
    assert version(cast.lin) == before + 1
    assert version(cast.wen) == 1
    assert cast.client("lin").get("/api/v1/work").json()["assignments"][0]["place"]["safety_note"] == "两条狗"


def test_a_resident_and_their_family_changed_in_one_form_are_told_once(cast, sun, case):
    before = version(cast.lin)
    data = form_of(sun, address(cast.zhao_resident)) | {"dialect": "普通话", "contacts-0-phone": "10000000092"}
    assert sun.post(address(cast.zhao_resident), data).status_code == 302
    assert Contact.objects.get().phone == "10000000092"
    assert version(cast.lin) == before + 1


def test_a_contact_alone_is_told_when_changed_and_when_deleted(cast, sun, case):
    contact, before = Contact.objects.get(), version(cast.lin)
    data = form_of(sun, address(contact)) | {"relation": "儿子"}
    assert sun.post(address(contact), data).status_code == 302
    assert version(cast.lin) == before + 1
    chosen = {"action": "delete_selected", "_selected_action": [contact.pk], "post": "yes"}
    sun.post(reverse("admin:households_contact_changelist"), chosen)
    assert not Contact.objects.exists()
    assert version(cast.lin) == before + 2


def test_a_renamed_village_is_told(cast, sun, case):
    village, before = Division.objects.get(pk=VILLAGE), version(cast.lin)
    assert sun.post(address(village), form_of(sun, address(village)) | {"name": "新村"}).status_code == 302
    assert version(cast.lin) == before + 1


def test_a_resident_with_a_case_is_not_deleted(cast, sun, case):
    sun.post(reverse("admin:households_resident_delete", args=[cast.zhao_resident.pk]), {"post": "yes"})
    assert Resident.objects.filter(pk=cast.zhao_resident.pk).exists()


def test_the_log_of_the_admin_names_fields_and_nobody(cast, sun):
    sun.post(address(cast.zhao_resident), form_of(sun, address(cast.zhao_resident)) | {"phone": OTHER_PHONE})
    entry = LogEntry.objects.get()
    assert OTHER_PHONE not in entry.change_message + entry.object_repr
    assert PHONE not in entry.change_message + entry.object_repr


@pytest.mark.parametrize(
    ("code", "parent", "reason"), [("41168", "4116", "4, 6, 9 or 12"), ("411699", "411681", "begin")]
)
def test_a_division_code_says_where_it_hangs(cast, sun, code, parent, reason):
    fields = {"code": code, "name": "新", "level": "county", "parent": parent}
    assert reason in sun.post(reverse("admin:households_division_add"), fields).content.decode()
