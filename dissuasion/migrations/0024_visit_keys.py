"""Of the steps, objections and attempts of a visit only known keys stand in the clear; the act has what was sent."""

from django.db import migrations

from config.lib.sealing.migrating import every

TRIED = ("knocked", "phoned", "asked_neighbours", "asked_family", "left_note")


def known_only(apps, schema_editor):
    """Leave out of every visit what its script does not know."""
    connection = schema_editor.connection
    scripts = apps.get_model("dissuasion", "ScriptVersion").objects.using(connection.alias)
    contents = dict(scripts.values_list("pk", "content"))
    visits = apps.get_model("dissuasion", "Visit")
    for visit in every(visits, connection):
        content = contents.get(visit.script_version_id) or {}
        steps, tried = _steps(visit.steps, content), [code for code in TRIED if code in visit.tried]
        if (steps, tried) != (visit.steps, visit.tried):
            visits.objects.using(connection.alias).filter(pk=visit.pk).update(steps=steps, tried=tried)


def _steps(steps, content):
    keys, objections = ({row["key"] for row in content.get(part, [])} for part in ("steps", "objections"))
    return [
        {name: value for name, value in step.items() if name != "objection" or value in objections}
        for step in steps
        if step["key"] in keys
    ]


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0023_sealed_words")]

    operations = [migrations.RunPython(known_only, migrations.RunPython.noop)]
