"""What went wrong in comparable systems (promises.md F), each as what prevents it here.

Those that are tested beside their kind stand in docs/promises.md with the path of their test.
"""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.people import go_off_duty
from dissuasion.actions.clocks import due
from dissuasion.actions.messages import sender
from dissuasion.models import Assignment, CaseEvent, CheckIn, Delivery
from dissuasion.rules import ladder
from dissuasion.rules.ladder import FIRST_LADDER
from tests.dissuasion.actions.field.phone import Desk, Phone, codes, history, position, rungs, since_nine

MONTHS = dt.timedelta(days=61)


def looks() -> None:
    """Everything that `watch` does with messages, once."""
    due.tick(at=timezone.now())
    sender.tick(at=timezone.now())


def test_a_visit_recorded_offline_is_kept_when_the_case_was_given_away_meanwhile(lin, gu, cast, clock):
    record = lin.envelope("visit", {"met": True, "disposition": "dissuaded", "note": "先生已停手"})
    clock.shift(600)
    gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment)
    (receipt,) = lin.send(record)
    assert codes(receipt) == ["late", "after_recall"]
    assert Phone(cast, "qin").work()["assignments"][0]["history"]["visits"][0]["by"] == cast.lin.name
    assert gu.case(lin)["attention"] == "flagged"


def test_a_receipt_that_was_not_heard_is_no_success(lin):
    act = lin.envelope("acknowledge", {})
    lin.send(act)  # the answer is lost on its way
    (again,) = lin.send(act)
    assert (again["uuid"], again["verdict"], again["repeated"]) == (act["uuid"], "already_applied", True)


def test_a_phone_that_has_not_sent_for_weeks_is_seen_by_its_chief(lin, cast, clock):
    body = {"device": lin.device, "app_version": "b1", "last_seq": 9, "unsent": 9}
    oldest = timezone.now().isoformat()
    answer = lin.client.post("/api/v1/device", body | {"oldest_unsent_at": oldest}, "application/json")
    assert answer.status_code == 200, answer.content
    clock.shift(dt.timedelta(days=21))
    row = next(row for row in Desk(cast, "gu").reads("readiness")["people"] if row["name"] == lin.person.name)
    assert (row["device"]["unsent"], since_nine(row["device"]["oldest_unsent_at"])) == (9, 0)


def test_step_three_before_step_two_is_kept_and_put_in_order(lin, clock):
    second, third = lin.envelope("depart", {}), lin.envelope("arrive", {})
    assert [lin.send(act)[0]["verdict"] for act in (third, second)] == ["applied", "flagged"]
    kept = Assignment.objects.get(pk=lin.assignment)
    assert (kept.status, kept.departed_at is not None) == ("on_scene", True)


def test_two_who_record_the_same_visit_are_both_kept_and_one_decides(lin, gu, cast):
    gu.assigns(lin, str(cast.lin.pk), instead_of=lin.assignment, companion=str(cast.mei.pk))
    lin.work()
    mei = Phone(cast, "mei")
    mei.records("refused")
    lin.records("dissuaded")
    file = gu.case(lin)
    assert (len(file["visits"]), file["disposition"]) == (2, "dissuaded")


def test_a_ladder_goes_on_after_the_watch_was_away(lin, gu, clock):
    clock.shift(30)
    looks()
    clock.shift(3600)  # restarted an hour later
    looks()
    assert rungs(gu.case(lin)) == ["push", "text", "second", "chief", "county"]


def test_an_answered_alert_does_not_ring_again_two_months_later(lin, wire, clock):
    lin.does("acknowledge")
    lin.records("dissuaded")
    told = Delivery.objects.count()
    clock.shift(MONTHS)
    looks()
    assert (Delivery.objects.count(), wire.got) == (told, [])


def test_nobody_is_notified_after_somebody_has_answered(lin, wire, clock):
    clock.shift(15)
    due.tick(at=timezone.now())
    lin.does("acknowledge")
    sender.tick(at=timezone.now())
    assert (wire.got, Delivery.objects.get().state) == ([], "dropped")


@pytest.mark.parametrize("step", ["text", "second", "chief", "county"])
def test_a_rung_behind_the_end_of_its_ladder_is_refused(step):
    high = FIRST_LADDER["high"] | {step: 301}
    assert f"high: unreachable {step}" in ladder.faults(FIRST_LADDER | {"high": high})


def test_somebody_on_duty_without_any_channel_costs_no_time(lin, gu, cast, clock):
    cast.lin.phone = ""
    cast.lin.save()
    for seconds in (15, 45):
        clock.shift(seconds)
        looks()
    assert list(Delivery.objects.filter(person=cast.lin).values_list("state", "reason")) == [("dropped", "no_number")]
    assert rungs(gu.case(lin))[-1] == "second"


def test_no_time_is_spent_on_a_push_that_was_never_proven(lin, clock, cast):
    clock.shift(15)
    due.tick(at=timezone.now())
    assert Delivery.objects.get(person=cast.lin).channel == "text"


def test_a_message_that_is_put_off_says_until_when(lin, wire, clock, monkeypatch):
    monkeypatch.setattr(type(wire), "per_minute", 1)
    clock.shift(60)
    due.tick(at=timezone.now())
    Delivery.objects.create(
        case=Assignment.objects.get(pk=lin.assignment).case, person=lin.person, channel="text", purpose="shortfall",
        planned_at=timezone.now(), due_at=timezone.now(),
    )  # fmt: skip
    Delivery.objects.exclude(purpose="shortfall").update(urgent=True)
    sender.tick(at=timezone.now())
    waits = Delivery.objects.get(purpose="shortfall")
    assert (waits.state, waits.reason, waits.due_at > timezone.now()) == ("planned", "limit", True)


def test_a_burst_does_not_wait_behind_a_fixed_trickle(lin, wire, gu):
    now, case = timezone.now(), Assignment.objects.get(pk=lin.assignment).case
    case.shortfall = [{"code": "nobody", "params": {}}]
    case.save()
    about = {"case": case, "person": gu.person, "channel": "text", "purpose": "shortfall"}
    Delivery.objects.bulk_create([Delivery(**about, planned_at=now, due_at=now) for _ in range(130)])
    looked = 0
    while count := sender.tick(at=now):
        looked += count
    assert (looked, len(wire.got), timezone.now()) == (130, 130, now)


def test_who_has_gone_off_duty_is_not_alarmed(lin, wire, cast, clock):
    go_off_duty(cast.lin, at=timezone.now())
    clock.shift(20)
    looks()
    assert [message for message in wire.got if message.to == cast.lin.phone] == []


def test_who_has_gone_off_duty_and_was_chosen_by_the_desk_is_alarmed(lin, wire, cast, gu, clock):
    gu.assigns(lin, str(cast.lin.pk), instead_of=lin.assignment)
    go_off_duty(cast.lin, at=timezone.now())
    clock.shift(20)
    looks()
    assert [message.to for message in wire.got] == [cast.lin.phone]


def test_a_repeated_check_in_keeps_the_time_at_the_door(lin, gu, clock):
    act = lin.envelope("arrive", {"position": position(3)})
    clock.shift(3000)
    lin.send(act)
    clock.shift(3000)
    lin.send(act)
    kept = Assignment.objects.get(pk=lin.assignment)
    assert [since_nine(str(at)) for at in (kept.arrived_at, CheckIn.objects.get().at)] == [0, 0]


def test_an_address_is_the_registers_and_never_guessed_from_a_position(lin):
    before = lin.work()["assignments"][0]["place"]
    lin.does("arrive", position=position(4000))
    assert lin.work()["assignments"][0]["place"] == before
    assert before["address"] == "示范路12号"


def test_a_sender_that_dies_before_it_has_noted_it_sends_again_and_says_so(lin, wire, clock, monkeypatch):
    clock.shift(15)
    due.tick(at=timezone.now())
    with monkeypatch.context() as dying:
        dying.setattr(sender, "_mark", lambda *_row, **_at: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            sender.tick(at=timezone.now())
    clock.shift(30)
    sender.tick(at=timezone.now())
    assert [message.repeated for message in wire.got] == [False, True]


def test_a_clock_of_more_than_an_hour_strikes_once(lin, gu, cast, clock):
    gu.asks(f"cases/{lin.case}/risk", risk="medium", reason="x")
    gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment)
    qin = Phone(cast, "qin")
    qin.work()
    for _look in range(3):
        clock.shift(3000)
        due.tick(at=timezone.now())
        due.tick(at=timezone.now())
    assert rungs(gu.case(qin)) == ["push", "chief"]
    assert history(gu.case(qin)).count("overdue") <= 2


def test_a_history_is_readable_that_a_newer_version_has_written(lin, gu):
    """A CRM's timeline fell over an event about a field that was no longer there."""
    foreseen = CaseEvent.objects.filter(case=gu.case(lin)["id"]).latest("pk")
    foreseen.pk, foreseen.kind, foreseen.data = None, "foreseen", {"phone": "10020000001"}
    before = [line["kind"] for line in gu.case(lin)["history"]]
    foreseen.save()
    assert [line["kind"] for line in gu.case(lin)["history"]] == before
