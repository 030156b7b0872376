"""What is counted, for which unit, and from which moment to which."""

import datetime as dt

from django.utils import timezone

from dissuasion.models import TriageEntry
from tests.cast import COUNTY, OTHER_PHONE, TOWNSHIP, VILLAGE
from tests.dissuasion.actions.field.phone import NINE, Desk, Phone

UNCLEAR = {"phone": "10000000099", "division_code": VILLAGE}
MIDNIGHT = NINE.replace(hour=0) + dt.timedelta(days=1)


def counts(desk, query=""):
    return desk.reads(f"figures{query}")["counts"]


def cases(cast, name, query=""):
    return counts(Desk(cast, name), query)["cases"]


def test_it_counts_nothing_in_an_empty_period(gu):
    figures = gu.reads("figures")
    assert set(figures["counts"].values()) == {0}
    assert figures["face_to_face"].pop("rate") is None
    assert set(figures["face_to_face"].values()) == {0}
    assert (figures["dispositions"], figures["amounts"]) == ({}, [])
    for interval in figures["intervals"].values():
        assert (interval["n"], interval["p50_s"], interval["p90_s"], interval["within_target"]) == (0, None, None, None)


def test_it_counts_by_unit_and_all_below(cast, gu, warn, send_alert):
    warn(), warn()
    send_alert(external_id="far", resident={"phone": OTHER_PHONE})
    assert {name: cases(cast, name) for name in ("gu", "zhao", "city", "wengu")} == {
        "gu": 2, "zhao": 2, "city": 3, "wengu": 1
    }  # fmt: skip


def test_it_counts_a_unit_below_alone(cast, warn, send_alert):
    warn()
    send_alert(external_id="far", resident={"phone": OTHER_PHONE})
    found = {code: cases(cast, "city", f"?unit={unit.pk}") for code, unit in cast.units.items()}
    assert found == {"city": 2, COUNTY: 1, TOWNSHIP: 1, "411681113": 0, "411624": 1, "411624114": 1}


def test_it_names_the_unit_and_the_period(cast, gu):
    figures = gu.reads("figures?start=2026-03-01&end=2026-03-04")
    assert figures["unit"] == {"id": gu.person.unit_id, "name": gu.person.unit.name, "kind": "station"}
    assert figures["from"] == "2026-03-01T00:00:00+08:00"
    assert figures["to"] == "2026-03-05T00:00:00+08:00"


def test_it_ends_a_day_at_the_citys_midnight(cast, clock, warn):
    clock.move_to(MIDNIGHT - dt.timedelta(seconds=1))
    warn()
    clock.move_to(MIDNIGHT)
    warn()
    assert cases(cast, "gu") == 1  # today, the new day
    assert cases(cast, "gu", "?start=2026-03-04&end=2026-03-04") == 1
    assert cases(cast, "gu", "?start=2026-03-04&end=2026-03-05") == 2


def test_it_begins_a_day_at_the_citys_midnight(cast, clock, warn):
    clock.move_to(MIDNIGHT)  # four in the afternoon of the day before in UTC
    warn()
    assert cases(cast, "gu", "?start=2026-03-05&end=2026-03-05") == 1
    assert cases(cast, "gu", "?end=2026-03-04") == 0


def test_it_counts_repeats_apart_from_cases(gu, send_alert):
    for number in range(3):
        send_alert(external_id=f"r-{number}")
    found = counts(gu)
    assert (found["alerts"], found["cases"], found["repeats"]) == (3, 1, 2)


def test_it_counts_an_alert_sent_twice_once(gu, send_alert):
    occurred = timezone.now().isoformat()
    for _again in range(2):
        send_alert(occurred_at=occurred)
    assert (counts(gu)["alerts"], counts(gu)["repeats"]) == (1, 0)


def test_it_counts_cases_by_their_first_level(gu, warn):
    warn()
    warn(risk="low", channel="web", amount_at_risk="0", already_transferred="0", scam_type="other")
    found = counts(gu)
    assert (found["high"], found["high"] + found["medium"] + found["low"]) == (1, 2)


def test_it_counts_a_level_once_however_often_it_changes(gu, warn):
    case = warn()["case"]
    gu.asks(f"cases/{case}/risk", risk="low", reason="seen")
    gu.asks(f"cases/{case}/risk", risk="high", reason="seen again")
    assert counts(gu)["high"] == 1


def test_it_counts_a_case_under_its_highest_level_of_the_period(cast, gu, clock, warn):
    case = warn(risk="low", channel="web", amount_at_risk="0", already_transferred="0", scam_type="other")["case"]
    clock.move_to(MIDNIGHT)
    gu = Desk(cast, "gu")  # nobody stays signed in overnight
    for risk in ("high", "low"):
        gu.asks(f"cases/{case}/risk", risk=risk, reason="seen")
    days = [counts(gu, f"?start=2026-03-{day}&end=2026-03-05") for day in ("04", "05")]
    assert [(day["high"], day["medium"], day["low"]) for day in days] == [(1, 0, 0), (1, 0, 0)]
    assert counts(gu, "?end=2026-03-04")["high"] == 0


def test_it_counts_an_alert_in_triage_once(cast, gu, send_alert):
    send_alert(resident=UNCLEAR)
    found = counts(Desk(cast, "zhao"))
    assert (found["alerts"], found["triage"], found["cases"]) == (1, 1, 0)
    assert counts(gu)["alerts"] == 0


def test_it_counts_an_alert_once_when_triage_has_settled_it(cast, gu, send_alert):
    send_alert(resident=UNCLEAR)
    zhao = Desk(cast, "zhao")
    answer = zhao.asks(f"triage/{TriageEntry.objects.get().pk}/settle", resident=str(cast.zhao_resident.pk))
    assert answer.status_code == 200, answer.content
    found = counts(zhao)
    assert (found["alerts"], found["triage"], found["cases"]) == (1, 1, 1)


def test_it_counts_an_alert_that_triage_put_aside(cast, gu, send_alert):
    send_alert(resident=UNCLEAR)
    zhao = Desk(cast, "zhao")
    zhao.asks(f"triage/{TriageEntry.objects.get().pk}/settle", dismiss="double")
    assert (counts(zhao)["alerts"], counts(zhao)["cases"]) == (1, 0)


def test_it_counts_what_went_wrong_on_the_way(cast, gu, warn):
    warn()
    phone = Phone(cast, "lin")
    phone.does("decline", reason="unwell")
    found = counts(gu)
    assert (found["assignments"], found["declined"]) == (1, 1)


def test_it_counts_shortfalls(cast, gu, clock, send_alert):
    cast.lin.shifts.all().delete()
    send_alert()
    assert (counts(gu)["assignments"], counts(gu)["shortfalls"]) == (0, 1)


def test_it_counts_closed_cases(gu, visit):
    visit("no_fraud")
    visit("dissuaded")
    assert counts(gu)["closed"] == 1
