"""Whoever is asked while this server is updated has a ladder too: what the clock alone did until now."""

from django.db import migrations


def give_ladders(apps, schema_editor):
    assignment = apps.get_model("dissuasion", "Assignment")
    asked = assignment.objects.filter(status="assigned", part="lead")
    for row in asked.only("assigned_at", "acknowledge_by", "assigned_by").iterator():
        after = int((row.acknowledge_by - row.assigned_at).total_seconds())
        row.ladder = [{"do": "chief" if row.assigned_by_id else "next", "after": after}]
        row.due_at = row.acknowledge_by
        row.save(update_fields=["ladder", "due_at"])


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0008_ladder")]
    operations = [migrations.RunPython(give_ladders, migrations.RunPython.noop)]
