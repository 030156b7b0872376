"""The board: what is open in the unit with its clocks, what waits, who is on duty; rolled up for county and city."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dissuasion.queries.desk import board as board_module
from tests.dissuasion.actions.field.phone import Phone, since_nine

CALM = {"risk": "medium", "amount_at_risk": "0", "already_transferred": "0", "channel": "call"}


def test_it_shows_an_open_case_with_who_has_it_and_the_running_clock(gu, cast, send_alert):
    case = send_alert().json()["case"]
    (row,) = gu.reads("board")["cases"]
    (team,) = row["team"]
    assert (row["id"], row["risk"], row["status"], row["scam_name"]) == (case, "high", "open", "Fake online investment")
    assert (team["name"], team["status"], team["chosen_by_desk"]) == (cast.lin.name, "assigned", False)
    assert (team["clock"]["what"], since_nine(team["clock"]["by"])) == ("acknowledge", 120)


@pytest.mark.parametrize(
    ("kind", "what", "seconds"),
    [("acknowledge", "contact", 300), ("depart", "contact", 300), ("arrive", "record", 4800)],
)
def test_it_shows_the_clock_that_runs(gu, cast, send_alert, kind, what, seconds):
    send_alert()
    Phone(cast, "lin").does(kind)
    clock = gu.reads("board")["cases"][0]["team"][0]["clock"]
    assert (clock["what"], since_nine(clock["by"])) == (what, seconds)


def test_it_shows_the_door_once_the_resident_was_reached(gu, cast, send_alert):
    send_alert()
    lin = Phone(cast, "lin")
    lin.does("acknowledge")
    lin.does("contact", reached=True)
    clock = gu.reads("board")["cases"][0]["team"][0]["clock"]
    assert (clock["what"], since_nine(clock["by"])) == ("arrive", 1200)


def test_it_puts_what_needs_a_decision_first_then_the_most_urgent(gu, cast, send_alert, cases, clock):
    (older,) = cases(1)
    clock.shift(10)
    needs = send_alert().json()["case"]
    gu.asks(f"cases/{needs}/recall", reason="x")
    clock.shift(10)
    (medium,) = cases(1, start=5, **CALM)
    gu.asks(f"cases/{medium}/assign", person=str(cast.mei.pk))
    assert [row["id"] for row in gu.reads("board")["cases"]] == [needs, older, medium]


def test_it_only_counts_what_waits_for_a_message_or_the_hotline(gu, cases):
    cases(2, **CALM)
    cases(1, start=7, **CALM | {"risk": "low"}, scam_type="rebate")
    board = gu.reads("board")
    assert board["cases"] == []
    assert board["waiting"] == {"message": 1, "hotline": 2}


def test_it_lists_a_medium_case_once_somebody_holds_it(gu, cast, cases):
    (case,) = cases(1, **CALM)
    gu.asks(f"cases/{case}/assign", person=str(cast.mei.pk))
    assert [row["team"][0]["name"] for row in gu.reads("board")["cases"]] == [cast.mei.name]


def test_it_drops_what_is_monitored_or_closed(gu, cast, send_alert):
    send_alert()
    Phone(cast, "lin").records("dissuaded")
    assert gu.reads("board")["cases"] == []


def test_it_shows_who_is_on_duty_and_how_loaded(gu, cast, send_alert):
    send_alert()
    people = {row["name"]: row for row in gu.reads("board")["people"]}
    assert set(people) == {cast.lin.name, cast.mei.name, cast.qin.name}
    assert (people[cast.lin.name]["open_cases"], people[cast.qin.name]["open_cases"]) == (1, 0)
    assert people[cast.lin.name]["position_at"] is not None


def test_it_gives_pages_of_a_hundred(gu, cases, monkeypatch):
    monkeypatch.setattr(board_module, "PAGE", 2)
    made = cases(5)
    pages = [gu.reads(f"board?page={page}") for page in (1, 2, 3, 4)]
    assert sorted(row["id"] for page in pages for row in page["cases"]) == sorted(made)
    assert [page["next_page"] for page in pages] == [2, 3, None, None]


@pytest.mark.parametrize("page", ["0", "-1", "x", "1001", "1e3"])
def test_it_names_a_page_that_is_none(gu, page):
    answer = gu.client.get(f"/api/v1/board?page={page}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "page")


def test_it_rolls_up_the_stations_for_the_county(zhao, cast, send_alert):
    send_alert()
    board = zhao.reads("board")
    rows = {row["id"]: row for row in board["units"]}
    mine = rows[cast.lin.unit_id]
    assert (mine["high"], mine["decide"], mine["on_duty"]) == (1, 0, 3)
    assert [rows[key]["high"] for key in rows if key != cast.lin.unit_id] == [0]
    assert "people" not in board
    assert [row["unit"] for row in board["cases"]] == [cast.lin.unit.name]


def test_it_rolls_up_the_counties_for_the_city(city, cast, send_alert):
    send_alert()
    rows = {row["name"]: (row["high"], row["on_duty"]) for row in city.reads("board")["units"]}
    assert rows == {"411681反诈": (1, 3), "411624反诈": (0, 1)}


def test_it_shows_a_unit_below_when_asked(zhao, cast, send_alert):
    send_alert()
    board = zhao.reads(f"board?unit={cast.lin.unit_id}")
    assert (board["unit"]["id"], len(board["cases"]), len(board["people"])) == (cast.lin.unit_id, 1, 3)


def test_it_knows_no_unit_beside_or_above(gu, cast):
    for unit in (cast.units["411681"], cast.units["411681113"], cast.units["411624114"], cast.units["city"]):
        assert gu.client.get(f"/api/v1/board?unit={unit.pk}").status_code == 404


def queries(desk, path):
    with CaptureQueriesContext(connection) as captured:
        desk.reads(path)
    return len(captured)


@pytest.mark.parametrize("name", ["gu", "city"])
def test_it_asks_the_database_the_same_for_one_case_and_for_ten(request, name, cases, unclear):
    desk = request.getfixturevalue(name)
    cases(1), unclear()
    few = queries(desk, "board")
    cases(9, start=1), unclear(external_id="u-2", resident={"phone": "10000000556"})
    assert queries(desk, "board") == few


def test_it_asks_the_database_the_same_for_a_long_case_file(gu, cast, send_alert):
    case = send_alert().json()["case"]
    lin = Phone(cast, "lin")
    lin.does("arrive")
    lin.does("note", text="x")
    lin.records("refused", amounts=[{"meaning": "lost", "evidence": "said", "quantity": "5"}])
    few = queries(gu, f"cases/{case}")
    for number in range(3):
        gu.asks(f"cases/{case}/assign", person=str(cast.qin.pk))
        qin = Phone(cast, "qin")
        qin.does("arrive")
        qin.records("refused", amounts=[{"meaning": "lost", "evidence": "seen", "quantity": str(number + 1)}])
    assert queries(gu, f"cases/{case}") == few


def test_it_asks_the_database_the_same_for_one_assignment_and_for_five(gu, cast, cases, send_alert):
    def worklist():
        with CaptureQueriesContext(connection) as captured:
            assert lin.client.get("/api/v1/work").status_code == 200
        return len(captured)

    def is_led_by_lin(case):
        holder = gu.reads(f"cases/{case}")["assignments"][0]["id"]
        gu.asks(f"cases/{case}/assign", person=str(cast.lin.pk), instead_of=holder)

    is_led_by_lin(send_alert().json()["case"])
    lin = Phone(cast, "lin")
    lin.work()
    one = worklist()
    for case in cases(4):
        is_led_by_lin(case)
    assert len(lin.work()["assignments"]) == 5
    assert worklist() == one
