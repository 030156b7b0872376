"""A database that had weights before there were floors gets their next version, once; its own numbers stay."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps

from dissuasion import migrations
from dissuasion.models import Policy
from dissuasion.rules import triage

pytestmark = pytest.mark.django_db
(FILE,) = Path(migrations.__path__[0]).glob("*_floors.py")
MIGRATION = importlib.import_module(f"{migrations.__name__}.{FILE.stem}")
NEW = ("floors", "fund_channels")


def test_the_next_version_has_the_first_floors_and_the_old_numbers():
    old = {key: value for key, value in triage.FIRST_WEIGHTS.items() if key not in NEW} | {"aged_years": 70}
    Policy.objects.create(kind="triage", content=old)
    for _again in range(2):
        MIGRATION.add_floors(apps, None)
    newest = Policy.newest("triage")
    assert (newest.version, newest.content["aged_years"], triage.faults(newest.content)) == (2, 70, [])
    assert {key: newest.content[key] for key in NEW} == {key: triage.FIRST_WEIGHTS[key] for key in NEW}


def test_a_new_database_begins_with_the_first_version():
    MIGRATION.add_floors(apps, None)
    assert not Policy.objects.exists()
