"""What people wrote in their own words is sealed: receipts, reasons of check-ins, of levels and of decisions, notes."""

from django.db import migrations, models

import dissuasion.models.event
from config.lib.sealing.fields import SealedJSONField, SealedListField, SealedTextField
from config.lib.sealing.migrating import every, seal_column, write

# What the desk wrote stood in the data of these kinds; of these two a code stands there as well.
IN_WORDS = {"closed", "decided", "recalled"}
CODES = {"reassigned", "settled_by_phone", "case_changed", "desk"}


def take_words_out(apps, schema_editor):
    """Move the words of the desk from an event's data into its sealed column, and leave a code."""
    events, connection = apps.get_model("dissuasion", "CaseEvent"), schema_editor.connection
    column, sealed = events._meta.get_field("words"), []
    for event in every(events, connection, kind__in=IN_WORDS):
        words = event.data.get("reason")
        if words is None or (event.kind == "recalled" and words in CODES):
            continue
        left = {name: value for name, value in event.data.items() if name != "reason"}
        code = {"closed": {"cause": "desk"}, "recalled": {"reason": "desk"}}.get(event.kind, {})
        events.objects.using(connection.alias).filter(pk=event.pk).update(data=left | code)
        event.words = words
        sealed.append((event.pk, column.pre_save(event, False)))
    write(events, column, sealed, connection)


def put_words_back(apps, schema_editor):
    """Put the words back where they stood."""
    events, connection = apps.get_model("dissuasion", "CaseEvent"), schema_editor.connection
    for event in every(events, connection, words__isnull=False):
        left = {name: value for name, value in event.data.items() if name != "cause"}
        data = left | {"reason": event.words}
        events.objects.using(connection.alias).filter(pk=event.pk).update(data=data)


def leave_codes(apps, schema_editor):
    """Why an assignment was recalled stands in the history: the desk's own words go from here."""
    assignments = apps.get_model("dissuasion", "Assignment").objects.using(schema_editor.connection.alias)
    assignments.filter(status="recalled").exclude(end_reason__in=CODES).update(end_reason="desk")


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0022_push_subscription")]

    operations = [
        migrations.AddField("caseevent", "words", dissuasion.models.event.SealedInEvent(editable=True, null=True)),
        migrations.RunPython(take_words_out, put_words_back),
        migrations.RunPython(leave_codes, migrations.RunPython.noop),
        *seal_column(
            "dissuasion", "act", "receipt", plain=models.JSONField(default=dict),
            sealed=SealedJSONField(editable=True),
        ),
        *seal_column(
            "dissuasion", "case", "reasons", plain=models.JSONField(default=list),
            sealed=SealedListField(editable=True),
        ),
        *seal_column(
            "dissuasion", "checkin", "manual_reason", plain=models.CharField(max_length=200, blank=True),
            sealed=SealedTextField(blank=True, editable=True),
        ),
        *seal_column(
            "dissuasion", "triageentry", "note", plain=models.CharField(max_length=500, blank=True),
            sealed=SealedTextField(blank=True, editable=True),
        ),
    ]  # fmt: skip
