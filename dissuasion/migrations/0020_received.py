"""Warnings are counted from when they were received, and an alert names what could not be read of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0019_floors")]

    operations = [
        migrations.RemoveIndex(model_name="alert", name="alert_of_resident"),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["resident", "received_at"], name="alert_heard_of_resident"),
        ),
        migrations.AddField(
            model_name="alert",
            name="faults",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
