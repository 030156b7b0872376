"""What endangers a resident is sealed: the year of birth, that they live alone, that they were a victim before."""

from django.db import migrations, models

from config.lib.sealing.fields import SealedBooleanField, SealedIntegerField
from config.lib.sealing.migrating import seal_column

FLAGS = {"lives_alone": "lives alone", "earlier_victim": "lost money to fraud before"}


class Migration(migrations.Migration):
    dependencies = [("households", "0002_messages")]

    operations = [
        *seal_column(
            "households", "resident", "birth_year",
            plain=models.PositiveSmallIntegerField("year of birth", null=True, blank=True),
            sealed=SealedIntegerField("year of birth", null=True, blank=True, editable=True),
        ),
        *[
            operation
            for name, label in FLAGS.items()
            for operation in seal_column(
                "households", "resident", name, plain=models.BooleanField(label, default=False),
                sealed=SealedBooleanField(label, editable=True),
            )
        ],
    ]  # fmt: skip
