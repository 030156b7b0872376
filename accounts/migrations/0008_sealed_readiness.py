"""What a phone says of itself at a ready check is sealed."""

from django.db import migrations, models

from config.lib.sealing.fields import SealedListField
from config.lib.sealing.migrating import seal_column


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_card_tried")]

    operations = seal_column(
        "accounts", "readiness", "checks", plain=models.JSONField(default=list),
        sealed=SealedListField(editable=True),
    )  # fmt: skip
