"""A case file becomes the lines that the demo's terminal shows."""

import datetime as dt
import io

import pytest
from rich.console import Console

from dissuasion.demo.show.screen import Screen
from dissuasion.demo.show.timeline import Timeline

HEARD = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


def event(kind: str, seconds: float, **more) -> dict:
    at = (HEARD + dt.timedelta(seconds=seconds)).isoformat()
    return {"kind": kind, "at": at, "happened_at": at, "by": None, "about": "Lin", "data": {}} | more


def file(*history: dict, **changes) -> dict:
    return {
        "status": "open", "risk": "high", "points": 111, "reasons": [{"text": "Money is already moving"}],
        "resident": {"name": "赵某"}, "place": "范集", "scam_name": "Fake loan", "amount_at_risk": "200000.00",
        "already_transferred": "0.00", "shortfall": [], "assignments": [], "visits": [], "check_ins": [],
        "history": list(history),
    } | changes  # fmt: skip


@pytest.fixture
def timeline(settings) -> Timeline:
    settings.LANGUAGE_CODE = "en"
    return Timeline("c-1", HEARD, "funds")


def test_only_what_came_after_the_warning_is_told(timeline):
    timeline.read(file(event("visited", -60), event("heard", 0), event("shown", 0.08)), [])
    assert [(entry.seconds, entry.text) for entry in timeline.entries] == [
        (0.0, "heard"), (0.0, "high risk, 111 points"), (0.08, "on the phone of Lin"),
    ]  # fmt: skip


def test_each_assignment_has_its_own_reasons(timeline):
    given = [
        {"name": "Lin", "reasons": [{"text": "Covers this village"}], "ended_at": None},
        {"name": "Lin", "reasons": [{"text": "Chosen by the desk"}], "ended_at": None},
    ]
    history = (event("heard", 0), event("assigned", 0.1), event("assigned", 9, by="Zhao"))
    timeline.read(file(*history, assignments=given), [])
    assert [(entry.text, entry.detail) for entry in timeline.entries[2:]] == [
        ("given to Lin", "Covers this village"), ("given to Lin by Zhao", ""),
    ]  # fmt: skip


def test_it_ends_with_the_outcome_and_what_was_kept(timeline):
    recorded = event("visited", 20, data={"disposition": "dissuaded"})
    kept = {"meaning": "protected", "evidence": "bank", "kind": "money", "quantity": "200000.000"}
    visit = {"happened_at": recorded["happened_at"], "disposition": "dissuaded", "decides": True, "note": "谈通了"}
    timeline.read(file(event("heard", 0), recorded, status="monitoring", visits=[visit | {"amounts": [kept]}]), [])
    assert (timeline.ended, timeline.dissuaded, timeline.saved) == (True, True, 200000)
    assert timeline.outcome == "dissuaded · ¥200,000 kept (bank slip)"
    assert timeline.entries[-1].detail == "谈通了"


def test_a_pipe_gets_every_step_once(timeline):
    out = io.StringIO()
    screen = Screen(Console(file=out, width=100))
    timeline.read(file(event("heard", 0)), [])
    screen.update(timeline)
    screen.update(timeline)
    timeline.read(file(event("heard", 0), event("shown", 0.5)), [])
    timeline.give_up()
    screen.finish(timeline)
    lines = out.getvalue().splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("[赵某]")
    assert lines[-1].endswith("= waits on the board")
