from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    """Make the table that counts tries to sign in (`CACHES`); Django's caches have no models."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_handover_epoch")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
