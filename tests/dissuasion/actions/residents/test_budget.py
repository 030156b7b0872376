"""A household is not called twelve times: two messages a day, six in four weeks, the same one in three days."""

import datetime as dt

import pytest

from dissuasion.models import Case
from dissuasion.rules.residents.budgets import PastMessage, channel_for, household_free_at, quiet_until
from households.models import Resident
from tests.dissuasion.actions.residents.conftest import messages

AT = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
H = dt.timedelta(hours=1)
DAY = 24 * H


def told(*before):
    return [PastMessage(AT - ago, about) for ago, about in before]


@pytest.mark.parametrize(
    ("before", "free"),
    [
        ([], 0 * H),
        ([(2 * H, "a")], 0 * H),
        ([(2 * H, "a"), (3 * H, "b")], 21 * H),
        ([(2 * H, "a"), (3 * H, "b"), (4 * H, "c")], 21 * H),
        ([(2 * H, "a"), (25 * H, "b")], 0 * H),
        ([(25 * H, "x")], 47 * H),
        ([(73 * H, "x")], 0 * H),
        ([(n * 2 * DAY, str(n)) for n in range(1, 7)], 16 * DAY),
        ([(-3 * H, "a"), (2 * H, "b")], 22 * H),  # one waits for the morning
    ],
)
def test_it_says_when_a_household_may_be_told_again(before, free):
    assert household_free_at(told(*before), about="x", at=AT) == AT + free


@pytest.mark.parametrize(
    ("clock", "until"),
    [("20:59", None), ("21:00", "05 08:00"), ("23:59", "05 08:00"), ("00:00", "04 08:00"), ("08:00", None)],
)
def test_it_knows_the_quiet_hours(clock, until):
    found = quiet_until(dt.datetime.fromisoformat(f"2026-03-04T{clock}:00+08:00"))
    assert (f"{found:%d %H:%M}" if found else None) == until


@pytest.mark.parametrize(
    ("age", "alone", "failed", "channel"),
    [(64, False, False, "text"), (65, False, False, "voice"), (None, False, False, "text"),
     (30, True, False, "voice"), (30, False, True, "voice")],
)  # fmt: skip
def test_it_chooses_the_channel(age, alone, failed, channel):
    assert channel_for(age=age, lives_alone=alone, no_text=failed) == channel


def test_it_does_not_send_beyond_the_budget_and_says_why(warn, settled, text, gu):
    for scam in ("gaming", "rebate", "shopping"):
        case = warn(scam_type=scam)
        settled()
    (row,) = gu.reads(f"cases/{case.pk}")["messages"]
    assert (row["state"], row["text"]) == ("dropped", "Not sent: this household has had enough messages for now")
    assert (len(text.got), gu.reads("board")["waiting"]["message"]) == (2, 1)


def test_it_says_it_in_chinese(warn, settled, cast):
    for _time in range(2):
        case = warn()
        settled()
    (row,) = cast.client("gu", "zh-hans").get(f"/api/v1/cases/{case.pk}").json()["messages"]
    assert row["text"].startswith("未发")
    assert "游戏" in row["says"]


def test_it_warns_of_the_same_scam_only_after_three_days(warn, after, settled, text):
    warn()
    settled()
    warn()
    after(hours=20)
    assert (len(text.got), messages()[-1]) == (1, ("text", "dropped", "household_budget"))
    after(hours=52)
    assert (len(text.got), messages()[-1]) == (2, ("text", "sent", ""))


def test_it_counts_everybody_in_the_house(warn, after, settled, text, reader):
    Resident.objects.create(household=reader.household, name="赵二", phone="10000000077", birth_year=1990)
    warn()
    warn(scam_type="rebate", resident={"phone": "10000000077"})
    settled()
    warn(scam_type="shopping")
    after()
    assert (len(text.got), messages()[-1]) == (2, ("text", "dropped", "household_budget"))


def test_it_counts_what_is_only_planned(warn, reader, after):
    for number in range(3):
        Resident.objects.create(household=reader.household, name=f"赵{number}", phone=f"1000000008{number}")
    for number, scam in enumerate(("gaming", "rebate", "shopping")):
        warn(scam_type=scam, resident={"phone": f"1000000008{number}"})
    after()
    assert sorted(state for _channel, state, _reason in messages()) == ["dropped", "sent", "sent"]
    assert Case.objects.filter(status="open", due_way="message").count() == 3
