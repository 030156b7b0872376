"""What the worklist and the board cost with a long history: query counts, and times with 10⁴ and 10⁶ alerts."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person, Unit
from dissuasion.models import Policy
from dissuasion.queries.desk.board import board
from dissuasion.queries.worklist import worklist

# Closed cases of the past, with their alerts, assignments and events: plain SQL, for a million of them take minutes
# otherwise. The sealed columns hold bytes that nobody opens here.
FILL = """
INSERT INTO dissuasion_case (id, resident_id, unit_id, division_id, scam_type, status, risk, due_way, points, reasons,
  weights_id, risk_by_chief, amount_at_risk, already_transferred, attention, shortfall, disposition, opened_at,
  closed_at)
SELECT gen_random_uuid(), r.id, d.unit_id, d.code, 'shopping', 'closed', 'low', 'message', 0, '[]', %(weights)s, false,
  0, 0, '', '[]', 'no_fraud', now() - s.step * interval '40 seconds',
  now() - s.step * interval '40 seconds' + interval '1 hour'
FROM generate_series(%(start)s::int, %(end)s::int) AS s(step)
JOIN bench_resident r ON r.n = s.step %% %(residents)s JOIN households_division d ON d.code = r.town;
INSERT INTO dissuasion_alert (id, source_id, external_id, content_hash, received_at, occurred_at, scam_type,
  risk_claimed, channel, amount_at_risk, already_transferred, raw, answered, resident_id, case_id)
SELECT gen_random_uuid(), %(source)s, 'history-' || c.id, '', c.opened_at, c.opened_at, 'shopping', 'low', 'web', 0, 0,
  decode(repeat('00', 300), 'hex'), '{}', c.resident_id, c.id
FROM dissuasion_case c WHERE c.status = 'closed' AND NOT EXISTS (SELECT FROM dissuasion_alert a WHERE a.case_id = c.id);
INSERT INTO dissuasion_caseevent (case_id, unit_id, kind, at, happened_at, data)
SELECT c.id, c.unit_id, k.kind, c.opened_at, c.opened_at, '{"risk": "low", "before": null}'
FROM dissuasion_case c CROSS JOIN (VALUES ('heard'), ('judged')) AS k(kind)
WHERE c.status = 'closed' AND NOT EXISTS (SELECT FROM dissuasion_caseevent e WHERE e.case_id = c.id);
INSERT INTO dissuasion_assignment (id, case_id, person_id, part, status, reasons, assigned_at, ended_at, end_reason,
  acknowledge_by, contact_by, arrive_by, record_by)
SELECT gen_random_uuid(), c.id, p.id, 'lead', 'cleared', '[]', c.opened_at, c.closed_at, '', c.opened_at, c.opened_at,
  c.opened_at, c.opened_at
FROM dissuasion_case c JOIN LATERAL (
  SELECT id FROM accounts_person p WHERE p.unit_id = c.unit_id AND p.role = 'community_officer' ORDER BY p.id LIMIT 1
) p ON true
WHERE c.status = 'closed' AND c.points = 0 AND NOT EXISTS (SELECT FROM dissuasion_assignment a WHERE a.case_id = c.id);
"""


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
        for statement in FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, numbers)
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
