"""How often an alert alone asks the database: nothing is sent only to bound a wait that does not happen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dissuasion.models import Alert, Assignment
from tests.cast import alert

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 25


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is in this process: nothing travels")
def test_an_alert_of_high_risk_sets_no_limit_that_holds_anyway(live_cast, post):
    for number, phone in enumerate(("10000000001", "10000000002")):  # the first one fills what is remembered
        with CaptureQueriesContext(connection) as asked:
            answer = post(alert(external_id=f"a-{number}", resident={"phone": phone}))
        assert (answer.status_code, answer.json()["risk"]) == (201, "high")
    assert Assignment.objects.filter(case__alerts=Alert.objects.get(external_id="a-1")).count() == 1
    statements = [query["sql"] for query in asked.captured_queries]
    assert not [sql for sql in statements if "lock_timeout" in sql]
    assert len(statements) <= MOST, statements
