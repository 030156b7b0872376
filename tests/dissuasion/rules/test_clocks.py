"""Which clock runs: the one that ends first of those that are still to be met, contact among them."""

import datetime as dt

import pytest

from dissuasion.rules.clocks import Clock, calls_first, next_look, running, unmet
from tests.vectors.made import NINE, Lead

SOON = NINE + dt.timedelta(minutes=1)


@pytest.mark.parametrize(("status", "clock"), [
    ("assigned", Clock.ACKNOWLEDGE), ("acknowledged", Clock.CONTACT), ("en_route", Clock.CONTACT),
    ("on_scene", Clock.RECORD),
])  # fmt: skip
def test_it_is_the_one_of_the_next_step(status, clock):
    assert running(Lead(status, None, None, calls_first=True)).clock == clock


def test_it_is_the_door_once_the_resident_was_reached_or_need_not_be():
    assert running(Lead("en_route", SOON, None, calls_first=True)).clock == Clock.ARRIVE
    assert running(Lead("en_route", None, None, calls_first=False)).clock == Clock.ARRIVE


def test_it_is_the_record_once_somebody_has_arrived():
    assert running(Lead("en_route", None, SOON, calls_first=True)).clock == Clock.RECORD


@pytest.mark.parametrize("status", ["cleared", "declined", "lapsed", "recalled"])
def test_none_runs_on_what_has_ended(status):
    assert running(Lead(status, None, None, calls_first=True)) is None


def test_all_are_unmet_while_nobody_has_answered():
    assert list(unmet(Lead("assigned", None, None, calls_first=True))) == list(Clock)


def test_the_watch_never_looks_back():
    lead = Lead("assigned", None, None, calls_first=True)
    assert next_look(lead, status="acknowledged", at=SOON) == lead.contact_by
    late = NINE + dt.timedelta(minutes=9)
    assert next_look(lead, status="acknowledged", at=late) == late
    assert next_look(lead, status="on_scene", at=SOON) == lead.record_by


@pytest.mark.parametrize(("risk", "follow_up", "has_phone", "expected"), [
    ("high", False, True, True), ("high", True, True, False), ("high", False, False, False),
    ("medium", False, True, False),
])  # fmt: skip
def test_only_a_first_visit_of_high_risk_is_preceded_by_a_call(risk, follow_up, has_phone, expected):
    assert calls_first(risk=risk, follow_up=follow_up, has_phone=has_phone) is expected
