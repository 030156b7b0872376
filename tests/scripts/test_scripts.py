"""Scripts on their way to the phone: by hash, for ever the same, drafts never; the database holds the wall."""

import copy
import json

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from dissuasion.actions import scripts
from dissuasion.models import Script, ScriptVersion
from tests.acts.phone import NINE, Phone, standing_clock

clock = pytest.fixture(standing_clock)
CONTENT = {"title": "Calm first", "steps": [{"key": "calm", "say": "Please sit down with me."}]}


@pytest.fixture
def script(cast) -> Script:
    """A script of one scam type."""
    return Script.objects.create(scam_type="investment", audience="resident", language="en")


@pytest.fixture
def version(script):
    """Make a version of the script."""

    def make(number: int = 1, status: str = "published", **content) -> ScriptVersion:
        return ScriptVersion.objects.create(script=script, number=number, status=status, content=CONTENT | content)

    return make


def get(client, version):
    return client.get(f"/api/v1/scripts/{version.sha256}")


@pytest.mark.parametrize("name", ["lin", "mei", "gu", "zhao", "sun", "wen"])
def test_it_serves_a_published_version_to_everybody_signed_in(cast, version, name):
    made = version()
    answer = get(cast.client(name), made)
    assert answer.json() == CONTENT | {"version": 1, "sha256": made.sha256}


def test_it_lets_a_phone_keep_it_for_ever(cast, version):
    kept = get(cast.client("lin"), version())["Cache-Control"]
    assert set(kept.split(", ")) == {"private", "max-age=31536000", "immutable"}


def test_it_serves_nothing_to_strangers(version):
    assert get(Client(), version()).status_code == 401


def test_it_never_serves_a_draft(cast, version):
    assert get(cast.client("sun"), version(status="draft")).status_code == 404


def test_it_still_serves_a_retired_version_to_a_visit_that_began_with_it(cast, version):
    assert get(cast.client("lin"), version(status="retired")).status_code == 200


@pytest.mark.parametrize("name", ["0" * 64, "x", "%00", "..%2Fx", "0" * 5000])
def test_it_knows_no_other_name(cast, version, name):
    version()
    assert cast.client("lin").get(f"/api/v1/scripts/{name}").status_code == 404


def test_it_names_a_version_by_its_content_in_any_order(version):
    made = version()
    same = json.loads(json.dumps(dict(reversed(made.content.items()))))
    assert scripts.ScriptVersion(script=made.script, number=2, content=same).content == made.content
    again = version(number=2, status="draft")
    assert again.sha256 == made.sha256


def test_it_lists_what_is_published_in_the_worklist(cast, version):
    version(number=1, status="retired")
    made = version(number=2, title="newer")
    version(number=3, status="draft", title="not yet")
    assert Phone(cast, "lin").work()["scripts"] == [
        {"scam_type": "investment", "audience": "resident", "language": "en", "number": 2, "sha256": made.sha256}
    ]


CHANGES = [
    {"content": {"title": "reworded"}},
    {"sha256": "0" * 64},
    {"number": 9},
]


@pytest.mark.parametrize("status", ["published", "retired"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_it_is_never_reworded_by_the_databases_own_wall(version, status, change):
    made = version(status=status)
    with pytest.raises(DatabaseError), transaction.atomic():
        ScriptVersion.objects.filter(pk=made.pk).update(**change)
    assert ScriptVersion.objects.get(pk=made.pk).content == CONTENT


def test_it_never_moves_to_another_script(version):
    other = Script.objects.create(scam_type="loan", audience="resident", language="en")
    made = version()
    with pytest.raises(DatabaseError), transaction.atomic():
        ScriptVersion.objects.filter(pk=made.pk).update(script=other)


def test_it_may_be_reworded_as_a_draft(version):
    made = version(status="draft")
    made.content = CONTENT | {"title": "better"}
    made.save()
    assert ScriptVersion.objects.get(pk=made.pk).content["title"] == "better"


def test_it_may_retire(version):
    made = version()
    ScriptVersion.objects.filter(pk=made.pk).update(status="retired")
    assert ScriptVersion.objects.get(pk=made.pk).status == "retired"


def test_it_has_one_published_version_by_the_database(version):
    version(number=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        version(number=2, title="a second one")


@pytest.fixture
def draft(cast) -> ScriptVersion:
    """A draft with the words of a real script file."""
    script = Script.objects.create(scam_type="loan", audience="resident", language="en")
    calm = dict.fromkeys(("title", "say", "ask", "do", "dont_say"), "words") | {"key": "calm"}
    content = {
        "scam_type": "loan", "audience": "resident", "language": "en", "title": "Loan", "steps": [calm],
        "objections": [], "show": [], "before": [], "never_ask": ["a code"], "never_say": ["shame"], "agree": [],
        "basis": [], "follow_up": {"1": "ask", "14": "ask", "28": "ask"},
    }  # fmt: skip
    return scripts.new_draft(script, content)


def test_it_tells_every_phone_that_a_script_was_published(draft, cast):
    lin = Phone(cast, "lin")
    before = lin.work()
    scripts.publish(draft, by=cast.sun, at=NINE)
    after = lin.work()
    assert after["version"] > before["version"]
    assert draft.sha256 in [row["sha256"] for row in after["scripts"]]


def test_it_retires_the_version_before(draft, cast):
    scripts.publish(draft, by=cast.sun, at=NINE)
    newer = scripts.new_draft(draft.script, copy.deepcopy(draft.content) | {"title": "Loan again"})
    scripts.publish(newer, by=cast.sun, at=NINE)
    assert list(draft.script.versions.order_by("number").values_list("status", flat=True)) == ["retired", "published"]
    assert get(cast.client("lin"), draft).status_code == 200
