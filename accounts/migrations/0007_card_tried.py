"""An officer is told when somebody tries codes of their card."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_session_epoch")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="card_tried_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
