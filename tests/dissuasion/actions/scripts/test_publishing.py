"""Publishing: the version before retires, and everybody's phone hears that there are new words."""

import pytest
from django.utils import timezone

from accounts.models import Person
from config.lib.http.problems import Conflict, Problem
from dissuasion.actions.scripts.publication import new_draft, publish
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
