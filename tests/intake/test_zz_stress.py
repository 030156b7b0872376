"""Stress."""
from collections import Counter
import pytest
from tests.intake.test_at_once import *  # noqa
from tests.cast import alert
from dissuasion.models import Alert, Case

pytestmark = pytest.mark.django_db(transaction=True)

def test_stress(live_cast, at_once, send_alert, post_batch):
    total = Counter()
    for r in range(12):
        answers = at_once([alert(external_id=f"r{r}-{n}", resident={"phone": f"1000000000{1 + n % 2}"}) for n in range(24)])
        total.update(a.status_code for a in answers)
    print(total, Case.objects.count(), Alert.objects.count())
    assert set(total) == {201}
    for r in range(6):
        rows = [alert(external_id=f"b{r}-{n}", resident={"phone": f"1000000000{1 + n % 3}"}) for n in range(60)]
        answers = at_once([{"rows": rows}, {"rows": rows[::-1]}, {"rows": rows[30:] + rows[:30]}] * 2, lambda rows: post_batch(rows))
        c = Counter(row["status"] for a in answers for row in a.json()["rows"])
        print(c)
        assert c == {201: 60, 200: 300}
