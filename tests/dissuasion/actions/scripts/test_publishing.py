"""Publishing: the version before retires, and everybody's phone hears that there are new words."""

import pytest
from django.utils import timezone

from accounts.models import Person
from config.lib.http.problems import Conflict, Problem
from dissuasion.actions.scripts.publication import faults, new_draft, publish
from dissuasion.models import ScriptVersion, WorkVersion

pytestmark = pytest.mark.django_db


def versions():
    return dict(WorkVersion.objects.values_list("person__username", "version"))


def test_it_raises_everybodys_work_version(cast, draft):
    before = versions()
    publish(draft, by=cast.sun, at=timezone.now())
    assert versions() == {name: version + 1 for name, version in before.items()}


def test_it_gives_a_version_to_who_had_none(cast, draft):
    WorkVersion.objects.filter(person=cast.mei).delete()
    publish(draft, by=cast.sun, at=timezone.now())
    assert set(versions()) == set(Person.objects.values_list("username", flat=True))


def test_it_stands_in_the_worklist_at_once(cast, published, draft):
    lin = cast.client("lin")
    etag = lin.get("/api/v1/work").headers["ETag"]
    publish(draft, by=cast.sun, at=timezone.now())
    answer = lin.get("/api/v1/work", headers={"if-none-match": etag})
    assert answer.status_code == 200
    hashes = {row["sha256"] for row in answer.json()["scripts"]}
    assert draft.sha256 in hashes
    assert published.sha256 not in hashes


def test_it_retires_the_version_before(cast, published, draft):
    now = timezone.now()
    made = publish(draft, by=cast.sun, at=now)
    published.refresh_from_db()
    assert (made.status, made.published_at, made.published_by) == ("published", now, cast.sun)
    assert (published.status, made.number) == ("retired", 2)


def test_it_publishes_a_draft_once(cast, draft):
    publish(draft, by=cast.sun, at=timezone.now())
    before = versions()
    with pytest.raises(Conflict):
        publish(draft, by=cast.sun, at=timezone.now())
    assert versions() == before


def test_it_publishes_nothing_broken(cast, published):
    broken = new_draft(published.script, published.content | {"steps": [], "language": "zh-hans"})
    before = versions()
    with pytest.raises(Problem) as refusal:
        publish(broken, by=cast.sun, at=timezone.now())
    assert {error["field"] for error in refusal.value.errors} == {"steps", "language"}
    assert versions() == before
    assert ScriptVersion.objects.get(pk=published.pk).status == "published"


STEP = {"key": "calm", "title": "Slow down", "say": "It is your money.", "ask": None, "do": "Sit.", "dont_say": None}
CARD = {"key": "steps", "title": "The steps", "lines": ["1 A teacher", "2 An app"]}


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ({"steps": [STEP | {"key_phrase": "your money"}]}, []),
        ({"steps": [STEP | {"key_phrase": None}]}, []),
        ({"steps": [STEP | {"key_phrase": "the money"}]}, [("steps.0.key_phrase", "not_said")]),
        ({"steps": [STEP | {"key_phrase": " "}]}, [("steps.0.key_phrase", "text")]),
        ({"show": [CARD | {"pictures": ["group", "app"]}]}, []),
        ({"show": [CARD | {"pictures": ["group"]}]}, [("show.0.pictures", "picture")]),
        ({"show": [CARD | {"pictures": ["group", "cat"]}]}, [("show.0.pictures", "picture")]),
        ({"show": [CARD | {"pictures": [None, 1]}]}, [("show.0.pictures", "picture")]),
        ({"show": [CARD | {"pictures": "app"}]}, [("show.0.pictures", "picture")]),
        ({"show": [{"key": "steps", "title": "The steps", "pictures": []}]}, [("show.0", "missing")]),
    ],
)
def test_a_key_phrase_stands_in_what_is_said_and_each_line_has_its_picture(published, part, found):
    faults_found = faults(published.content | part, published.script)
    assert [(fault["field"], fault["code"]) for fault in faults_found] == found
