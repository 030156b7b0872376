"""The moves of a case: one row or Conflict, by the table, and the same columns wherever a move is made."""

import datetime as dt

import pytest
from django.utils import timezone

from config.lib.http.problems import Conflict
from dissuasion.actions.case import by_chief, conclusion, level, moves
from dissuasion.models import Act, Case
from dissuasion.rules import states
from dissuasion.rules.dispositions import MESSAGE_SENT
from dissuasion.rules.levels import Risk
from dissuasion.telling import versions
from dissuasion.telling.stamp import Stamp

OPEN_AGAIN = {"status": "open", "closed_at": None, "follow_up_on": None, "monitored_from": None}
ENDED = {
    "status": "closed", "attention": "", "shortfall": [], "dispatch_due_at": None, "follow_up_on": None,
    "monitored_from": None, "message_due_at": None, "reminder_at": None,
}  # fmt: skip


@pytest.fixture
def case(lin) -> Case:
    """The case on Lin's phone, of which nobody has decided anything."""
    return Case.objects.get(pk=lin.case)


@pytest.fixture
def monitored(lin) -> Case:
    """Lin has persuaded the resident: the case is monitored until tomorrow."""
    lin.records("dissuaded")
    return Case.objects.get(pk=lin.case)


def columns(case: Case, expected: dict) -> dict:
    case.refresh_from_db()
    return {name: getattr(case, name) for name in expected}


def by_desk(case, gu, send_alert, lin, cast):
    gu.asks(f"cases/{case.pk}/assign", person=str(cast.qin.pk))


def by_level(case, gu, send_alert, lin, cast):
    gu.asks(f"cases/{case.pk}/risk", risk="high", reason="again")


def by_warning(case, gu, send_alert, lin, cast):
    send_alert(external_id="again", already_transferred=5000)


def by_reply(case, gu, send_alert, lin, cast):
    with versions.one_change():
        level.raise_to(case, Risk.HIGH, Stamp(timezone.now()), reason="reply_paying")


@pytest.mark.parametrize("again", [by_desk, by_level, by_warning, by_reply])
def test_open_again_it_looks_the_same_whoever_opened_it(monitored, gu, send_alert, lin, cast, again):
    again(monitored, gu, send_alert, lin, cast)
    assert columns(monitored, OPEN_AGAIN) == OPEN_AGAIN
    assert monitored.disposition == "dissuaded"


def ended_by_desk(case, lin, gu):
    gu.asks(f"cases/{case.pk}/recall", reason="mistake")
    gu.asks(f"cases/{case.pk}/decide", decision="close", reason="mistake")


def ended_by_record(case, lin, gu):
    lin.records("no_fraud")


def ended_by_message(case, lin, gu):
    with versions.one_change():
        conclusion.close(case, Stamp(timezone.now()), disposition=MESSAGE_SENT)


@pytest.mark.parametrize("end", [ended_by_desk, ended_by_record, ended_by_message])
def test_closed_it_looks_the_same_whoever_closed_it(case, lin, gu, end):
    Case.objects.filter(pk=case.pk).update(shortfall=[{"code": "nobody_here"}], message_due_at=timezone.now())
    case.refresh_from_db()
    end(case, lin, gu)
    assert columns(case, ENDED) == ENDED
    assert case.closed_at is not None


def test_a_case_that_somebody_else_moved_is_a_conflict(case, db):
    Case.objects.filter(pk=case.pk).update(status="monitoring")
    with pytest.raises(Conflict):
        by_chief.close(case, Stamp(timezone.now()), reason="x")


def test_a_closed_case_is_never_monitored(case):
    case.status = states.Case.CLOSED
    with pytest.raises(ValueError, match="closed to monitoring"):
        moves.monitor(case, Stamp(timezone.now()), day=dt.date(2026, 3, 5))


def test_what_a_message_settled_says_no_more_once_it_is_open_again(case):
    with versions.one_change():
        conclusion.close(case, Stamp(timezone.now()), disposition=MESSAGE_SENT)
        level.raise_to(case, Risk.HIGH, Stamp(timezone.now()), reason="reply_paying")
    assert columns(case, {"disposition": "", "status": "open"}) == {"disposition": "", "status": "open"}


def test_a_correction_keeps_the_day_from_which_follow_ups_count(monitored, lin):
    since = monitored.monitored_from
    record = {"met": True, "disposition": "wavering"}
    act = str(Act.objects.get(kind="visit").pk)
    lin.does("correction", corrects=act, reason="she was not sure", record=record)
    assert columns(monitored, {"monitored_from": 0, "status": 0}) == {"monitored_from": since, "status": "monitoring"}


def test_a_record_of_whoever_still_holds_a_closed_case_is_kept_and_decides(case, lin):
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=timezone.now())
    assert lin.records("dissuaded")["verdict"] in ("applied", "flagged")
    assert columns(case, {"status": "", "closed_at": 0}) == {"status": "monitoring", "closed_at": None}
