"""Published words stay as they are: the database itself refuses to change them, whoever asks and however."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from dissuasion.models import Script, ScriptVersion
from tests.dissuasion.actions.field.phone import Phone

pytestmark = pytest.mark.django_db


def refused(change, *args, **fields):
    """Whether the database refuses a change."""
    try:
        with transaction.atomic():
            change(*args, **fields)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("status", ["published", "retired"])
@pytest.mark.parametrize("fields", [{"content": {"title": "other"}}, {"sha256": "0" * 64}, {"number": 9}])
def test_it_refuses_an_update_of_the_table(published, status, fields):
    row = ScriptVersion.objects.filter(pk=published.pk)
    row.update(status=status)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        row.update(**fields)
    assert row.get().content == published.content


def test_it_refuses_another_script_for_the_words(published):
    other = Script.objects.exclude(pk=published.script_id).earliest("pk")
    assert refused(ScriptVersion.objects.filter(pk=published.pk).update, script=other)


def test_it_refuses_to_save_other_words(published):
    published.content = published.content | {"title": "other"}
    assert refused(published.save)
    assert refused(ScriptVersion.objects.bulk_update, [published], ["content"])


def test_it_refuses_raw_sql(published):
    with connection.cursor() as cursor:
        assert refused(cursor.execute, "UPDATE dissuasion_scriptversion SET sha256 = 'x'")


def test_it_refuses_other_words_together_with_another_status(published):
    row = ScriptVersion.objects.filter(pk=published.pk)
    assert refused(row.update, status="draft", content={"title": "other"})


def test_it_lets_a_version_retire(published):
    assert ScriptVersion.objects.filter(pk=published.pk).update(status="retired") == 1


def test_it_lets_a_draft_be_rewritten(draft):
    before, draft.content = draft.sha256, draft.content | {"title": "other"}
    draft.save()
    assert draft.sha256 != before


def test_it_keeps_one_published_version_a_script(published, draft):
    assert refused(ScriptVersion.objects.filter(pk=draft.pk).update, status="published")


def test_it_deletes_no_script_that_has_versions(published):
    with pytest.raises(ProtectedError):
        published.script.delete()
    with pytest.raises(ProtectedError):
        Script.objects.all().delete()


def test_it_deletes_no_version_that_a_visit_cites(cast, published, send_alert):
    send_alert()
    phone = Phone(cast, "lin")
    phone.work()
    phone.records(script=published.sha256)
    with pytest.raises(ProtectedError):
        published.delete()
