"""What a production server may load: scripts and ground, without anybody on it."""

import json

import pytest
from django.core.management import call_command

from accounts.models import Person, Unit
from dissuasion.demo.seeding.progress import SeedingProgress
from dissuasion.demo.seeding.run import seed
from dissuasion.demo.seeding.work_data import SCRIPTS, load_scripts
from dissuasion.models import AlertSource, ScriptVersion
from households.models import Division, Household, Resident

pytestmark = pytest.mark.django_db
FILES = sorted(SCRIPTS.glob("*.json"))


def test_it_publishes_every_script_file_word_for_word(now):
    assert load_scripts(now=now) == len(FILES)
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in FILES]
    published = list(ScriptVersion.objects.filter(status="published").order_by("pk"))
    assert [version.content for version in published] == contents
    for version in published:
        version.save()  # the hash that save() computes is the one that was written
    assert len({version.sha256 for version in published}) == len(FILES)


def test_it_leaves_known_scripts_alone(now):
    load_scripts(now=now)
    assert load_scripts(now=now) == 0


def test_it_loads_scripts_on_a_production_server(settings, capsys):
    settings.DEBUG = False
    call_command("seed", scripts_only=True)
    assert ScriptVersion.objects.count() == len(FILES)
    assert str(len(FILES)) in capsys.readouterr().out


def test_it_loads_the_ground_alone_and_only_once(settings, capsys):
    settings.DEBUG = False
    call_command("seed", ground_only=True)
    first = capsys.readouterr().out
    call_command("seed", ground_only=True)
    assert capsys.readouterr().out != first
    assert Unit.objects.count() == 306
    assert Division.objects.count() == 8020
    assert not Person.objects.exists()
    assert not AlertSource.objects.exists()


def test_it_adds_the_recorded_cases_to_a_demo_without_them(settings, now):
    settings.DEBUG = True
    progress = SeedingProgress(print, quiet=True)
    assert seed(size=None, recorded=False, now=now, progress=progress).size == "small"
    people, residents = Person.objects.count(), Resident.objects.count()
    assert seed(size=None, recorded=True, now=now, progress=progress).changed
    assert (Person.objects.count(), Resident.objects.count()) == (people + 21, residents + 4)
    assert Household.objects.filter(division="130229110").count() == 1
