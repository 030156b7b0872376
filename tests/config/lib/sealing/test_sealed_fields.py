"""Sealed model fields: at rest, on reading, in bulk, and what they refuse. Shown on residents and alerts."""

import pickle

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection

from config.lib.sealing import fields
from config.lib.sealing.fields import Sealed
from config.lib.sealing.keys import CannotOpen
from households.models import Division, Household, Resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    ground = Division.objects.create(code="411681112200", name="范集村", level="village")
    return Household.objects.create(division=ground, address="示范路12号")


@pytest.fixture
def zhao(home):
    return Resident.objects.create(household=home, name="赵某", phone="10000000001")


@pytest.fixture
def openings(monkeypatch):
    """The places of the values that were opened."""
    seen: list[str] = []
    unseal = fields.unseal
    monkeypatch.setattr(fields, "unseal", lambda blob, place: seen.append(place) or unseal(blob, place=place))
    return seen


def at_rest(column, table="households_resident"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608
        return [bytes(value) for (value,) in cursor.fetchall()]


def test_it_keeps_no_text_in_the_database(zhao):
    for column in ("name", "phone"):
        (blob,) = at_rest(column)
        assert "赵某".encode() not in blob
        assert b"10000000001" not in blob


def test_it_gives_the_text_back(zhao):
    again = Resident.objects.get()
    assert (again.name, again.phone, again.id_number) == ("赵某", "10000000001", "")
    again.refresh_from_db()
    assert again.name == "赵某"


def test_it_opens_a_value_only_when_it_is_read_and_once(zhao, openings):
    again = Resident.objects.get()
    assert openings == []
    assert (again.name, again.name) == ("赵某", "赵某")
    assert openings == [f"households_resident:name:{zhao.pk}"]


def test_it_opens_nothing_to_save_other_columns(zhao, openings):
    before = at_rest("name")
    again = Household.objects.get()
    again.lat = 33.4
    again.save()
    assert openings == []
    assert at_rest("name") == before
    assert Household.objects.get().address == "示范路12号"


def test_it_does_not_open_in_another_row(zhao, home):
    other = Resident.objects.create(household=home, name="钱某")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE households_resident SET name = %s", [at_rest("name")[0]])
    names = []
    for resident in Resident.objects.filter(pk__in=[zhao.pk, other.pk]):
        try:
            names.append(resident.name)
        except CannotOpen:
            names.append(None)
    assert names.count(None) == 1


def test_it_does_not_open_in_another_column(zhao):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE households_resident SET phone = name")
    with pytest.raises(CannotOpen):
        _ = Resident.objects.get().phone


@pytest.mark.parametrize("lookup", ["name", "name__exact", "name__in", "name__contains", "name__startswith"])
def test_it_refuses_to_be_searched(zhao, lookup):
    value = ["赵某"] if lookup.endswith("__in") else "赵某"
    with pytest.raises(FieldError, match="find it by its blind index"):
        Resident.objects.filter(**{lookup: value}).first()


def test_it_refuses_to_be_written_past_its_row(zhao):
    with pytest.raises(FieldError, match="save it through its row"):
        Resident.objects.update(name="钱某")
    zhao.name = "钱某"
    with pytest.raises(FieldError, match="save it through its row"):
        Resident.objects.bulk_update([zhao], ["name"])


def test_it_seals_rows_that_are_made_in_bulk(home):
    Resident.objects.bulk_create([Resident(household=home, name=name) for name in ("赵某", "钱某")])
    assert {resident.name for resident in Resident.objects.all()} == {"赵某", "钱某"}
    assert not any("某".encode() in blob for blob in at_rest("name"))


def test_it_saves_only_the_columns_that_are_named(zhao):
    zhao.name, zhao.phone = "钱某", "10000000002"
    zhao.save(update_fields=["name"])
    again = Resident.objects.get()
    assert (again.name, again.phone) == ("钱某", "10000000001")


def test_it_reads_a_deferred_value_later(zhao, django_assert_num_queries):
    again = Resident.objects.defer("name").get()
    assert "name" in again.get_deferred_fields()
    with django_assert_num_queries(1):
        assert (again.name, again.name) == ("赵某", "赵某")


def test_it_keeps_a_deferred_value_when_the_row_is_saved(zhao):
    again = Household.objects.defer("address").get()
    again.lat = 33.4
    again.save()
    assert Household.objects.get().address == "示范路12号"


def test_it_saves_a_deferred_value_that_is_named(zhao):
    again = Household.objects.defer("address").get()
    again.save(update_fields=["address", "lat"])
    assert Household.objects.get().address == "示范路12号"


def test_it_shows_nothing_in_lists_of_values(zhao):
    (name,) = Resident.objects.values_list("name", flat=True)
    assert isinstance(name, Sealed)
    assert "赵" not in repr(name)
    assert "赵" not in repr(Resident.objects.values())


def test_it_leaves_in_no_dump(zhao):
    with pytest.raises(FieldError, match="product's doors"):
        serializers.serialize("json", Resident.objects.all())


def test_it_survives_a_copy_of_the_row(zhao):
    assert pickle.loads(pickle.dumps(Resident.objects.get())).name == "赵某"  # noqa: S301


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "赵" * 10_000, "<b>"])
def test_it_keeps_any_text(home, text):
    home.safety_note = text
    home.save()
    assert Household.objects.get().safety_note == text


def test_it_passes_the_checks_of_a_form(zhao):
    zhao.name = "钱某"
    zhao.full_clean()
    assert zhao.name == "钱某"


@pytest.mark.parametrize("value", [True, False])
def test_it_keeps_yes_and_no_alike(zhao, value):
    zhao.lives_alone = value
    zhao.save()
    assert Resident.objects.get().lives_alone is value
    assert len({len(blob) for column in ("lives_alone", "earlier_victim") for blob in at_rest(column)}) == 1


@pytest.mark.parametrize("born", [None, 1942])
def test_it_keeps_a_number_or_none(zhao, born):
    zhao.birth_year = born
    zhao.save()
    assert Resident.objects.get().birth_year == born


@pytest.mark.parametrize(
    ("point", "cell"),
    [((33.466, 114.875), "33.46,114.87"), ((33.47, 114.88), "33.47,114.88"), ((-0.001, 0.0), "-0.01,0.00"),
     ((0.1 + 0.2, 0.29), "0.30,0.29"), ((None, None), "")],
)  # fmt: skip
def test_the_rough_cell_follows_the_sealed_point(home, point, cell):
    home.lat, home.lon = point
    home.save()
    again = Household.objects.get()
    assert ((again.lat, again.lon), again.cell) == (point, cell)


def test_a_cell_is_kept_without_opening_the_point(home, openings):
    home.lat, home.lon = 33.466, 114.875
    home.save()
    again = Household.objects.get()
    again.save()
    assert (openings, again.cell) == ([], "33.46,114.87")


def test_a_point_that_moves_takes_its_cell_along(home):
    home.lat, home.lon = 33.466, 114.875
    home.save()
    again = Household.objects.get()
    again.lat = 33.5
    again.save()
    assert Household.objects.get().cell == "33.50,114.87"
