"""A low case has its message planned with the alert: by text or voice, in the scam type's words, not at night."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dissuasion.actions.intake.reception import PORTION
from dissuasion.models import Case, Delivery
from dissuasion.rules.residents.warning_words import words_for
from dissuasion.transports.base import Answer, Outcome
from households.models import Household, Resident
from tests.cast import VILLAGE, alert
from tests.dissuasion.actions.field.phone import Desk
from tests.dissuasion.actions.residents.conftest import LOW, fate, messages, raised


def test_it_writes_in_the_words_of_the_scam_type(warn, after, text, reader):
    warn()
    after()
    (message,) = text.got
    assert (message.to, message.language) == (reader.phone, "zh-hans")
    assert message.text == words_for("gaming", channel="text", language="zh-hans")
    assert "游戏" in message.text


LAND_LINE = {"phone": "03941234567"}


@pytest.mark.parametrize("change", [{"birth_year": 1961}, {"lives_alone": True}, LAND_LINE])
def test_it_rings_up_who_may_not_read_it(warn, after, text, voice, reader, change):
    for name, value in change.items():
        setattr(reader, name, value)
    reader.save()
    warn(resident={"phone": reader.phone})
    after()
    assert (len(text.got), len(voice.got)) == (0, 1)
    assert voice.got[0].text == words_for("gaming", channel="voice", language="zh-hans")


def test_it_rings_up_whom_a_text_did_not_reach(warn, after, text, voice):
    text.answers = [Answer(Outcome.FAILED, reason="bad_number")]
    case = warn()
    after()
    Case.objects.filter(pk=case.pk).update(status="closed")
    warn(scam_type="rebate")
    after()
    assert (len(text.got), len(voice.got)) == (1, 1)


def test_it_writes_once_however_many_warnings_join(warn, after, text):
    warn()
    warn(scam_type="rebate")
    after()
    warn(scam_type="shopping")
    after(60)
    assert len(text.got) == 1


def test_it_writes_to_nobody_for_the_other_levels(warn, after, text, voice):
    warn(risk="high")
    after()
    assert (text.got, voice.got, Delivery.objects.filter(purpose="warning").count()) == ([], [], 0)


def test_it_takes_the_message_back_when_the_level_rises(warn, after, text):
    case = warn()
    warn(risk="high")
    after()
    assert (fate(case)[1], messages()) == ("medium", [("text", "dropped", "level_raised")])
    assert text.got == []


def test_it_writes_to_nobody_whom_somebody_has_seen_meanwhile(warn, after, text):
    after(hours=13)
    case = warn()
    Case.objects.filter(pk=case.pk).update(status="monitoring")
    after(hours=11)
    assert (text.got, messages()) == ([], [("text", "dropped", "level_raised")])


def test_it_plans_one_when_the_desk_lowers_the_level(warn, after, text, gu):
    case = warn(risk="high")
    gu.asks(f"cases/{case.pk}/risk", risk="low", reason="known to us")
    after()
    assert messages() == [("text", "sent", "")]


def test_it_sends_somebody_to_look_where_there_is_no_number(warn, reader):
    reader.phone = ""
    reader.save()
    case = warn(resident={"phone": "", "id_number": reader.id_number})
    assert (case.risk, case.due_way, case.message_due_at) == ("medium", "hotline", None)
    assert "unreachable_by_message" in raised(case)[0]
    assert messages() == []


def test_it_asks_the_desk_when_a_chief_wants_it_low_without_a_number(warn, reader, gu):
    case = warn(risk="high")
    reader.phone = ""
    reader.save()
    document = gu.asks(f"cases/{case.pk}/risk", risk="low", reason="known to us").json()
    assert (document["risk"], document["attention"]) == ("low", "no_messages")
    assert [(row["state"], row["reason"]) for row in document["messages"]] == [("dropped", "no_number")]


@pytest.mark.parametrize(("hours", "quiet_h"), [(11.9, 0), (12, 11), (22.9, 0.1), (23, 0)])
def test_it_lets_them_sleep(warn, after, cast, text, hours, quiet_h):
    after(hours=hours)  # from nine in the morning
    case = warn()
    after(1)
    assert len(text.got) == (0 if quiet_h else 1)
    if quiet_h:
        (row,) = Desk(cast, "gu").reads(f"cases/{case.pk}")["messages"]
        assert (row["state"], row["text"]) == ("planned", "Waits for the end of the quiet hours")
        assert row["due_at"].startswith("2026-03-05T00:00:00Z")
        after(hours=quiet_h)
        assert len(text.got) == 1


def test_it_wakes_them_when_money_moves(warn, after, text, gu):
    after(hours=13)
    case = warn(channel="bank")
    assert case.risk != "low"
    gu.asks(f"cases/{case.pk}/risk", risk="low", reason="a mistake of the bank")
    after()
    assert len(text.got) == 1


def test_it_does_not_go_late_into_the_night(warn, after, text):
    after(hours=11.99)
    text.answers = [Answer(Outcome.LATER, reason="busy")]
    warn()
    after()
    after(minutes=5)
    assert (len(text.got), messages()[-1]) == (1, ("text", "planned", "quiet_hours"))
    after(hours=11)
    assert len(text.got) == 2


def test_it_reads_the_budgets_of_a_step_in_one_query(reader, post_many):
    with CaptureQueriesContext(connection) as asked:
        assert post_many(1000).json()["kept"] == 1000
    assert sum('FROM "dissuasion_delivery"' in query["sql"] for query in asked) == 1000 // PORTION
    assert Delivery.objects.filter(purpose="warning", state="planned").count() == 1000
    assert Case.objects.filter(message_due_at__gt=timezone.now()).count() == 1000


@pytest.fixture
def post_many(clock, cast):
    """Post one batch about so many residents, each in a household of their own."""

    def post(count):
        homes = [Household(division_id=VILLAGE, address="示范路") for _n in range(count)]
        Household.objects.bulk_create(homes)
        people = [Resident(household=home, name="邻某", phone=f"1000002{n:04d}") for n, home in enumerate(homes)]
        for person in people:
            person.index()
        Resident.objects.bulk_create(people)
        rows = [alert(external_id=f"m-{n}", resident={"phone": p.phone}, **LOW) for n, p in enumerate(people)]
        client = type(cast.client("gu"))(headers={"authorization": "Bearer the-cast-source-key"})
        return client.post("/api/v1/alerts/batch", {"alerts": rows}, "application/json")

    return post
