"""Where a case leads and where somebody checked in is sealed; the rough cell of a case stays in the clear."""

from django.db import migrations, models

from config.lib.sealing.fields import RoughCellField, SealedFloatField
from config.lib.sealing.migrating import seal_column, write_cells


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0024_visit_keys")]

    operations = [
        migrations.AddField("case", "cell", RoughCellField()),
        write_cells("dissuasion", "case"),
        *[
            operation
            for model in ("case", "checkin")
            for name in ("lat", "lon")
            for operation in seal_column(
                "dissuasion", model, name, plain=models.FloatField(null=True),
                sealed=SealedFloatField(null=True, editable=True),
            )
        ],
    ]  # fmt: skip
