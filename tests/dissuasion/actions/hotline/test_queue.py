"""The queue follows its cases: lined up when medium, taken out with a reason, the most urgent handed out first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dissuasion.actions.case import hotline_queue
from dissuasion.models import Case, HotlineCall
from tests.dissuasion.actions.field.phone import Phone
from tests.dissuasion.actions.hotline.conftest import MOVING, Operator, neighbours


def calls():
    return sorted(HotlineCall.objects.values_list("status", "end_reason"))


def test_it_lines_up_a_medium_case(medium, gu):
    case = medium()
    call = HotlineCall.objects.get()
    assert (call.case, call.unit, call.points, call.money_moves) == (case, case.unit, case.points, False)
    assert gu.reads("board")["waiting"] == {"message": 0, "hotline": 1}


def test_it_lines_up_neither_high_nor_low(clock, cast, send_alert):
    send_alert()
    send_alert(external_id="low", **MOVING | {"already_transferred": "0", "channel": "call"})
    assert calls() == []


def test_it_moves_up_with_a_further_warning_and_never_doubles(medium):
    medium()
    medium(external_id="a-2")
    assert HotlineCall.objects.get().points == Case.objects.get().points


def test_it_is_taken_out_when_a_warning_raises_the_case(medium, send_alert):
    medium()
    send_alert(external_id="a-2")
    assert calls() == [("cancelled", "raised")]


@pytest.mark.parametrize(("risk", "reason"), [("high", "raised"), ("low", "lowered")])
def test_it_is_taken_out_when_the_desk_sets_the_level(medium, gu, risk, reason):
    case = medium()
    gu.asks(f"cases/{case.pk}/risk", risk=risk, reason="x")
    assert calls() == [("cancelled", reason)]
    gu.asks(f"cases/{case.pk}/risk", risk="medium", reason="x")
    assert [status for status, _why in calls()] == ["cancelled", "waiting"]
    assert gu.reads("board")["waiting"]["hotline"] == 1


def test_it_is_taken_out_when_the_desk_closes_the_case(medium, gu):
    case = medium()
    gu.asks(f"cases/{case.pk}/decide", decision="close", reason="x")
    assert calls() == [("cancelled", "closed")]
    assert gu.reads("board")["waiting"]["hotline"] == 0


def test_it_is_taken_out_when_somebody_was_at_the_door(medium, gu, cast):
    case = medium()
    gu.asks(f"cases/{case.pk}/assign", person=str(cast.mei.pk))
    Phone(cast, "mei").records("dissuaded")
    assert calls() == [("cancelled", "visited")]


def test_it_is_lined_up_again_when_a_monitored_case_is_warned_of(medium, gu, cast):
    case = medium()
    gu.asks(f"cases/{case.pk}/assign", person=str(cast.mei.pk))
    Phone(cast, "mei").records("dissuaded")
    medium(external_id="a-2")
    assert [status for status, _why in calls()] == ["cancelled", "waiting"]


def test_it_hands_out_the_most_urgent_first(he, shi, medium, send_alert, clock, cast):
    older, newer = neighbours(send_alert, 1, scam_type="gaming", risk="high"), []
    clock.shift(5)
    newer += neighbours(send_alert, 1, start=1, scam_type="gaming", risk="high")
    (moving,) = neighbours(send_alert, 1, start=2, **MOVING)
    order = [operator.claims()["case"]["number"] for operator in (he, shi, Operator(cast, "ma"))]
    assert order == [Case.objects.get(pk=key).number for key in (moving, *older, *newer)]


def test_it_needs_one_query_more_for_many_new_cases(medium, send_alert):
    neighbours(send_alert, 3)
    fresh = list(Case.objects.all())
    HotlineCall.objects.all().delete()
    for cases in (fresh[:1], fresh[1:]):
        with CaptureQueriesContext(connection) as captured:
            hotline_queue.follow([], fresh=cases, at=timezone.now())
        assert len(captured) == 1


def test_it_needs_as_many_queries_for_one_known_case_as_for_many(medium, send_alert):
    neighbours(send_alert, 6)
    cases = list(Case.objects.all())
    Case.objects.update(points=50)
    asked = []
    for some in (cases[:2], cases[2:]):
        for case in some:
            case.points = 50
        some[0].due_way = "visit"
        with CaptureQueriesContext(connection) as captured:
            hotline_queue.follow(some, at=timezone.now())
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 5
