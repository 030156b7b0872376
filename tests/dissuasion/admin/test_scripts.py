"""Scripts: a draft is edited and published; broken words are refused with their places; published ones stay."""

import copy
import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from config.lib.http.problems import Conflict, Problem
from dissuasion.actions.scripts import publication
from dissuasion.models import ScriptVersion, WorkVersion
from tests.dissuasion.admin.conftest import SCRIPT, form_of, said

ADD = reverse("admin:dissuasion_scriptversion_add")
PUBLISH = "dissuasion_scriptversion_publish"


def address(version):
    return reverse("admin:dissuasion_scriptversion_change", args=[version.pk])


@pytest.fixture
def draft(cast, script):
    return publication.new_draft(script, SCRIPT | {"title": "Second words"})


def broken(path, value):
    """Return the script with the value at a dotted path replaced; ... takes it away."""
    content = copy.deepcopy(SCRIPT)
    *above, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    here = content
    for part in above:
        here = here[part]
    if value is ...:
        del here[last]
    else:
        here[last] = value
    return content


def test_the_published_files_are_whole(script):
    assert publication.faults(SCRIPT, script) == []


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        (broken("title", ...), "", "missing"),
        (SCRIPT | {"extra": 1}, "", "unknown"),
        ([], "", "object"),
        (broken("scam_type", "loan"), "scam_type", "other_script"),
        (broken("title", " "), "title", "text"),
        (broken("title", "x" * 500), "title", "long"),
        (broken("steps", {}), "steps", "list"),
        (broken("steps", []), "steps", "count"),
        (broken("steps.0.say", None), "steps.0.say", "text"),
        (broken("steps.0.say", 5), "steps.0.say", "text"),
        (broken("steps.0.key", "Two Words"), "steps.0.key", "key"),
        (broken("steps.0.do", ...), "steps.0", "missing"),
        (broken("steps", [*SCRIPT["steps"], *SCRIPT["steps"]]), "steps.1.key", "twice"),
        (broken("steps.0", "calm"), "steps.0", "object"),
        (broken("objections.0.answer", ""), "objections.0.answer", "text"),
        (broken("show.0.lines", []), "show.0.lines", "count"),
        (broken("show.0.lines.0", None), "show.0.lines.0", "text"),
        (broken("never_ask", []), "never_ask", "count"),
        (broken("follow_up", {"1": "Well?"}), "follow_up", "missing"),
        (broken("title", "a\x00b"), "", "characters"),
    ],
)  # fmt: skip
def test_broken_words_are_named_by_place(script, content, place, code):
    found = publication.faults(content, script)
    assert (place, code) in [(fault["field"], fault["code"]) for fault in found]
    assert all(fault["reason"] for fault in found)


def test_publishing_retires_the_version_before_and_tells_everybody(cast, script, draft):
    before = dict(WorkVersion.objects.values_list("person", "version"))
    WorkVersion.objects.get(person=cast.gu).delete()
    at = timezone.now()
    publication.publish(draft, by=cast.sun, at=at)
    draft.refresh_from_db()
    assert (draft.status, draft.published_at, draft.published_by) == ("published", at, cast.sun)
    assert script.versions.get(number=1).status == "retired"
    after = dict(WorkVersion.objects.values_list("person", "version"))
    assert {pk: after[pk] for pk in before} == {pk: v + (pk != cast.gu.pk) for pk, v in before.items()}
    work = cast.client("lin").get("/api/v1/work").json()
    assert [s["sha256"] for s in work["scripts"]] == [draft.sha256]
    assert cast.client("lin").get(f"/api/v1/scripts/{draft.sha256}").json()["title"] == "Second words"


def test_broken_words_are_refused_and_change_nothing(cast, script, draft):
    ScriptVersion.objects.filter(pk=draft.pk).update(content=broken("steps.0.say", ""))
    with pytest.raises(Problem) as refused:
        publication.publish(draft, by=cast.sun, at=timezone.now())
    assert [error["field"] for error in refused.value.errors] == ["steps.0.say"]
    assert list(script.versions.values_list("status", flat=True)) == ["draft", "published"]


def test_only_a_draft_can_be_published(cast, script):
    with pytest.raises(Conflict):
        publication.publish(script.versions.get(), by=cast.sun, at=timezone.now())


def test_a_new_version_begins_with_the_words_in_use(sun, script):
    data = form_of(sun, f"{ADD}?script={script.pk}")
    assert json.loads(data["content"]) == SCRIPT
    data["content"] = json.dumps(SCRIPT | {"title": "Third"})
    assert sun.post(ADD, data).status_code == 302
    made = script.versions.get(number=2)
    assert (made.status, made.content["title"]) == ("draft", "Third")


def test_an_unfinished_draft_is_kept_and_its_faults_are_told(sun, draft):
    data = form_of(sun, address(draft)) | {"content": json.dumps(broken("steps.0.say", ""))}
    response = sun.post(address(draft), data, follow=True)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert any(text.startswith("steps.0.say:") for text in said(response))


def test_the_form_saves_and_publishes(sun, script, draft):
    data = form_of(sun, address(draft)) | {"content": json.dumps(SCRIPT | {"title": "At last"}), PUBLISH: ""}
    response = sun.post(address(draft), data, follow=True)
    assert any(text.startswith("Published.") for text in said(response))
    draft.refresh_from_db()
    assert (draft.status, draft.content["title"]) == ("published", "At last")


def test_the_form_refuses_to_publish_broken_words_and_names_the_places(sun, script, draft):
    data = form_of(sun, address(draft)) | {"content": json.dumps(broken("follow_up.14", None)), PUBLISH: ""}
    response = sun.post(address(draft), data, follow=True)
    assert any(text.startswith("follow_up.14:") for text in said(response))
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert script.versions.get(number=1).status == "published"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"title": }', "Line 1, column 11 is not JSON."),
        ("[1]", "A script is a JSON object."),
        ('{"a": NaN}', "A number is not finite"),
        ('{"a": "\\u0000"}', "can’t be stored"),
        ('{"a": "\\ud800"}', "can’t be stored"),
        ('{"a": ' + "[" * 30 + "]" * 30 + "}", "nesting is too deep"),
        ("[" * 100_000, "nesting is too deep"),
        ("x" * 100_001, "too long"),
    ],
    ids=["place", "list", "nan", "nul", "half", "deep", "abyss", "long"],
)  # fmt: skip
def test_text_that_is_no_script_is_refused_in_words(sun, draft, text, reason):
    response = sun.post(address(draft), form_of(sun, address(draft)) | {"content": text})
    assert response.status_code == 200
    assert reason in response.content.decode().replace("&#x27;", "’")


def test_published_words_are_only_read(sun, script):
    version = script.versions.get()
    assert sun.post(address(version), {"content": "{}", PUBLISH: ""}).status_code == 403
    assert (
        sun.post(reverse("admin:dissuasion_scriptversion_delete", args=[version.pk]), {"post": "y"}).status_code == 403
    )
    chosen = {"action": "delete_selected", "_selected_action": [version.pk], "post": "yes"}
    sun.post(reverse("admin:dissuasion_scriptversion_changelist"), chosen)
    assert script.versions.get().content == SCRIPT
    assert "It is your money." in sun.get(address(version)).content.decode()


def test_the_database_refuses_new_words_for_a_published_version(script):
    version = script.versions.get()
    version.content = SCRIPT | {"title": "Other"}
    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()


def test_a_draft_may_be_thrown_away(sun, draft):
    sun.post(reverse("admin:dissuasion_scriptversion_delete", args=[draft.pk]), {"post": "yes"})
    assert not ScriptVersion.objects.filter(pk=draft.pk).exists()


def test_what_a_script_is_for_is_fixed_once_it_exists(sun, script):
    page = reverse("admin:dissuasion_script_change", args=[script.pk])
    sun.post(page, form_of(sun, page) | {"scam_type": "loan", "language": "zh-hans"})
    script.refresh_from_db()
    assert (script.scam_type, script.language) == ("investment", "en")
