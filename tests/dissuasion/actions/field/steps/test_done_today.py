"""What was done today stands on the worklist, so that a record can be corrected: without a name or an address."""

import json

from tests.cast import PHONE
from tests.dissuasion.actions.field.phone import Phone


def test_it_lists_what_was_recorded_today(lin):
    uuid = lin.records("wavering")["uuid"]
    document = lin.work()
    (row,) = document["done_today"]
    assert document["assignments"] == []
    assert (row["id"], row["visit"], row["disposition"], row["decides"]) == (lin.assignment, uuid, "wavering", True)
    assert (row["status"], row["short_name"], row["risk"]) == ("cleared", "赵某", "high")
    assert PHONE not in json.dumps(document, ensure_ascii=False)


def test_it_names_the_correction_once_there_is_one(lin):
    first = lin.records()["uuid"]
    record = {"met": True, "disposition": "refused"}
    second = lin.does("correction", corrects=first, reason="slip", record=record)["uuid"]
    (row,) = lin.work()["done_today"]
    assert (row["visit"], row["disposition"]) == (second, "refused")


def test_it_lists_what_was_given_back(lin):
    lin.does("decline", reason="unwell")
    (row,) = lin.work()["done_today"]
    assert (row["status"], row["visit"], row["disposition"], row["decides"]) == ("declined", None, None, False)


def test_it_says_nothing_new_of_a_case_that_others_hold_now(lin, gu, cast):
    lin.does("decline", reason="unwell")
    before = lin.work()
    gu.asks(f"cases/{lin.case}/risk", risk="low", reason="x")
    assert lin.work() == before


def test_it_shows_each_their_own(lin, cast):
    lin.records()
    assert Phone(cast, "qin").work()["done_today"] == []


def test_it_begins_anew_at_midnight_in_the_city(lin, cast, clock):
    lin.records()
    clock.shift(15 * 3600 - 60)
    lin = Phone(cast, "lin")
    assert len(lin.work()["done_today"]) == 1
    clock.shift(60)
    assert lin.work()["done_today"] == []


def test_it_draws_no_line_that_nobody_knows(lin):
    (assignment,) = lin.work()["assignments"]
    assert assignment["place"]["outline"] is None
