"""Residents: found by phone or ID number in any writing, kept sealed, each ID number once."""

import pytest
from django.db import IntegrityError, transaction

from config.lib.identity import BadNumber
from config.lib.sealing.keys import blind_index
from households.models import Contact, Resident
from households.models.household import id_index, phone_index
from tests.cast import PHONE, synthetic_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast):
    return cast.zhao_resident.household


@pytest.mark.parametrize("written", ["10000000077", "+86 100-0000-0077", "１００ ００００ ００７７", "008610000000077"])
def test_it_is_found_by_its_phone_in_any_writing(home, written):
    made = Resident.objects.create(household=home, name="钱某", phone=written)
    assert Resident.objects.get(phone_index=phone_index("10000000077")) == made
    assert made.phone == "10000000077"


def test_it_is_found_by_its_id_number_in_any_writing(home):
    number = synthetic_id(77)
    made = Resident.objects.create(household=home, name="钱某", id_number=f" {number[:6]} {number[6:].lower()}")
    assert Resident.objects.get(id_index=id_index(number)) == made
    assert made.id_number == number


def test_it_keeps_the_columns_apart():
    assert phone_index("10000000077") != id_index("10000000077") != blind_index("person.phone", "10000000077")


def test_it_takes_the_year_of_birth_from_the_id_number(home):
    made = Resident.objects.create(household=home, name="钱某", id_number=synthetic_id(77, "19420131"))
    assert made.birth_year == 1942


def test_it_leaves_a_year_of_birth_that_was_given(home):
    made = Resident.objects.create(household=home, name="钱某", id_number=synthetic_id(77), birth_year=1949)
    assert made.birth_year == 1949


def test_no_name_or_address_turns_the_line_that_it_stands_in(home, cast):
    made = Resident.objects.create(household=home, name="\u202e钱某")
    family = Contact.objects.create(resident=made, name="\u2067钱二\u2069", relation="儿子", phone=PHONE)
    home.address, cast.lin.name = "示范路\u202e12号", "林\u202e警官"
    home.save()
    cast.lin.save(update_fields=["name"])
    for row in (made, family, home, cast.lin):
        row.refresh_from_db()
    assert (made.name, family.name, home.address, cast.lin.name) == ("钱某", "钱二", "示范路12号", "林警官")


def test_it_has_each_id_number_once(home):
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.create(household=home, name="钱某", id_number=synthetic_id(1))


def test_it_may_share_a_phone_and_have_no_numbers(home):
    for name in ("钱某", "孙某"):
        Resident.objects.create(household=home, name=name, phone=PHONE)
        Resident.objects.create(household=home, name=name)
    assert Resident.objects.filter(phone_index=phone_index(PHONE)).count() == 3


@pytest.mark.parametrize("numbers", [{"phone": "110"}, {"id_number": "999999195001010000"}])
def test_it_refuses_numbers_that_can_not_be(home, numbers):
    with pytest.raises(BadNumber):
        Resident.objects.create(household=home, name="钱某", **numbers)


def test_it_is_not_found_by_a_phone_that_it_gave_up(cast):
    zhao = cast.zhao_resident
    zhao.phone = "10000000078"
    zhao.save()
    assert not Resident.objects.filter(phone_index=phone_index(PHONE)).exists()
    assert Resident.objects.filter(phone_index=phone_index("10000000078")).exists()


def test_it_shows_no_name_where_it_is_listed(cast):
    zhao = cast.zhao_resident
    zhao.name = "赵丽颖"
    assert str(zhao) == "赵某"
    assert "示范路" not in str(zhao.household)
    assert str(zhao.contacts.get()) == "女儿 赵某"
