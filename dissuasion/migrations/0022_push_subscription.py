"""A push says to which subscription it went: only that one's worker says that it was shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0021_reply_words")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="subscription",
            field=models.UUIDField(null=True),
        ),
    ]
