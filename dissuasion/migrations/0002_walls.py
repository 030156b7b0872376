"""Walls that the database keeps by itself: one epoch from the start, and published scripts that nobody can reword."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER script_version_is_immutable BEFORE UPDATE OF content, sha256, number, script_id, status
ON dissuasion_scriptversion WHEN OLD.status <> 'draft'
AND (NEW.status = 'draft' OR OLD.content <> NEW.content OR OLD.sha256 <> NEW.sha256 OR OLD.number <> NEW.number
     OR OLD.script_id <> NEW.script_id)
BEGIN SELECT RAISE(ABORT, 'a published script version is never changed'); END;
"""
POSTGRESQL = """
CREATE FUNCTION script_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'draft' OR OLD.content <> NEW.content OR OLD.sha256 <> NEW.sha256 OR OLD.number <> NEW.number
     OR OLD.script_id <> NEW.script_id THEN
    RAISE EXCEPTION 'a published script version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER script_version_is_immutable BEFORE UPDATE ON dissuasion_scriptversion
FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION script_version_is_immutable();
"""


def build(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)
    apps.get_model("dissuasion", "Epoch").objects.create()


def tear_down(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER script_version_is_immutable")
    else:
        schema_editor.execute("DROP TRIGGER script_version_is_immutable ON dissuasion_scriptversion")
        schema_editor.execute("DROP FUNCTION script_version_is_immutable()")


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0001_first")]
    operations = [migrations.RunPython(build, tear_down)]
