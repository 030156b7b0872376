"""What the figures' door answers to a question that can't be: a problem with the field, never a 500."""

import pytest

from tests.dissuasion.actions.field.phone import Desk

pytestmark = pytest.mark.django_db


def ask(cast, query, name="gu"):
    return Desk(cast, name).client.get(f"/api/v1/figures?{query}")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("start=2026-03-05&end=2026-03-04", "start"),
        ("start=2024-01-01&end=2026-01-01", "start"),
        ("start=2999-01-01", "start"),
        ("start=yesterday", "start"),
        ("start=2026-02-30", "start"),
        ("end=2026-03-04T09:00:00%2B08:00", "end"),
        ("start=9999-12-31&end=9999-12-31", "end"),
        ("start=0001-01-01&end=0001-01-01", "start"),
        ("unit=mine", "unit"),
        ("unit=0", "unit"),
        ("unit=99999999999999999999", "unit"),
    ],
)
def test_it_names_what_it_can_not_read(cast, query, field):
    answer = ask(cast, query)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_it_answers_a_whole_year_and_not_a_day_more(cast):
    assert ask(cast, "start=2025-03-04&end=2026-03-04").status_code == 200
    assert ask(cast, "start=2025-03-04&end=2026-03-06").status_code == 400


def test_it_answers_one_day_when_only_the_end_is_given(cast):
    found = ask(cast, "end=2026-03-04").json()
    assert (found["from"], found["to"]) == ("2026-03-04T00:00:00+08:00", "2026-03-05T00:00:00+08:00")


def test_it_refuses_those_who_see_no_figures(cast):
    for name in ("lin", "mei", "sun"):
        assert ask(cast, "", name).status_code == 403
    assert ask(cast, f"unit={cast.units['411624'].pk}").status_code == 404
