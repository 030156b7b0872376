"""Reads the database's side of the ledgers with plain SQL: the product's own code is no witness of itself."""

import datetime as dt
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from tests.faults.books.ledger import Database

ALERTS = """
    SELECT alert.id, external_id, alert.case_id AS "case", received_at, triage.id IS NOT NULL AS in_triage
    FROM dissuasion_alert alert LEFT JOIN dissuasion_triageentry triage ON triage.alert_id = alert.id
"""
CASES = """
    SELECT id, status, due_way, attention, dispatch_due_at FROM dissuasion_case
"""
ASSIGNMENTS = """
    SELECT id, case_id AS "case", person_id AS person, part, status, assigned_at, acknowledge_by, acknowledged_at,
        due_at, ended_at
    FROM dissuasion_assignment ORDER BY assigned_at
"""
ACTS = """
    SELECT uuid, person_id AS person, kind, device, seq, verdict, assignment_id AS assignment FROM dissuasion_act
"""
EVENTS = """
    SELECT kind, case_id AS "case", assignment_id AS assignment, at, data ->> 'external_id' AS external_id,
        data ->> 'act' AS act, data ->> 'do' AS rung, (data ->> 'late_ms')::float / 1000 AS late_s
    FROM dissuasion_caseevent ORDER BY id
"""
VISITS = "SELECT act_id AS id FROM dissuasion_visit"


def read(url: str, *, monotonic_minus_wall_s: float, watched_until_s: float) -> Database:
    """Return the tables; moments become seconds of the monotonic clock, ids text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return value.timestamp() + monotonic_minus_wall_s
        return str(value) if isinstance(value, UUID) else value

    with psycopg.connect(url, row_factory=dict_row, connect_timeout=10) as connection:

        def rows(statement: Any) -> list[dict[str, Any]]:
            return [{name: plain(value) for name, value in row.items()} for row in connection.execute(statement)]

        return Database(
            alerts=rows(ALERTS), cases=rows(CASES), assignments=rows(ASSIGNMENTS), acts=rows(ACTS),
            events=rows(EVENTS), visits=[row["id"] for row in rows(VISITS)], watched_until_s=watched_until_s,
        )  # fmt: skip
