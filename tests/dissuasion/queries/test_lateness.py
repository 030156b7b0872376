"""What counts as late: every clock that `watch` serves, and nothing that was put off."""

import datetime as dt

import pytest
from django.db.models import DateTimeField
from django.utils import timezone

from dissuasion.models import Act, Assignment, Case
from dissuasion.queries import lateness


def late(tolerance_s: float = 10) -> dict[str, lateness.Late]:
    return {found.clock: found for found in lateness.late(at=timezone.now(), tolerance_s=tolerance_s)}


def set_all(**columns) -> None:
    """Set clocks of the only case, its assignment and an act."""
    Case.objects.update(dispatch_due_at=columns.get("dispatch"))
    clocks = {"due_at": "deadline", "safety_due_at": "safety", "push_due_at": "push"}
    Assignment.objects.update(**{column: columns.get(name) for column, name in clocks.items()})
    Act.objects.update(retry_at=columns.get("retry"))


@pytest.fixture
def nothing_due(lin) -> None:
    lin.does("receipt")
    set_all()


@pytest.mark.parametrize("clock_name", ["dispatch", "deadline", "safety", "push", "retry"])
def test_it_finds_what_is_late_on_every_clock(nothing_due, clock_name):
    now = timezone.now()
    set_all(**{clock_name: now - dt.timedelta(seconds=11)})
    found = late()[clock_name]
    assert (found.count, found.seconds, len(found.things)) == (1, 11, 1)
    assert late().keys() == {clock_name}


def test_it_leaves_out_what_is_within_the_tolerance_or_put_off(nothing_due):
    now = timezone.now()
    set_all(dispatch=now - dt.timedelta(seconds=9), deadline=now + dt.timedelta(seconds=20))
    assert late() == {}


def test_it_counts_all_and_names_the_ten_oldest(nothing_due, cast):
    now, row = timezone.now(), Assignment.objects.get()
    for second in range(12):
        row.pk, row.status, row.due_at = None, "lapsed", now - dt.timedelta(seconds=60 + second)
        row.id = Assignment._meta.pk.get_default()
        row.save(force_insert=True)
    found = late()["deadline"]
    assert (found.count, found.seconds, len(found.things)) == (12, 71, 10)
    assert found.things[0][1] < found.things[-1][1]


def test_it_asks_the_same_number_of_questions_however_much_is_late(nothing_due, django_assert_num_queries):
    with django_assert_num_queries(len(lateness.CLOCKS)):
        late()
    Case.objects.update(dispatch_due_at=timezone.now() - dt.timedelta(hours=1))
    with django_assert_num_queries(len(lateness.CLOCKS)):
        late()


@pytest.mark.parametrize("clock", lateness.CLOCKS, ids=lambda clock: clock.name)
def test_it_reads_every_clock_from_an_index(clock):
    indexed = {index.fields[0] for index in clock.model._meta.indexes}
    assert clock.column in indexed


def test_it_knows_every_column_that_says_when_something_is_due():
    models = {clock.model for clock in lateness.CLOCKS}
    due = {
        (model, column.name)
        for model in models
        for column in model._meta.get_fields()
        if isinstance(column, DateTimeField) and column.name.endswith(("due_at", "retry_at"))
    }
    assert due == {(clock.model, clock.column) for clock in lateness.CLOCKS}
