from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissuasion", "0006_undone"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="pushed_to",
            field=models.JSONField(default=list),
        ),
    ]
