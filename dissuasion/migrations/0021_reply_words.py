"""Replies that are understood and harmless have a meaning of their own, and each keeps the version of the words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0020_received")]

    operations = [
        migrations.AlterField(
            model_name="reply",
            name="meaning",
            field=models.CharField(
                choices=[
                    ("paying", "payment is under way"),
                    ("stop", "no more messages"),
                    ("heard", "understood, nothing was paid"),
                    ("other", "not understood: a person must look"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="words_version",
            field=models.PositiveSmallIntegerField(db_default=1),
        ),
    ]
