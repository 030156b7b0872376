"""The comparison of the ledgers finds what is wrong: each thing is put in once, on purpose."""

from dataclasses import replace

import pytest

from tests.faults.books import reconcile
from tests.faults.books.ledger import Database, Done, Final, Phones, Seen, Sent, Window
from tests.faults.plan import MINIATURE, RESTORED, ROUND, Kind, long

LIN = "lin"


def sent(**changes):
    line = Sent("a-1", True, 10.0, 10.1, 201, "case-1", "case", "high", 1, ["alert-1"])
    return [replace(line, **changes)]


def act(kind="acknowledge", **changes):
    return replace(Done(f"act-{kind}", kind, LIN, "as-1", "phone-1", 1, "applied"), **changes)


def phones(**changes):
    document = {"epoch": "e", "version": 3, "assignments": [{"id": "as-1"}], "done_today": []}
    ledger = Phones(
        seen=[Seen(LIN, "as-1", "case-1", 10.3)], done=[act()], finals=[Final(LIN, document, dict(document))]
    )
    return replace(ledger, **changes)


def base(**changes):
    tables = Database(
        alerts=[{"id": "alert-1", "external_id": "a-1", "case": "case-1", "received_at": 10.05, "in_triage": False}],
        cases=[{"id": "case-1", "status": "open", "due_way": "visit", "attention": "", "dispatch_due_at": None}],
        assignments=[assignment()],
        acts=[{"uuid": "act-acknowledge", "person": LIN, "kind": "acknowledge", "device": "phone-1", "seq": 1,
               "verdict": "applied", "assignment": "as-1"}],
        events=[event("heard", external_id="a-1"), event("assigned", "as-1"), event("acknowledged", "as-1")],
        visits=[],
        watched_until_s=60.0,
    )  # fmt: skip
    return replace(tables, **changes)


def assignment(**changes):
    row = {"id": "as-1", "case": "case-1", "person": LIN, "part": "lead", "status": "acknowledged",
           "assigned_at": 10.1, "acknowledge_by": 30.1, "acknowledged_at": 12.0, "due_at": 300.0,
           "ended_at": None}  # fmt: skip
    return row | changes


def event(kind, assignment=None, *, external_id=None, act=None):
    return {
        "kind": kind,
        "case": "case-1",
        "assignment": assignment,
        "at": 10.1,
        "external_id": external_id,
        "act": act,
        "rung": None,
        "late_s": None,
    }


def test_what_is_well_has_no_findings():
    assert reconcile.lost(sent(), phones(), base(), []) == []
    assert reconcile.doubled(sent(), phones(), base()) == []
    assert reconcile.skipped(phones(), base()) == []


@pytest.mark.parametrize(
    ("alerts", "ledger", "tables"),
    [
        (sent(answered_s=None), phones(), base()),
        (sent(status=404), phones(), base()),
        (sent(case="case-2"), phones(), base()),
        (sent(), phones(), base(alerts=[])),
        (sent(case=None), phones(), base(alerts=[base().alerts[0] | {"case": None}])),
        (sent(), phones(seen=[]), base()),
        (sent(), phones(done=[act(verdict="")]), base()),
        (sent(), phones(), base(acts=[])),
        (sent(), phones(), base(acts=[base().acts[0] | {"seq": 7}])),
        (sent(), phones(), base(events=base().events[:2])),
        (sent(), phones(done=[act("visit")]), base(acts=[base().acts[0] | {"uuid": "act-visit", "kind": "visit"}])),
    ],
    ids=["unanswered", "refused", "other case", "no row", "nowhere", "unseen", "no receipt", "no act", "other act",
         "no step", "no visit"],
)  # fmt: skip
def test_it_finds_one_loss(alerts, ledger, tables):
    assert len(reconcile.lost(alerts, ledger, tables, [])) == 1


@pytest.mark.parametrize(
    ("alerts", "ledger", "tables"),
    [
        (sent(), phones(), base(alerts=base().alerts * 2)),
        ([], phones(), base()),
        (sent(alerts=["alert-1", "alert-2"]), phones(), base()),
        (sent(), phones(), base(events=[*base().events, base().events[0]])),
        (sent(), phones(seen=phones().seen * 2), base()),
        (sent(), phones(), base(assignments=[])),
        (sent(), phones(odd=[{"what": "again", "person": LIN, "assignment": "as-1"}]), base()),
        (sent(), phones(), base(assignments=[assignment(), assignment(id="as-2")])),
        (sent(), phones(done=[]), base()),
        (sent(), phones(), base(acts=base().acts * 2)),
        (sent(), phones(), base(events=[*base().events, base().events[2]])),
        (sent(), phones(), base(events=[*base().events, *[event("rung", "as-1") | {"rung": "second"}] * 2])),
        (sent(), phones(), base(events=[*base().events, *[event("visited", "as-1", act="act-visit")] * 2])),
    ],
    ids=["two rows", "never sent", "two answers", "told twice", "new twice", "phantom", "came back", "two leads",
         "never recorded", "same number", "step twice", "rung twice", "visit twice"],
)  # fmt: skip
def test_it_finds_one_double(alerts, ledger, tables):
    assert len(reconcile.doubled(alerts, ledger, tables)) == 1


@pytest.mark.parametrize(
    ("ledger", "tables"),
    [
        (phones(), base(cases=[base().cases[0] | {"dispatch_due_at": 20.0}])),
        (phones(), base(assignments=[assignment(status="declined", ended_at=20.0)])),
        (phones(), base(assignments=[assignment(status="assigned", acknowledged_at=None, due_at=30.0)])),
        (phones(), base(assignments=[assignment(status="assigned", acknowledged_at=None, due_at=None)])),
        (phones(finals=[Final(LIN, {"version": 3}, {"version": 4})]), base()),
        (phones(odd=[{"what": "backward", "person": LIN, "had": 4, "got": 3, "by": "work"}]), base()),
    ],
    ids=["due and left", "held by nobody", "deadline passed over", "no clock", "phone behind", "version backward"],
)  # fmt: skip
def test_it_finds_one_skipped(ledger, tables):
    assert len(reconcile.skipped(ledger, tables)) == 1


def test_a_shortfall_is_not_skipped():
    waiting = base().cases[0] | {"attention": "shortfall", "dispatch_due_at": 62.0}
    assert reconcile.skipped(phones(), base(cases=[waiting], assignments=[])) == []


def test_what_was_taken_back_from_a_frozen_phone_is_not_lost():
    gone = base(assignments=[assignment(status="lapsed", ended_at=31.0)])
    frozen = Window(Kind.PHONE_FREEZE, 9.0, 28.0, frozenset({LIN}))
    assert len(reconcile.lost(sent(), phones(seen=[]), gone, [])) == 1
    assert reconcile.lost(sent(), phones(seen=[]), gone, [frozen]) == []


def test_delays_run_from_the_first_try_to_the_first_sight():
    assert reconcile.delays(sent(), phones(), base(), []) == [(10.0, pytest.approx(0.3))]


def test_an_alert_that_joins_a_case_in_hand_has_no_delay():
    held = base(assignments=[assignment(assigned_at=9.0)])
    assert reconcile.delays(sent(), phones(), held, []) == []


def test_a_frozen_phone_has_no_delay():
    frozen = Window(Kind.PHONE_FREEZE, 10.2, 28.0, frozenset({LIN}))
    assert reconcile.delays(sent(), phones(), base(), [frozen]) == []


def test_lateness_is_told_apart_around_faults():
    rows = [event("rung", f"as-{n}") | {"at": due + 0.5, "late_s": 0.5} for n, due in enumerate((30.0, 50.0))]
    restart = Window(Kind.POSTGRES_RESTART, 49.0, 51.0)
    assert reconcile.lateness(base(events=rows), [restart]) == ([0.5], [0.5])


def test_the_plans_have_what_they_promise():
    whole = long(alerts=20_000, faults=24, seconds=720)
    assert {fault.kind for fault in whole.faults} == set(ROUND) == set(Kind) - {fault.kind for fault in RESTORED.faults}
    assert whole.load.singles + whole.load.in_batches == whole.load.alerts == 20_000
    wanted = {Kind.WEB_KILL, Kind.WATCH_KILL, Kind.REDIS_RESTART, Kind.REDIS_FLUSH, Kind.POSTGRES_RESTART,
              Kind.PHONE_FREEZE}  # fmt: skip
    assert wanted <= {fault.kind for fault in MINIATURE.faults}
