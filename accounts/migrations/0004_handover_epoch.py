from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_push_session"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="handover_epoch",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
