"""What each result of a visit leads to: the whole table."""

import pytest

from dissuasion.rules.dispositions import DISPOSITIONS, LeadsTo, disposition


@pytest.mark.parametrize(
    ("code", "met", "leads_to", "days"),
    [
        ("dissuaded", True, "follow_up", 1),
        ("wavering", True, "follow_up", 1),
        ("refused", True, "desk", None),
        ("money_gone", True, "desk", None),
        ("no_fraud", True, "close", None),
        ("not_met", False, "desk", None),
        ("wrong_address", False, "desk", None),
        ("by_phone_only", False, "follow_up", 1),
    ],
)
def test_it_knows_where_a_result_leads(code, met, leads_to, days):
    result = disposition(code)
    assert (result.code, result.met, result.leads_to, result.follow_up_days) == (code, met, leads_to, days)


def test_it_has_no_other_results():
    assert len(DISPOSITIONS) == 8
    with pytest.raises(KeyError):
        disposition("satisfied")


@pytest.mark.parametrize("result", DISPOSITIONS.values(), ids=DISPOSITIONS)
def test_it_has_a_day_exactly_for_follow_ups(result):
    assert (result.leads_to == LeadsTo.FOLLOW_UP) is (result.follow_up_days is not None)
    assert result.follow_up_days in (None, 1)


@pytest.mark.parametrize("result", [r for r in DISPOSITIONS.values() if not r.met], ids=lambda r: r.code)
def test_it_never_closes_what_nobody_saw(result):
    assert result.leads_to != LeadsTo.CLOSE
