"""A long case: its file holds the newest of everything, and leads to the lines before."""

import pytest

from dissuasion.models import CaseEvent, CheckIn
from dissuasion.queries.desk import newest
from tests.dissuasion.actions.field.phone import Phone


@pytest.fixture
def lin(cast, send_alert, monkeypatch):
    """Lin's phone with a case whose lists hold five at most."""
    monkeypatch.setattr(newest, "LISTED", 5)
    send_alert()
    phone = Phone(cast, "lin")
    phone.work()
    return phone


def test_it_pages_the_history_from_the_newest_back(gu, lin):
    for number in range(12):
        lin.does("help", words=f"word {number}")
    whole = list(CaseEvent.objects.order_by("pk").values_list("kind", flat=True))
    file, pages = gu.case(lin), []
    assert [line["said"] for line in file["history"]] == [f"word {number}" for number in range(7, 12)]
    while True:
        pages = [line["kind"] for line in file["history"]] + pages
        if file["history_before"] is None:
            break
        file = gu.reads(f"cases/{lin.case}?before={file['history_before']}")
    assert pages == whole


def test_it_says_which_lists_are_cut(gu, lin):
    assert gu.case(lin)["cut"] == []
    for _number in range(7):
        lin.does("arrive")
    file = gu.case(lin)
    assert (file["cut"], len(file["check_ins"]), CheckIn.objects.count()) == (["check_ins"], 5, 7)
    moments = [row["at"] for row in file["check_ins"]]
    assert moments == sorted(moments)


@pytest.mark.parametrize("before", ["x", "0", "-1", "9" * 30, "1.5"])
def test_it_names_a_line_that_cannot_be_one(gu, lin, before):
    answer = gu.client.get(f"/api/v1/cases/{lin.case}?before={before}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "before")


def test_many_calls_for_help_make_no_large_file(gu, cast, send_alert):
    send_alert()
    lin = Phone(cast, "lin")
    lin.work()
    for many in (100, 20):
        lin.send(*(lin.envelope("help", {"words": "x" * 300}) for _number in range(many)))
    answer = gu.client.get(f"/api/v1/cases/{lin.case}")
    assert (len(answer.json()["history"]), len(answer.content) < 120_000) == (100, True)
