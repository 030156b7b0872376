"""Lines up the medium cases that were waiting before there was a queue."""

from django.db import migrations
from django.utils import timezone

AT_ONCE = 1000


def line_up(apps, schema_editor):
    Case, HotlineCall = (apps.get_model("dissuasion", name) for name in ("Case", "HotlineCall"))
    now, rows = timezone.now(), []
    waiting = Case.objects.filter(status="open", due_way="hotline", calls=None)
    for case in waiting.only("unit_id", "points", "reasons", "already_transferred", "opened_at").iterator(AT_ONCE):
        moves = case.already_transferred > 0 or any(reason["code"] == "funds_moving" for reason in case.reasons)
        rows.append(
            HotlineCall(
                case_id=case.pk, unit_id=case.unit_id, points=case.points, money_moves=moves, made_at=case.opened_at,
                due_at=now,
            )
        )  # fmt: skip
    HotlineCall.objects.bulk_create(rows, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0011_hotline")]
    operations = [migrations.RunPython(line_up, migrations.RunPython.noop)]
