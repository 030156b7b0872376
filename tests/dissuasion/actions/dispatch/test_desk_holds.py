"""What a desk has decided holds against the machine, and what it was asked is never overwritten."""

import pytest

from dissuasion.models import Case
from tests.dissuasion.actions.field.phone import Phone


def repeat(send_alert, number, **changes):
    body = {"risk": "low", "channel": "sms", "amount_at_risk": "0", "already_transferred": "0"}
    return send_alert(external_id=f"repeat-{number}", **body | changes)


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_it_leaves_a_recalled_case_to_the_desk_when_another_warning_comes(lin, gu, cast, send_alert, commits):
    gu.recalls(lin)
    with commits():
        repeat(send_alert, 1)
    assert (lin.held(), Phone(cast, "qin").held()) == ([], [])
    assert Case.objects.get().attention == "recalled"


def test_it_sends_nobody_again_whom_the_desk_took_off(lin, gu, cast, commits):
    qin = Phone(cast, "qin")
    gu.assigns(lin, str(cast.qin.pk), instead_of=lin.work()["assignments"][0]["id"])
    qin.work()
    with commits():
        qin.does("decline", reason="unwell")
    assert (lin.held(), qin.held()) == ([], [])
    assert Case.objects.get().attention == "shortfall"


def test_it_keeps_a_lowered_level_when_a_harmless_warning_repeats(lin, gu, send_alert):
    gu.asks(f"cases/{lin.case}/risk", risk="low", reason="checked with the bank")
    repeat(send_alert, 1)
    assert Case.objects.get().risk == "low"


def test_it_raises_a_lowered_level_when_money_moves_anew(lin, gu, send_alert):
    gu.asks(f"cases/{lin.case}/risk", risk="low", reason="checked with the bank")
    repeat(send_alert, 1, risk="high", channel="funds", amount_at_risk="300000", already_transferred="5000")
    assert Case.objects.get().risk == "high"


def test_it_tells_the_desk_when_a_grid_member_leads_what_became_high(gu, cast, send_alert):
    case = repeat(send_alert, 1).json()["case"]
    gu.asks(f"cases/{case}/assign", person=str(cast.mei.pk))
    send_alert(external_id="funds")
    assert (Case.objects.get().risk, Case.objects.get().attention) == ("high", "needs_officer")


def test_it_opens_a_monitored_case_that_the_desk_raises(lin, gu, cast, commits):
    lin.records("dissuaded")
    gu.asks(f"cases/{lin.case}/risk", risk="medium", reason="calm")
    with commits():
        gu.asks(f"cases/{lin.case}/risk", risk="high", reason="called again")
    assert (Case.objects.get().status, lin.held()) == ("open", ["assigned"])
