"""Keys that are valid and not those of this database are refused before anything is sealed or sought with them."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config.lib.sealing.keys import seal
from dissuasion.models import Canary
from dissuasion.workers import keys, start
from households.models import Resident

pytestmark = pytest.mark.django_db
KEY_A, KEY_B, KEY_C = (base64.b64encode(letter * 32).decode() for letter in (b"a", b"b", b"c"))


@pytest.fixture
def begun(settings) -> None:
    """A database that was begun with these keys."""
    settings.FIELD_KEYS, settings.INDEX_KEY = f"k1:{KEY_A}", KEY_C
    keys.compare()


def test_the_first_start_writes_down_what_the_keys_are(begun):
    assert list(Canary.objects.values_list("pk", flat=True)) == ["k1"]
    keys.compare()
    assert Canary.objects.count() == 1


@pytest.mark.parametrize(
    ("field_keys", "index_key", "said"),
    [
        (f"k1:{KEY_B}", KEY_C, "FIELD_KEYS k1 is not the key that sealed"),
        (f"k1:{KEY_A}", KEY_B, "INDEX_KEY is not the key of this database"),
        (f"k2:{KEY_B}", KEY_C, "FIELD_KEYS lacks k1"),
        (f"k2:{KEY_A}", KEY_C, "FIELD_KEYS lacks k1"),
        (f"k2:{KEY_A},k1:{KEY_B}", KEY_C, "FIELD_KEYS k1 is not the key that sealed"),
    ],
)
def test_other_valid_keys_are_refused(begun, settings, field_keys, index_key, said):
    settings.FIELD_KEYS, settings.INDEX_KEY = field_keys, index_key
    with pytest.raises(ImproperlyConfigured, match=said):
        keys.compare()
    assert Canary.objects.count() == 1


def test_a_new_key_in_front_is_a_rotation(begun, settings):
    settings.FIELD_KEYS = f"k2:{KEY_B},k1:{KEY_A}"
    keys.compare()
    assert set(Canary.objects.values_list("pk", flat=True)) == {"k1", "k2"}
    settings.FIELD_KEYS = f"k2:{KEY_C},k1:{KEY_A}"
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS k2 is not the key"):
        keys.compare()


def test_a_canary_of_another_place_is_none(begun):
    Canary.objects.update(sealed=seal(keys.WORD, place="elsewhere"))
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS k1"):
        keys.compare()


@pytest.mark.parametrize("wrong", ["FIELD_KEYS", "INDEX_KEY"])
def test_a_database_from_before_is_compared_by_a_resident(cast, settings, wrong):
    assert Resident.objects.exclude(phone_index="").exists()
    own = settings.FIELD_KEYS.partition(":")[0]
    setattr(settings, wrong, f"{own}:{KEY_A}" if wrong == "FIELD_KEYS" else KEY_A)
    with pytest.raises(ImproperlyConfigured, match=wrong):
        keys.compare()
    assert not Canary.objects.exists()


def test_migrations_seal_nothing_with_other_keys(cast, settings, monkeypatch):
    settings.INDEX_KEY = KEY_A
    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        call_command("migrate", verbosity=0)
    monkeypatch.setattr(Canary._meta, "db_table", "not_there_yet")
    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        call_command("migrate", verbosity=0)


def test_a_database_from_before_with_its_own_keys_goes_on(cast):
    keys.compare()
    assert Canary.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_every_process_asks_before_it_works(settings, tmp_path):
    settings.STATE = tmp_path
    with start.working():
        assert Canary.objects.count() == 1
    settings.INDEX_KEY = KEY_A
    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"), start.working():
        raise AssertionError("It worked.")
