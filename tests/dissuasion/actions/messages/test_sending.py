"""Messages to staff: claimed, looked at once more, sent, marked; what fails or is unknown goes again and says so."""

import pytest
from django.utils import timezone

from accounts import people
from dissuasion.actions.messages import notices, sender
from dissuasion.models import Assignment, Case, Delivery
from dissuasion.rules.residents import budgets
from dissuasion.transports.base import Answer, Outcome


def states(**only):
    # Tries of one moment: their ids have no order.
    return list(
        Delivery.objects.filter(channel="text", **only)
        .order_by("planned_at", "tries", "pk")
        .values_list("state", "reason")
    )


def test_it_sends_what_the_ladder_planned(lin, after, wire, cast):
    after(15)
    (message,) = wire.got
    assert (message.to, message.repeated) == (cast.lin.phone, False)
    assert states() == [("sent", "")]
    assert Delivery.objects.get().provider_id == "p-1"


def test_it_says_nothing_personal(lin, after, wire, cast):
    after(15)
    after(45)
    after(60)
    said = " ".join(message.text for message in wire.got)
    assert len(wire.got) >= 3
    for secret in (cast.zhao_resident.name, cast.zhao_resident.phone, "示范路", cast.lin.name):
        assert secret not in said


def test_it_speaks_the_language_of_the_person(lin, after, wire, cast):
    cast.lin.language = "zh-hans"
    cast.lin.save()
    after(15)
    assert "等你签收" in wire.got[0].text


def test_sent_stops_no_clock(lin, after, wire, gu):
    after(15)
    after(105)
    assert gu.case(lin)["attention"] == "unanswered"


def test_it_drops_what_was_answered_before_it_left(lin, after, wire, monkeypatch):
    claim = sender._claim

    def answered_meanwhile(*, at):
        rows = claim(at=at)
        lin.does("acknowledge")
        return rows

    monkeypatch.setattr(sender, "_claim", answered_meanwhile)
    after(15)
    assert (wire.got, states()) == ([], [("dropped", "answered")])


def test_an_unknown_outcome_goes_again_and_says_so(lin, after, wire):
    wire.answers = [Answer(Outcome.UNKNOWN, reason="timeout")]
    after(15)
    assert states() == [("unknown", "timeout"), ("planned", "")]
    after(10)
    assert states() == [("unknown", "timeout"), ("sent", "")]
    assert (wire.got[1].repeated, wire.got[1].text.startswith("Again")) == (True, True)


def test_a_number_that_can_not_be_reached_is_not_tried_again(lin, after, wire):
    wire.answers = [Answer(Outcome.FAILED, reason="bad_number")]
    after(15)
    after(10)
    assert (len(wire.got), states()) == (1, [("failed", "bad_number")])


def test_it_gives_up_after_some_tries(lin, after, wire, gu, monkeypatch):
    monkeypatch.setattr(budgets, "TRIES", 4)
    gu.assigns(lin, str(lin.person.pk), instead_of=lin.assignment)  # a desk's choice stays, and so does its message
    wire.answers = [Answer(Outcome.LATER, reason="busy")] * 9
    after(15)
    for _ in range(9):
        after(81)
    mine = [message for message in wire.got if message.to == lin.person.phone]
    assert len(mine) == 4
    assert {row.state for row in Delivery.objects.filter(person=lin.person)} == {"failed"}


def test_a_gateway_that_is_away_for_ten_minutes_loses_no_word_to_the_chief(lin, after, wire, gu, cast):
    gu.assigns(lin, str(lin.person.pk), instead_of=lin.assignment)  # a desk's choice does not lapse
    lin.work()
    wire.answers = [Answer(Outcome.LATER, reason="busy")] * 40
    lin.does("receipt")
    after(120)
    for _ in range(10):
        after(60)
    wire.answers = []
    wire.got.clear()
    after(301)
    assert cast.gu.phone in [message.to for message in wire.got]


def test_what_this_version_can_not_read_holds_up_nobody(lin, after, wire, cast):
    odd = notices.tell(Case.objects.get(), cast.zhao, channel="text", purpose="overdue", at=timezone.now())
    Delivery.objects.filter(pk=odd.pk).update(purpose="newer", urgent=True)
    after(15)
    assert [message.to for message in wire.got] == [cast.lin.phone]
    odd.refresh_from_db()
    assert (odd.state, odd.reason, odd.tries) == ("planned", "unreadable", 1)


def test_what_can_not_be_marked_is_unknown_and_the_others_are_marked(lin, after, wire, cast, monkeypatch):
    mark = sender._mark

    def breaks_for_one(row, answer, *, at):
        if row.person_id == cast.zhao.pk:
            raise ValueError("odd")
        mark(row, answer, at=at)

    monkeypatch.setattr(sender, "_mark", breaks_for_one)
    notices.tell(Case.objects.get(), cast.zhao, channel="text", purpose="overdue", at=timezone.now())
    after(15)
    assert states(person=cast.lin) == [("sent", "")]
    assert states(person=cast.zhao) == [("sending", "")]


def test_a_superior_hears_of_every_case_that_nobody_answers(lin, after, wire, cast, warn_neighbour):
    warn_neighbour("10000000070")
    after(60)
    after(60)
    numbers = {case.number for case in Case.objects.all()}
    said = " ".join(message.text for message in wire.got if message.to == cast.gu.phone)
    assert len(numbers) == 2
    assert all(number in said for number in numbers)


def test_a_message_goes_on_for_the_visits_that_were_bundled_into_it(lin, after, wire, cast, gu, warn_neighbour):
    wire.answers = [Answer(Outcome.LATER, reason="busy")]
    first = lin.assignment
    warn_neighbour("10000000070")
    Assignment.objects.exclude(pk=first).update(person=cast.lin, push_due_at=None)
    after(15)
    assert states(person=cast.lin)[-1] == ("planned", "")
    lin.does("acknowledge")
    waiting = Delivery.objects.get(person=cast.lin, state="planned")
    assert str(waiting.assignment_id) != first
    after(11)
    assert [message.to for message in wire.got].count(cast.lin.phone) == 2


def test_what_is_over_is_not_said_again_however_a_try_ends(lin, after, wire, gu):
    after(15)
    gu.recalls(lin)
    row = Delivery.objects.get(person=lin.person)
    assert notices.reported("text", message=row.pk, provider_id="", to="failed", at=timezone.now())
    assert states(person=lin.person) == [("failed", "not_delivered")]


def test_a_message_that_was_being_sent_when_its_visit_ended_does_not_go_again(lin, after, wire, gu, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sender, "_mark", lambda *_row, **_at: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            after(15)
    gu.recalls(lin)
    sender._give_up(at=timezone.now() + sender.LEASE)
    assert states(person=lin.person) == [("unknown", "crashed")]


def test_a_failed_message_goes_on_for_the_visits_that_were_bundled_into_it(lin, after, wire, cast, gu, warn_neighbour):
    warn_neighbour("10000000070")
    Assignment.objects.exclude(pk=lin.assignment).update(person=cast.lin, push_due_at=None)
    after(15)
    gu.recalls(lin)
    row = Delivery.objects.get(person=cast.lin, state="sent")
    notices.reported("text", message=row.pk, provider_id="", to="failed", at=timezone.now())
    waiting = Delivery.objects.get(person=cast.lin, state="planned")
    assert waiting.assignment.is_open


def test_a_record_takes_back_the_word_that_it_is_late(lin, after, wire, cast):
    lin.does("acknowledge")
    wire.answers = [Answer(Outcome.LATER, reason="busy")]
    after(6 * 3600)
    assert states(person=cast.gu)[-1] == ("planned", "")
    lin.records()
    assert states(person=cast.gu)[-1] == ("dropped", "ended")


def test_a_sender_that_died_is_followed_by_a_repetition(lin, after, wire, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sender, "_mark", lambda *_row, **_at: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            after(15)
    assert states() == [("sending", "")]
    after(29)
    assert states() == [("sending", "")]
    after(1)
    assert (states(), len(wire.got)) == ([("unknown", "crashed"), ("sent", "")], 2)
    assert wire.got[1].repeated


def test_two_senders_never_take_the_same(lin, after, wire, monkeypatch):
    seen = []
    claim = sender._claim

    def twice(*, at):
        seen.extend([claim(at=at), claim(at=at)])
        return seen[0]

    monkeypatch.setattr(sender, "_claim", twice)
    after(15)
    assert [len(rows) for rows in seen[:2]] == [1, 0]


def test_a_limit_is_visible_and_the_first_of_a_person_goes_first(lin, after, wire, cast):
    wire.per_minute = 1
    for _number in range(3):
        notices.tell(Case.objects.get(), cast.gu, channel="text", purpose="overdue", at=timezone.now())
        Delivery.objects.filter(person=cast.gu, state="planned").update(state="sending", due_at=None, urgent=False)
    Delivery.objects.update(state="planned", due_at=timezone.now())
    after(15)
    assert [message.to for message in wire.got] == [cast.lin.phone]
    put_off = Delivery.objects.filter(state="planned", reason="limit")
    assert put_off.count() == 3
    assert all(row.due_at > timezone.now() for row in put_off)
    after(61)
    assert len(wire.got) == 2


def test_many_waiting_visits_are_one_message(lin, after, wire, cast, warn_neighbour):
    warn_neighbour("10000000070")
    after(16)
    mine = [message for message in wire.got if message.to == cast.lin.phone]
    held = Assignment.objects.filter(person=cast.lin, status="assigned").count()
    assert (len(mine), f": {held}," in mine[0].text) == (1, True)


def test_nobody_is_written_to_without_end(lin, after, wire, cast, monkeypatch):
    monkeypatch.setitem(notices.STAFF_AT_MOST, "text", 0)
    after(15)
    assert (wire.got, states(person=cast.lin)) == ([], [("dropped", "budget")])


def test_nobody_whose_rights_were_taken_is_written_to(lin, after, wire, cast):
    people.deactivate(cast.lin)
    after(15)
    assert (wire.got, states(person=cast.lin)) == ([], [("dropped", "no_rights")])


def test_somebody_without_a_number_is_no_silence(lin, after, wire, cast):
    cast.lin.phone = ""
    cast.lin.save()
    after(15)
    assert states(person=cast.lin) == [("dropped", "no_number")]


@pytest.mark.parametrize(("first", "then"), [("delivered", "sent"), ("delivered", "delivered"), ("shown", "failed")])
def test_a_report_moves_a_delivery_forward_only(lin, after, wire, first, then, clock):
    after(15)
    row = Delivery.objects.get()

    def report(to):
        return notices.reported("text", message=None, provider_id="p-1", to=to, at=row.planned_at)

    assert (report(first), report(then)) == (True, False)
    row.refresh_from_db()
    assert row.state == first
