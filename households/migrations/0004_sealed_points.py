"""Where a home stands is sealed; its rough cell stays in the clear."""

from django.db import migrations, models

from config.lib.sealing.fields import RoughCellField, SealedFloatField
from config.lib.sealing.migrating import seal_column, write_cells

POINT = {"lat": "latitude (WGS-84)", "lon": "longitude (WGS-84)"}


class Migration(migrations.Migration):
    dependencies = [("households", "0003_sealed_residents")]

    operations = [
        migrations.AddField("household", "cell", RoughCellField()),
        write_cells("households", "household"),
        *[
            operation
            for name, label in POINT.items()
            for operation in seal_column(
                "households", "household", name, plain=models.FloatField(label, null=True, blank=True),
                sealed=SealedFloatField(label, null=True, blank=True, editable=True),
            )
        ],
    ]  # fmt: skip
