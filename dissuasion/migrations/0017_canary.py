"""A known word, sealed by each key: a start with other keys is refused before it harms."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0016_evidence_begun_at")]

    operations = [
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("key_id", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("index", models.CharField(max_length=64)),
            ],
        ),
    ]
