"""Compares the keys of the settings with those that sealed this database, before a process works with it.

A valid key can be the wrong one. It would open no data, find no resident, and seal new rows beside the old ones.
"""

from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from config.lib.sealing.keys import CannotOpen, blind_index, key_ids, seal, unseal
from dissuasion.models import Canary
from households.models import Resident
from households.models.household import phone_index

WORD, COLUMN = "canary", "canary"


def compare() -> None:
    """Raise ImproperlyConfigured when these are not the keys of this database; record a sealing key that is new.

    Raises DatabaseError when the database can't be read.
    """
    known = list(Canary.objects.all())
    compare_with(known)
    current, _ids = key_ids()
    if current in {canary.key_id for canary in known}:
        return
    if not known:
        compare_with_a_resident()
    with transaction.atomic():
        sealed, index = seal(WORD, place=_place(current)), blind_index(COLUMN, WORD)
        # Of two processes that start at once the first writes it.
        Canary.objects.bulk_create([Canary(key_id=current, sealed=sealed, index=index)], ignore_conflicts=True)
    _compare(Canary.objects.get(key_id=current))


def compare_with(canaries: Iterable[Canary]) -> None:
    """Raise ImproperlyConfigured when these are not the keys that sealed the canaries."""
    for canary in canaries:
        _compare(canary)


def _compare(canary: Canary) -> None:
    if canary.index != blind_index(COLUMN, WORD):
        raise ImproperlyConfigured(
            "INDEX_KEY is not the key of this database: no resident would be found. Set the one it was begun with."
        )
    if canary.key_id not in key_ids()[1]:
        raise ImproperlyConfigured(
            f"FIELD_KEYS lacks {canary.key_id}, with which data of this database is sealed. Add it behind the others."
        )
    try:
        unseal(bytes(canary.sealed), place=_place(canary.key_id))
    except CannotOpen as error:
        raise ImproperlyConfigured(
            f"FIELD_KEYS {canary.key_id} is not the key that sealed this database. Set the one it was begun with."
        ) from error


def compare_with_a_resident() -> None:
    """Raise ImproperlyConfigured when somebody's telephone number does not open or would not be found.

    For a database from before there was a canary.
    """
    # Only these columns: others may come with a migration that is still to be made.
    someone = Resident.objects.exclude(phone_index="").only("phone", "phone_index").order_by().first()
    if someone is None:
        return
    try:
        phone = someone.phone
    except CannotOpen as error:
        raise ImproperlyConfigured(
            "FIELD_KEYS does not open the residents of this database. Set the keys it was begun with."
        ) from error
    if someone.phone_index != phone_index(phone):
        raise ImproperlyConfigured(
            "INDEX_KEY is not the key of this database: no resident would be found. Set the one it was begun with."
        )


def _place(key_id: str) -> str:
    return f"{Canary._meta.db_table}:sealed:{key_id}"
