"""What the worklist and the board cost with a long history: query counts, and times with 10⁴ and 10⁶ alerts."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Count, Field, Model, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person, Unit
from config.lib.sealing.fields import SealedTextField
from dissuasion.models import Alert, Assignment, Case, CaseEvent, Policy
from dissuasion.queries.desk.board import board
from dissuasion.queries.worklist import worklist

# Closed cases of the past, with their alerts, assignments and events: plain SQL, for a million of them take minutes
# otherwise. Columns that are not named here get their model's default, so a column that comes later breaks nothing.
# The sealed columns hold bytes that nobody opens here.
CASES = {
    "id": "gen_random_uuid()", "resident_id": "r.id", "unit_id": "d.unit_id", "division_id": "d.code",
    "scam_type": "'shopping'", "status": "'closed'", "risk": "'low'", "due_way": "'message'",
    "weights_id": "%(weights)s", "disposition": "'no_fraud'",
    "opened_at": "now() - s.n * interval '40 seconds'",
    "closed_at": "now() - s.n * interval '40 seconds' + interval '1 hour'",
}  # fmt: skip
OF_RESIDENTS = """FROM generate_series(%(start)s::int, %(end)s::int) AS s(n)
JOIN bench_resident r ON r.n = s.n %% %(residents)s JOIN households_division d ON d.code = r.town"""
ALERTS = {
    "id": "gen_random_uuid()", "source_id": "%(source)s", "external_id": "'history-' || c.id", "content_hash": "''",
    "received_at": "c.opened_at", "occurred_at": "c.opened_at", "scam_type": "'shopping'", "risk_claimed": "'low'",
    "channel": "'web'", "raw": "decode(repeat('00', 300), 'hex')", "resident_id": "c.resident_id", "case_id": "c.id",
}  # fmt: skip
OF_CASES = """FROM dissuasion_case c
WHERE c.status = 'closed' AND NOT EXISTS (SELECT FROM dissuasion_alert a WHERE a.case_id = c.id)"""
EVENTS = {
    "case_id": "c.id", "unit_id": "c.unit_id", "kind": "k.kind", "at": "c.opened_at", "happened_at": "c.opened_at",
    "data": """'{"risk": "low", "before": null}'""",
}  # fmt: skip
OF_CASES_TWICE = """FROM dissuasion_case c CROSS JOIN (VALUES ('heard'), ('judged')) AS k(kind)
WHERE c.status = 'closed' AND NOT EXISTS (SELECT FROM dissuasion_caseevent e WHERE e.case_id = c.id)"""
ASSIGNMENTS = {
    "id": "gen_random_uuid()", "case_id": "c.id", "person_id": "p.id", "status": "'cleared'",
    "assigned_at": "c.opened_at", "ended_at": "c.closed_at", "risk_at_end": "c.risk",
    "scam_type_at_end": "c.scam_type", "acknowledge_by": "c.opened_at", "contact_by": "c.opened_at",
    "arrive_by": "c.opened_at", "record_by": "c.opened_at",
}  # fmt: skip
OF_OFFICERS = """FROM dissuasion_case c JOIN LATERAL (
  SELECT id FROM accounts_person p WHERE p.unit_id = c.unit_id AND p.role = 'community_officer' ORDER BY p.id LIMIT 1
) p ON true
WHERE c.status = 'closed' AND c.points = 0
  AND NOT EXISTS (SELECT FROM dissuasion_assignment a WHERE a.case_id = c.id)"""
FILL: tuple[tuple[type[Model], dict[str, str], str], ...] = (
    (Case, CASES, OF_RESIDENTS), (Alert, ALERTS, OF_CASES), (CaseEvent, EVENTS, OF_CASES_TWICE),
    (Assignment, ASSIGNMENTS, OF_OFFICERS),
)  # fmt: skip


def _default(field: "Field[Any, Any]") -> Any:
    """Return what stands in a column that no row names. SQL seals nothing, and nobody here opens what is sealed."""
    if isinstance(field, SealedTextField):
        return bytes(40)
    return field.get_db_prep_save(field.get_default(), connection)


def _insert(model: type[Model], given: dict[str, str], rows: str) -> tuple[str, dict[str, Any]]:
    """Return the statement that writes a row of `model` for each of `rows`, and the parameters of its defaults."""
    defaults = {
        field.column: _default(field)
        for field in model._meta.concrete_fields
        if field.column not in given and not field.null and not field.primary_key
    }
    values = [*given.values(), *(f"%(default_{column})s" for column in defaults)]
    columns = ", ".join(f'"{column}"' for column in [*given, *defaults])
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {', '.join(values)} {rows}"
    return statement, {f"default_{column}": value for column, value in defaults.items()}


def fill(start: int, end: int) -> None:
    """Write the closed history of alerts number `start` to `end`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS bench_resident AS SELECT row_number() OVER (ORDER BY r.id) - 1 AS n, r.id,"
            " left(h.division_id, 9) AS town FROM households_resident r JOIN households_household h"
            " ON h.id = r.household_id"
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS bench_resident_n ON bench_resident (n)")
        cursor.execute("ANALYZE bench_resident")
        cursor.execute("SELECT count(*) FROM bench_resident")
        numbers = {"start": start, "end": end - 1, "residents": cursor.fetchone()[0]}
        cursor.execute("SELECT id FROM dissuasion_alertsource WHERE code = 'bench'")
        numbers |= {"source": cursor.fetchone()[0], "weights": Policy.current("triage").pk}
        for model, given, rows in FILL:
            statement, defaults = _insert(model, given, rows)
            cursor.execute(statement, numbers | defaults)
        cursor.execute("VACUUM ANALYZE")


def measure(work: Callable[[], Any], times: int = 60) -> dict[str, Any]:
    """Return the queries and the median milliseconds of `work`."""
    with CaptureQueriesContext(connection) as captured:
        work()
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    return {"queries": len(captured), "ms": statistics.median(spent)}


def looks(officer: Person) -> dict[str, dict[str, Any]]:
    """Return what an officer's worklist and the boards above them cost now."""
    now = timezone.now()
    station = officer.unit
    county = Unit.objects.get(pk=station.parent_id)
    city = Unit.objects.filter(kind="city_desk", path=station.path[: station.path.index("/", 1) + 1]).get()
    fresh = Person.objects.select_related("unit").get(pk=officer.pk)
    boards = {"station": station, "county": county, "city": city}
    found = {"worklist": measure(lambda: worklist(fresh))}
    for name, unit in boards.items():
        found[f"board, {name}"] = measure(lambda unit=unit: board(unit, now=now, language="zh-hans"), 30)
    return found


def busiest() -> Person:
    """Return the officer who holds the most open assignments."""
    held = Person.objects.annotate(n=Count("assignments", filter=Q(assignments__status="assigned")))
    return held.select_related("unit").order_by("-n").first()  # type: ignore[return-value]
