"""People in the admin: rights that are taken away are gone at once, and nobody locks themselves out."""

import pytest
from django.contrib.auth.hashers import check_password
from django.urls import reverse

from accounts.models import Person
from dissuasion.models import Assignment, WorkVersion
from tests.dissuasion.admin.conftest import form_of, said

LIST = reverse("admin:accounts_person_changelist")


def address(person):
    return reverse("admin:accounts_person_change", args=[person.pk])


def change(client, person, **fields):
    """Send the person's form with these fields changed; an empty text leaves a field out, as an unticked box does."""
    data = form_of(client, address(person)) | fields
    return client.post(address(person), {k: v for k, v in data.items() if v != ""}, follow=True)


def epoch(person):
    return Person.objects.get(pk=person.pk).auth_epoch


@pytest.mark.parametrize(
    "fields",
    [{"is_active": ""}, {"role": "grid_member"}, {"is_active": "", "name": "新名"}],
    ids=["off", "role", "both"],
)
def test_taking_a_right_away_hangs_up(cast, sun, fields):
    before = epoch(cast.lin)
    assert change(sun, cast.lin, **fields).redirect_chain
    assert epoch(cast.lin) > before


def test_another_unit_hangs_up(cast, sun):
    before = epoch(cast.lin)
    change(sun, cast.lin, unit=cast.wen.unit.pk)
    assert Person.objects.get(pk=cast.lin.pk).unit == cast.wen.unit
    assert epoch(cast.lin) > before


def test_a_new_name_hangs_up_nobody(cast, sun):
    before = epoch(cast.lin)
    change(sun, cast.lin, name="林某某")
    assert Person.objects.get(pk=cast.lin.pk).name == "林某某"
    assert epoch(cast.lin) == before


def test_saving_keeps_what_another_request_changed_meanwhile(cast, sun):
    data = form_of(sun, address(cast.lin)) | {"name": "林某某"}
    Person.objects.filter(pk=cast.lin.pk).update(auth_epoch=7)
    sun.post(address(cast.lin), data)
    assert epoch(cast.lin) == 7


def test_a_new_password_holds_and_hangs_up(cast, sun):
    before = epoch(cast.lin)
    words = {"password1": "a-long-new-one-7", "password2": "a-long-new-one-7"}
    assert sun.post(f"/admin/accounts/person/{cast.lin.pk}/password/", words).status_code == 302
    cast.lin.refresh_from_db()
    assert check_password("a-long-new-one-7", cast.lin.password)
    assert epoch(cast.lin) > before


def test_the_list_deactivates_many_but_not_the_admin_who_asks(cast, sun):
    chosen = {"action": "deactivate", "_selected_action": [cast.lin.pk, cast.mei.pk, cast.sun.pk]}
    response = sun.post(LIST, chosen, follow=True)
    assert "2 people were deactivated." in said(response)
    assert set(Person.objects.filter(is_active=False)) == {cast.lin, cast.mei}
    assert epoch(cast.lin) == epoch(cast.mei) == 2


def test_it_says_when_cases_are_left_with_nobody(cast, sun, case):
    response = change(sun, cast.lin, is_active="")
    assert any("1 case in hand now lies with nobody" in text for text in said(response))


@pytest.mark.parametrize("fields", [{"is_active": ""}, {"is_staff": ""}, {"role": "auditor", "is_staff": ""}])
def test_nobody_takes_their_own_rights_away(cast, sun, fields):
    response = change(sun, cast.sun, **fields)
    assert "You can’t take your own rights away" in response.content.decode().replace("&#x27;", "’")
    cast.sun.refresh_from_db()
    assert (cast.sun.role, cast.sun.is_active, cast.sun.is_staff) == ("admin", True, True)


def test_only_the_role_admin_may_open_the_admin(cast, sun):
    response = change(sun, cast.gu, is_staff="on")
    assert "Only the role admin may open the admin." in response.content.decode()
    assert not Person.objects.get(pk=cast.gu.pk).is_staff


def test_a_new_person_gets_a_unit_a_password_and_an_indexed_phone(cast, sun):
    fields = {
        "username": "new-1", "name": "新某", "role": "officer", "unit": cast.lin.unit.pk, "phone": "+86 100 9999 0001",
        "dialects": "周口话, 普通话", "language": "zh-hans",
        "password1": "a-long-new-one-7", "password2": "a-long-new-one-7",
    }  # fmt: skip
    add = reverse("admin:accounts_person_add")
    refused = sun.post(add, fields | {"unit": ""})
    assert "This role needs a unit" in refused.content.decode()
    assert "not a telephone number" in sun.post(add, fields | {"phone": "12"}).content.decode()
    assert sun.post(add, fields).status_code == 302
    made = Person.objects.get(username="new-1")
    assert (made.phone, made.dialects, made.is_active, made.is_superuser) == (
        "10099990001", ["周口话", "普通话"], True, False,
    )  # fmt: skip
    assert (
        "new-1"
        in sun.get(sun.post(reverse("admin:accounts_person_find"), {"q": "10099990001"})["Location"]).content.decode()
    )


def test_the_list_masks_phones(cast, sun):
    page = sun.get(LIST).content.decode()
    assert cast.lin.phone not in page
    assert f"····{cast.lin.phone[-4:]}" in page


def test_nobody_is_deleted(cast, sun):
    assert sun.post(reverse("admin:accounts_person_delete", args=[cast.mei.pk]), {"post": "yes"}).status_code == 403
    sun.post(LIST, {"action": "delete_selected", "_selected_action": [cast.mei.pk], "post": "yes"})
    assert Person.objects.filter(pk=cast.mei.pk).exists()


def test_colleagues_on_a_case_are_told_of_a_new_name(cast, sun, case):
    now = case.opened_at
    times = dict.fromkeys(["assigned_at", "acknowledge_by", "contact_by", "arrive_by", "record_by"], now)
    Assignment.objects.create(case=case, person=cast.mei, part="companion", **times)
    before = WorkVersion.objects.get(person=cast.lin).version
    change(sun, cast.mei, name="梅某某")
    assert WorkVersion.objects.get(person=cast.lin).version == before + 1
    assert WorkVersion.objects.get(person=cast.wen).version == 1


def test_a_shift_that_ends_before_it_starts_is_refused_in_words(cast, sun):
    data = form_of(sun, address(cast.lin))
    data |= {"shifts-TOTAL_FORMS": 2, "shifts-1-person": cast.lin.pk,
             "shifts-1-starts_at_0": "2030-01-02", "shifts-1-starts_at_1": "08:00",
             "shifts-1-ends_at_0": "2030-01-01", "shifts-1-ends_at_1": "08:00"}  # fmt: skip
    assert "The shift ends before it starts." in sun.post(address(cast.lin), data).content.decode()


def test_coverage_of_two_things_is_refused_in_words(cast, sun):
    data = form_of(sun, address(cast.lin))
    data |= {"coverage-0-area": str(cast.mei.coverage.get().area_id)}
    assert "Choose one piece of ground" in sun.post(address(cast.lin), data).content.decode()
