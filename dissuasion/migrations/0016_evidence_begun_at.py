from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissuasion", "0015_way"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="begun_at",
            field=models.DateTimeField(null=True),
        ),
    ]
