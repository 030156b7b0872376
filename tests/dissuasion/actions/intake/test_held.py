"""Somebody holds a row that an alert needs: it is waited for a short while in all, and its neighbours are kept."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from dissuasion.actions.intake import reception
from dissuasion.models import Alert, Case, Policy
from tests.cast import alert

pytestmark = pytest.mark.django_db(transaction=True)
MOST_S = 5.0  # three seconds of waiting, and the work of a machine that is busy with other tests
LOST = [alert(external_id=f"lost-{number}", resident={"phone": f"100000008{number:02d}"}) for number in range(20)]
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one lock for all")


@pytest.fixture(autouse=True)
def rules(live_cast):
    """The rules in force, as any running city has them."""
    return [Policy.current(kind) for kind in Policy.Kind.values]


@contextmanager
def held(statement: str, *values: Any) -> Iterator[None]:
    """Hold what a statement locks, from a connection of somebody else."""
    given = {name: connection.get_connection_params()[name] for name in ("dbname", "user", "password", "host", "port")
             if name in connection.get_connection_params()}  # fmt: skip
    with psycopg.connect(**given) as other:
        other.execute(statement, values)
        yield
        other.rollback()


def statuses(answer):
    return [row["status"] for row in answer.json()["rows"]]


@on_postgresql
@pytest.mark.parametrize("locked", ["case", "resident"])
def test_one_row_that_is_held_holds_up_no_other(live_cast, post, post_batch, locked):
    post(alert())
    table, pk = (
        ("dissuasion_case", Case.objects.get().pk)
        if locked == "case"
        else ("households_resident", live_cast.other_resident.pk)
    )
    wanted = alert(external_id="held", resident={"phone": "10000000001" if locked == "case" else "10000000002"})
    with held(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", pk):  # noqa: S608
        began = time.monotonic()
        answer = post_batch([*LOST[:10], wanted, *LOST[10:]])
        took = time.monotonic() - began
    assert statuses(answer) == [201] * 10 + [503] + [201] * 10
    assert took < MOST_S
    assert statuses(post_batch([wanted])) == [201]


@on_postgresql
def test_an_officer_whose_worklist_is_held_holds_up_no_batch(live_cast, post_batch):
    rows = [alert(external_id=str(number)) for number in range(2)]
    rows += [alert(external_id="other", resident={"phone": "10000000002"})]
    with held("SELECT 1 FROM dissuasion_workversion FOR UPDATE"):
        began = time.monotonic()
        answer = post_batch(rows)
        took = time.monotonic() - began
    assert (statuses(answer), took < MOST_S) == ([201] * 3, True)
    assert Case.objects.filter(dispatch_due_at=None).count() == 0  # the watch sends somebody


@on_postgresql
def test_an_alert_alone_is_asked_for_again(live_cast, post):
    post(alert())
    with held("SELECT 1 FROM dissuasion_case FOR UPDATE"):
        began = time.monotonic()
        answer = post(alert(external_id="a-2"))
        took = time.monotonic() - began
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "busy", "2")
    assert took < MOST_S


@on_postgresql
def test_what_is_given_free_in_time_is_kept(live_cast, post, monkeypatch):
    post(alert())
    hold = reception.joining.hold
    holding = held("SELECT 1 FROM dissuasion_case FOR UPDATE")
    holding.__enter__()

    def given_free(residents):
        holding.__exit__(None, None, None)
        return hold(residents)

    monkeypatch.setattr(reception.joining, "hold", given_free)
    assert post(alert(external_id="a-2")).status_code == 201
    assert Alert.objects.count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows")
def test_a_database_that_is_held_is_waited_for_as_long(live_cast, post_batch):
    with sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        answer = post_batch(LOST)
        took = time.monotonic() - began
        other.execute("ROLLBACK")
    assert (statuses(answer), took < MOST_S) == ([503] * len(LOST), True)
    assert statuses(post_batch(LOST)) == [201] * len(LOST)
