"""The record of a visit: what each result leads to, whether met or not, and the script with which it was held."""

import pytest
from django.db import connection

from dissuasion.models import Act, Script, ScriptVersion, Visit
from dissuasion.rules.dispositions import DISPOSITIONS
from tests.dissuasion.actions.field.phone import Phone, codes, history

LEADS_TO = {
    "dissuaded": ("monitoring", "", "2026-03-05", "monitored"),
    "wavering": ("monitoring", "", "2026-03-05", "monitored"),
    "refused": ("open", "returned", None, "returned"),
    "money_gone": ("open", "returned", None, "returned"),
    "no_fraud": ("closed", "", None, "closed"),
    "not_met": ("open", "returned", None, "returned"),
    "wrong_address": ("open", "returned", None, "returned"),
    "by_phone_only": ("monitoring", "", "2026-03-05", "monitored"),
}


@pytest.mark.parametrize("disposition", DISPOSITIONS)
def test_it_leads_on_as_the_result_says(lin, gu, disposition):
    assert lin.records(disposition, met=DISPOSITIONS[disposition].met)["flags"] == []
    case = gu.case(lin)
    status, attention, day, event = LEADS_TO[disposition]
    assert (case["status"], case["attention"], case["follow_up_on"]) == (status, attention, day)
    assert (case["disposition"], history(case)[-1], lin.held()) == (disposition, event, [])


@pytest.mark.parametrize("disposition", [code for code, row in LEADS_TO.items() if row[3] == "returned"])
def test_it_puts_what_came_back_on_top_of_the_desks_board(lin, gu, disposition):
    lin.records(disposition, met=DISPOSITIONS[disposition].met)
    board = gu.reads("board")
    assert [(row["attention"], row["team"]) for row in board["cases"]] == [("returned", [])]


def test_it_takes_the_follow_up_day_that_the_officer_chose(lin, gu):
    lin.records("wavering", follow_up_on="2026-03-09")
    assert gu.case(lin)["follow_up_on"] == "2026-03-09"


def test_it_counts_the_follow_up_from_the_day_of_the_visit_by_the_citys_calendar(lin, gu):
    # Early in the morning in Zhoukou, still the day before in UTC.
    lin.records("dissuaded", sent={"happened_at": "2026-03-04T07:30:00+08:00"})
    assert gu.case(lin)["follow_up_on"] == "2026-03-05"


@pytest.mark.parametrize(("disposition", "met"), [("dissuaded", False), ("not_met", True)])
def test_it_keeps_a_result_that_does_not_fit_and_flags_it(lin, gu, disposition, met):
    assert codes(lin.records(disposition, met=met)) == ["disposition_mismatch"]
    (visit,) = gu.case(lin)["visits"]
    assert (visit["met"], visit["disposition"], visit["decides"]) == (met, disposition, True)


KEPT = {"meaning": "protected", "evidence": "said", "quantity": "200000"}
LOST = {"meaning": "lost", "evidence": "family", "quantity": "10000"}


@pytest.mark.parametrize("disposition", ["not_met", "wrong_address"])
def test_it_sets_aside_what_nobody_can_have_kept_safe(lin, gu, disposition):
    receipt = lin.records(disposition, met=False, amounts=[KEPT, LOST])
    assert codes(receipt) == ["amounts_set_aside"]
    (visit,) = gu.case(lin)["visits"]
    assert [row["meaning"] for row in visit["amounts"]] == ["lost"]
    assert Act.objects.get(pk=receipt["uuid"]).body["payload"]["amounts"] == [KEPT, LOST]


def test_money_kept_safe_by_telephone_counts(lin, gu):
    assert codes(lin.records("by_phone_only", met=False, amounts=[KEPT])) == []
    assert [row["meaning"] for row in gu.case(lin)["visits"][0]["amounts"]] == ["protected"]


def test_a_correction_to_not_met_sets_it_aside_too(lin, gu):
    visit = lin.records("dissuaded", amounts=[KEPT])
    record = {"met": False, "disposition": "not_met", "amounts": [KEPT]}
    receipt = lin.does("correction", corrects=visit["uuid"], reason="点错了", record=record)
    assert "amounts_set_aside" in codes(receipt)
    assert [row["amounts"] for row in gu.case(lin)["visits"] if row["decides"]] == [[]]


def test_it_keeps_a_long_note_whole(lin, gu):
    note = "字" * 5000 + "😀"
    assert lin.records("dissuaded", note=note)["flags"] == []
    assert gu.case(lin)["visits"][0]["note"] == note


def test_it_raises_the_level_of_a_medium_case_that_was_refused(clock, cast, send_alert):
    case = send_alert(risk="medium", amount_at_risk="0", already_transferred="0", channel="call").json()["case"]
    gu, mei = cast.client("gu"), Phone(cast, "mei")
    gu.post(f"/api/v1/cases/{case}/assign", {"person": str(cast.mei.pk)}, "application/json")
    mei.records("refused")
    answer = gu.get(f"/api/v1/cases/{case}").json()
    assert (answer["risk"], answer["attention"]) == ("high", "returned")
    assert history(answer)[-1] == "judged"


def test_it_lets_the_desk_send_somebody_again_after_a_refusal(lin, gu, cast):
    lin.records("refused", note="believes the caller")
    assert gu.assigns(lin, str(cast.qin.pk)).status_code == 200
    qin = Phone(cast, "qin")
    (earlier,) = qin.work()["assignments"][0]["history"]["visits"]
    assert earlier["disposition"] == "refused"
    qin.records("dissuaded")
    assert [visit["decides"] for visit in gu.case(lin)["visits"]] == [True, True]


def test_it_counts_the_refusal_against_the_next_warning(lin, gu, send_alert):
    lin.records("refused")
    send_alert(external_id="a-2")
    assert "denied_before" in [reason["code"] for reason in gu.case(lin)["reasons"]]


CONTENT = {"steps": [{"key": "calm"}, {"key": "frozen"}], "objections": [{"key": "it_is_my_money"}]}


@pytest.fixture
def script(cast) -> ScriptVersion:
    """A published script."""
    script = Script.objects.create(scam_type="investment", audience="resident", language="en")
    return ScriptVersion.objects.create(script=script, number=1, status="published", content=CONTENT)


def test_it_keeps_the_script_and_what_was_said(lin, script):
    steps = [{"key": "calm", "seconds": 90}, {"key": "frozen", "seconds": 240.5, "objection": "it_is_my_money"}]
    assert lin.records(script=script.sha256, steps=steps, tried=["asked_family", "sent flowers"])["flags"] == []
    visit = Visit.objects.get()
    assert (visit.script_version, visit.tried) == (script, ["asked_family"])
    assert [step["key"] for step in visit.steps] == ["calm", "frozen"]


def test_it_flags_a_script_that_is_not_known_here(lin, script):
    assert codes(lin.records(script="0" * 64)) == ["script_unknown"]
    assert Visit.objects.get().script_version is None


def test_it_flags_the_script_of_a_draft(lin, script):
    draft = ScriptVersion.objects.create(script=script.script, number=2, content={"steps": [{"key": "later"}]})
    assert codes(lin.records(script=draft.sha256)) == ["script_unknown"]


def test_it_asks_for_nothing_but_met_and_the_result(lin):
    assert lin.does("visit", met=False, disposition="not_met", script=None, follow_up_on=None)["flags"] == []


AMOUNTS = [
    {"meaning": "protected", "evidence": "bank", "kind": "money", "quantity": "200000"},
    {"meaning": "protected", "evidence": "said", "kind": "money", "quantity": "50000.50"},
    {"meaning": "protected", "evidence": "seen", "kind": "gold", "quantity": "31.105"},
    {"meaning": "lost", "evidence": "said", "quantity": "10000"},
    {"meaning": "lost", "evidence": "said", "kind": "other", "quantity": "0"},
]


def test_it_keeps_amounts_apart_by_meaning_kind_and_evidence(lin, gu):
    lin.records("dissuaded", amounts=AMOUNTS)
    kept = {(a["meaning"], a["kind"], a["evidence"]): a["quantity"] for a in gu.case(lin)["visits"][0]["amounts"]}
    assert kept == {
        ("protected", "money", "bank"): "200000.000",
        ("protected", "money", "said"): "50000.500",
        ("protected", "gold", "seen"): "31.105",
        ("lost", "money", "said"): "10000.000",
    }


def test_it_sums_gold_in_grams_and_never_with_money(lin, gu):
    lin.records("dissuaded", amounts=AMOUNTS)
    rows = {(a["kind"], a["evidence"], a["meaning"]): (a["sum"], a["unit"]) for a in gu.reads("figures")["amounts"]}
    assert rows[("gold", "seen", "protected")] == ("31.105", "gram")
    assert rows[("money", "bank", "protected")] == ("200000.00", "yuan")
    assert rows[("money", "said", "protected")] == ("50000.50", "yuan")


def test_it_keeps_what_was_done_and_what_is_needed(lin, gu):
    done, needs = ["screen_sharing_off", "app_removed", "taught_to_fly"], ["bank", "someone_else"]
    assert lin.records("money_gone", done=done, needs=needs)["flags"] == []
    (visit,) = gu.case(lin)["visits"]
    assert (visit["done"], visit["needs"]) == (["app_removed", "screen_sharing_off"], needs)


def test_it_keeps_when_money_went_and_to_whom_sealed(lin, gu):
    went, account = "2026-03-03T16:20:00+08:00", "6222 0000 王某"
    lost = {"meaning": "lost", "evidence": "family", "quantity": "10000", "happened_at": went, "to": account}
    lin.records("money_gone", amounts=[lost, lost | {"to": "another"}, AMOUNTS[0]])
    kept = gu.case(lin)["visits"][0]["amounts"]
    assert [row["to"] for row in kept] == [account, "another", None]
    assert kept[0]["happened_at"] == "2026-03-03T08:20:00Z"
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to" FROM dissuasion_visitamount')
        assert account.encode() not in b"".join(bytes(row[0]) for row in cursor.fetchall() if row[0])


def test_it_sums_what_the_family_confirmed_apart(lin, gu):
    lin.records("dissuaded", amounts=[AMOUNTS[0], AMOUNTS[0] | {"evidence": "family"}])
    assert [row["evidence"] for row in gu.reads("figures")["amounts"]] == ["bank", "family"]


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-12:00", "yesterday", "1959-01-01"])
def test_it_holds_a_time_that_cannot_be_reckoned_with(lin, when):
    receipt = lin.records("money_gone", amounts=[AMOUNTS[0] | {"happened_at": when}])
    assert (receipt["verdict"], receipt["errors"][0]["field"]) == ("held", "amounts.0.happened_at")


def test_it_keeps_whether_an_answer_helped(lin, script):
    step = {"key": "calm", "objection": "it_is_my_money", "worked": "partly"}
    lin.records(script=script.sha256, steps=[step])
    assert Visit.objects.get().steps == [step]


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        ({"key": "calm", "objection": "her son owes 30,000", "worked": "no"}, [{"key": "calm", "worked": "no"}]),
        ({"key": "her son owes 30,000", "objection": "it_is_my_money"}, []),
    ],
)
def test_it_keeps_no_words_in_the_place_of_a_key(lin, script, step, kept):
    uuid = lin.records(script=script.sha256, steps=[step])["uuid"]
    assert Visit.objects.get().steps == kept
    assert Act.objects.get(pk=uuid).body["payload"]["steps"] == [step]


def test_it_knows_no_keys_without_their_script(lin):
    lin.records(steps=[{"key": "calm"}])
    assert Visit.objects.get().steps == []
