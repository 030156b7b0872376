"""Floors beside the points: a database that has weights gets their next version with the first floors."""

from django.db import migrations

FLOORS = {
    "floors": {
        "fund_alert": "high",
        "money_moved": "high",
        "large_amount_leaving": "high",
        "source_says_high": "medium",
    },
    "fund_channels": ["funds"],
}
REASON = "资金预警逐条见面：加上不论分数的底线"


def add_floors(apps, _schema):
    policies = apps.get_model("dissuasion", "Policy").objects.filter(kind="triage")
    newest = policies.order_by("-version").first()
    if newest is not None and "floors" not in newest.content:
        policies.create(kind="triage", version=newest.version + 1, content=newest.content | FLOORS, reason=REASON)


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0018_instructions")]

    operations = [migrations.RunPython(add_floors, migrations.RunPython.noop)]
