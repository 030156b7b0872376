"""The tables of the work: looked at, never changed, nothing sealed in them, and quick when they are long."""

import pytest
from django.contrib import admin
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.lib.admin import pages as lib
from dissuasion.models import Act, Alert, Assignment, Case, CaseEvent, CheckIn, TriageEntry, Visit
from tests.cast import PHONE, synthetic_id

TABLES = [Alert, TriageEntry, Case, Assignment, Act, CheckIn, Visit, CaseEvent]
pytestmark = pytest.mark.django_db(transaction=True)


def named(model, kind, *args):
    return reverse(f"admin:dissuasion_{model._meta.model_name}_{kind}", args=args)


def everything():
    rows = {model: model.objects.order_by("pk").values() for model in TABLES}
    return {model: [{k: getattr(v, "blob", v) for k, v in row.items()} for row in rows[model]] for model in TABLES}


def test_nothing_is_added_changed_or_deleted_by_any_post(work):
    sun = work.client("sun")
    assert work.sun.is_superuser
    before = everything()
    for model in TABLES:
        row = model.objects.first()
        fields = {
            "status": "closed",
            "risk": "low",
            "kind": "note",
            "verdict": "applied",
            "met": "",
            "case": "",
            "_save": "",
        }
        assert sun.post(named(model, "add"), fields).status_code == 403, model
        assert sun.post(named(model, "change", row.pk), fields).status_code == 403, model
        assert sun.post(named(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes", "form-TOTAL_FORMS": "0"}
        assert sun.post(named(model, "changelist"), chosen).status_code in (200, 302, 403), model
    assert everything() == before


def test_nothing_sealed_is_shown(work):
    sun = work.client("sun")
    secrets = (PHONE, synthetic_id(1), "示范路12号", "canary-note", "13900000000", "院里有狗", "33.466", "114.875")
    for model in TABLES:
        row = model.objects.first()
        for page in (sun.get(named(model, "changelist")), sun.get(named(model, "change", row.pk))):
            text = page.content.decode()
            assert [secret for secret in secrets if secret in text] == [], model


def asked(client, model):
    """Return the SQL that the list of a table asks for."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(named(model, "changelist")).status_code == 200
    return [query["sql"] for query in queries]


def test_a_list_sorts_by_primary_key_and_counts_within_bounds(work):
    sun = work.client("sun")
    for model in TABLES:
        table, key = model._meta.db_table, model._meta.pk.column
        mine = [sql for sql in asked(sun, model) if f'FROM "{table}"' in sql]
        counts = [sql for sql in mine if "COUNT(" in sql]
        assert ["LIMIT 10000" in sql for sql in counts] == [True], model
        rows = [sql for sql in mine if "COUNT(" not in sql and "ORDER BY" in sql]
        assert [sql.split("ORDER BY ")[1] for sql in rows] == [f'"{table}"."{key}" DESC']


def test_a_list_asks_as_much_for_many_rows_as_for_few(work, send_alert):
    sun = work.client("sun")
    before = {model: len(asked(sun, model)) for model in TABLES}
    for number in range(4):
        send_alert(external_id=f"more-{number}")
        lost = {"phone": f"1390000001{number}", "division_code": "411681112200"}
        send_alert(external_id=f"lost-{number}", resident=lost)
    assert {model: len(asked(sun, model)) for model in TABLES} == before


def test_a_column_header_cannot_sort_a_million_rows(work):
    response = work.client("sun").get(named(Case, "changelist"), {"o": "8"})
    assert set(response.context["cl"].queryset.query.order_by) == {"-pk"}


def test_the_paginator_stops_counting(work, monkeypatch):
    monkeypatch.setattr(lib, "MAX_LISTED", 2)
    pages = lib.BoundedPaginator(CaseEvent.objects.order_by("-pk"), 1)
    assert CaseEvent.objects.count() > 2
    assert (pages.count, pages.num_pages) == (2, 2)
    assert isinstance(pages, Paginator)
    assert admin.site._registry[CaseEvent].show_full_result_count is False


def listed(client, model, typed):
    return [row.pk for row in client.get(named(model, "changelist"), {"q": typed}).context["cl"].result_list]


def test_a_case_is_found_by_number_id_unit_and_number_of_its_resident(work):
    sun, case = work.client("sun"), Case.objects.get()
    for typed in (case.number, case.number.lower(), str(case.pk), case.unit.code, PHONE, synthetic_id(1)):
        assert listed(sun, Case, typed) == [case.pk], typed
    for typed in ("D-250101-AAAAA", "D-259999-AAAAA", "nothing", "10000000009"):
        assert listed(sun, Case, typed) == [], typed


def test_the_rest_is_found_by_case_number_and_id(work):
    sun, case = work.client("sun"), Case.objects.get()
    for model in (Assignment, Act, CheckIn, Visit, CaseEvent, Alert):
        rows = listed(sun, model, case.number)
        assert rows, model
        assert rows == listed(sun, model, str(case.pk)), model
    entry = TriageEntry.objects.get()
    assert listed(sun, TriageEntry, str(entry.pk)) == [entry.pk]
    assert listed(sun, Alert, "a-1") == [Alert.objects.get(external_id="a-1").pk]
    assert listed(sun, Act, "nothing") == []


def test_filters_work_and_ask_for_no_list_of_values(work):
    sun = work.client("sun")
    assert len(sun.get(named(Case, "changelist"), {"risk": "high"}).context["cl"].result_list) == 1
    assert len(sun.get(named(Case, "changelist"), {"risk": "low"}).context["cl"].result_list) == 0
    assert len(sun.get(named(Case, "changelist"), {"status__exact": "monitoring"}).context["cl"].result_list) == 1
