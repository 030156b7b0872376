"""Nobody can go: the desk sees it at once with the reasons, and the machine goes on looking."""

from django.utils import timezone

from dissuasion.actions.clocks import due
from tests.dissuasion.actions.field.phone import Phone, history


def test_it_stands_on_the_board_with_its_reasons(gu, send_alert, off_duty):
    off_duty()
    assert send_alert().status_code == 201
    (row,) = gu.reads("board")["cases"]
    assert (row["attention"], row["team"]) == ("shortfall", [])
    assert [(reason["code"], reason["params"]["count"]) for reason in row["shortfall"]] == [("off_duty", 4)]


def test_it_counts_who_may_only_go_along(gu, send_alert, off_duty):
    off_duty("lin", "qin", "gu")
    send_alert()
    (row,) = gu.reads("board")["cases"]
    assert {reason["code"] for reason in row["shortfall"]} == {"off_duty", "may_not_lead"}


def test_it_says_so_when_nobody_belongs_to_the_ground(gu, send_alert, cast):
    type(cast.lin).objects.filter(unit=cast.lin.unit).exclude(username="gu").update(is_active=False)
    type(cast.lin).objects.filter(username="gu").update(role="county_desk")
    send_alert()
    (row,) = gu.reads("board")["cases"]
    assert [reason["text"] for reason in row["shortfall"]] == ["Nobody belongs to this ground"]


def test_it_is_picked_up_when_somebody_comes_on_duty(gu, cast, send_alert, off_duty, on_duty, clock):
    off_duty()
    send_alert()
    clock.shift(25)
    on_duty("qin")
    assert due.tick(at=timezone.now()) == 1
    assert Phone(cast, "qin").held() == ["assigned"]
    (row,) = gu.reads("board")["cases"]
    assert (row["attention"], row["shortfall"]) == ("", [])


def test_it_looks_again_every_twenty_seconds_and_not_before(gu, send_alert, off_duty, clock):
    off_duty()
    send_alert()
    clock.shift(19)
    assert due.tick(at=timezone.now()) == 0
    clock.shift(1)
    assert due.tick(at=timezone.now()) == 1


def test_it_tells_the_history_once_and_not_at_every_look(gu, send_alert, off_duty, clock):
    off_duty()
    case = send_alert().json()["case"]
    for _ in range(3):
        clock.shift(20)
        due.tick(at=timezone.now())
    assert history(gu.reads(f"cases/{case}")).count("shortfall") == 1


def test_it_is_lifted_by_the_chiefs_choice(gu, cast, send_alert, off_duty):
    off_duty()
    case = send_alert().json()["case"]
    assert gu.asks(f"cases/{case}/assign", person=str(cast.qin.pk)).status_code == 200
    assert due.tick(at=timezone.now()) == 0
    assert gu.reads("board")["cases"][0]["attention"] == ""


def test_it_ends_when_the_desk_lowers_the_level(gu, send_alert, off_duty, clock):
    off_duty()
    case = send_alert().json()["case"]
    gu.asks(f"cases/{case}/risk", risk="medium", reason="her son is with her")
    clock.shift(60)
    assert due.tick(at=timezone.now()) == 0
    assert gu.reads(f"cases/{case}")["attention"] == ""


def test_it_does_not_hold_up_other_cases(gu, cast, send_alert, off_duty, clock, monkeypatch, neighbour, caplog):
    off_duty()
    first = send_alert().json()["case"]
    send_alert(**neighbour("10000000078"))
    whole = due.visits.dispatch_case
    looked = []

    def broken(case_id, *, at):
        looked.append(str(case_id))
        if str(case_id) == first:
            raise RuntimeError("this row is broken")
        return whole(case_id, at=at)

    monkeypatch.setattr(due.visits, "dispatch_case", broken)
    clock.shift(30)
    assert due.tick(at=timezone.now()) == 2
    assert len(looked) == 2
