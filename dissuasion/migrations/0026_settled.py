"""When a person last decided about a case; of the last week's cases the history tells it."""

import datetime as dt

from django.db import migrations, models
from django.utils import timezone

# As long as an earlier warning counts (queries/background.py).
WEEK = dt.timedelta(days=7)


def read_from_history(apps, schema_editor):
    case, event = (apps.get_model("dissuasion", name) for name in ("case", "caseevent"))
    decided = event.objects.filter(kind__in=["risk_set", "closed"], by__isnull=False, at__gte=timezone.now() - WEEK)
    newest = decided.filter(case=models.OuterRef("pk")).order_by("-at").values("happened_at")[:1]
    case.objects.filter(pk__in=decided.values("case")).update(settled_at=models.Subquery(newest))


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0025_sealed_points")]

    operations = [
        migrations.AddField("case", "settled_at", models.DateTimeField(null=True)),
        migrations.RunPython(read_from_history, migrations.RunPython.noop),
    ]
