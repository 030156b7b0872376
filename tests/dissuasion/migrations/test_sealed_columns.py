"""The migrations that seal columns: what older rows hold in the clear is sealed with them, and can go back."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dissuasion.models import Case, CheckIn
from households.models import Resident
from tests import at_rest
from tests.cast import HOME
from tests.dissuasion.actions.field.phone import Desk, Phone, position

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("accounts", "0005_cache"), ("households", "0002_messages"), ("dissuasion", "0015_way")]
SAID = ("no signal", "wrong station", "two men", "goes on", "loud")
OPEN = {
    "accounts_readiness.checks", "dissuasion_case.reasons", "dissuasion_caseevent.data",
    "dissuasion_checkin.manual_reason",
}  # fmt: skip


def migrate(targets: list[tuple[str, str]] | None = None) -> None:
    """Bring the database to these migrations, or to the newest ones."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())


@pytest.fixture
def newest_again():
    """Whatever a test leaves, the next one finds the newest tables."""
    yield
    migrate()


@pytest.fixture
def told(clock, live_cast, send_alert):
    """A case with words in every place that older versions kept in the clear."""
    send_alert()
    lin, gu = Phone(live_cast, "lin"), Desk(live_cast, "gu")
    lin.does("arrive", position=position(), manual_reason="no signal")
    lin.does("visit", met="two men", disposition="refused")
    gu.asks(f"cases/{lin.case}/risk", risk="high", reason="two men")
    gu.recalls(lin)
    gu.asks(f"cases/{lin.case}/decide", decision="go_on", reason="goes on")
    checks = [{"code": "sound", "state": "ok", "value": "loud"}]
    ready = {"device": "d", "on_duty": True, "took_ms": 9, "checks": checks}
    assert lin.client.post("/api/v1/readiness", ready, "application/json").status_code == 200
    return lin, gu


def plain(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [value for row in cursor.fetchall() for value in row]


def test_what_stood_in_the_clear_is_sealed(told, live_cast, newest_again):
    lin, gu = told
    resident = Resident.objects.get(pk=live_cast.zhao_resident.pk)
    before = gu.case(lin), gu.reads("readiness"), resident.birth_year
    migrate(BEFORE)
    assert at_rest.found(SAID) == OPEN
    assert {1950, 1985} <= set(plain("SELECT birth_year FROM households_resident"))
    assert HOME[0] in plain("SELECT lat FROM dissuasion_case")
    migrate()
    assert at_rest.found(SAID) == set()
    assert (gu.case(lin), gu.reads("readiness"), Resident.objects.get(pk=resident.pk).birth_year) == before
    case = Case.objects.select_related("resident__household").get()
    assert (case.place, case.cell, case.resident.household.cell) == (HOME, "33.46,114.87", "33.46,114.87")
    assert CheckIn.objects.get().manual_reason == "no signal"
