"""Everything that a phone may do for a person can be ended for good."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_cache")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="session_epoch",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
