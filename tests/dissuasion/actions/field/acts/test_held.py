"""What is held is not forgotten: the watch tries it again, and a person may at any time."""

import pytest
from django.utils import timezone

from accounts.people import deactivate
from dissuasion.actions.clocks import due, held
from dissuasion.actions.field import acts, retries
from dissuasion.actions.field.acts import ActIn
from dissuasion.actions.field.held_acts import take_up
from dissuasion.actions.field.steps import STEPS
from dissuasion.models import Act, Visit
from tests.dissuasion.actions.field.phone import codes, history


def read(act):
    """Return an act as the door reads it."""
    from_phone = dict(act) | {"happened_at": timezone.now(), "assignment": act["assignment"] or None}
    return ActIn(**from_phone)


def test_it_keeps_what_a_newer_phone_says(lin, gu):
    receipt = lin.does("dance", steps=[1, 2, 3])
    assert (receipt["verdict"], receipt["code"]) == ("held", "kind_unknown")
    kept = Act.objects.get(pk=receipt["uuid"])
    assert (kept.kind, kept.body["payload"], str(kept.assignment_id)) == ("dance", {"steps": [1, 2, 3]}, lin.assignment)
    assert gu.case(lin)["attention"] == ""


def test_it_takes_it_up_when_the_server_has_learned_the_word(lin, gu, clock, monkeypatch):
    receipt = lin.does("dance", text="x")
    monkeypatch.setitem(STEPS, "dance", STEPS["note"])
    monkeypatch.setitem(acts.payloads.PAYLOADS, "dance", acts.payloads.Note)
    assert held.tick(at=timezone.now()) == 0
    clock.shift(3600)
    held.tick(at=timezone.now())
    kept = Act.objects.get(pk=receipt["uuid"])
    assert (kept.verdict, kept.flags, kept.retry_at) == ("flagged", ["taken_up"], None)
    assert history(gu.case(lin))[-2:] == ["noted", "flagged"]


def test_it_takes_up_a_correction_that_came_before_its_record(lin, clock):
    record = lin.envelope("visit", {"met": True, "disposition": "dissuaded"})
    said = {"corrects": record["uuid"], "reason": "slip", "record": {"met": True, "disposition": "refused"}}
    assert lin.does("correction", **said)["code"] == "record_unknown"
    lin.send(record)
    clock.shift(20)
    held.tick(at=timezone.now())
    assert list(Visit.objects.order_by("decides").values_list("disposition", "decides")) == [
        ("dissuaded", False),
        ("refused", True),
    ]


def pauses(uuid, clock):
    """Try an act whenever its moment comes; return the pauses in seconds until it is not tried any more."""
    found = []
    while (until := Act.objects.get(pk=uuid).retry_at) is not None:
        found.append((until - timezone.now()).total_seconds())
        clock.shift(found[-1])
        assert held.tick(at=timezone.now()) == 1
    return found


def test_it_gives_up_after_ten_minutes_but_keeps_it(lin, clock):
    uuid = lin.does("note", {"assignment": None}, text="x")["uuid"]
    assert pauses(uuid, clock) == [20, 20, 40, 80, 160, 280]
    kept = Act.objects.get(pk=uuid)
    assert (kept.verdict, kept.retry_at, kept.receipt["code"]) == ("held", None, "assignment_unknown")


def test_it_waits_longer_and_longer_for_a_newer_server(lin, clock):
    found = pauses(lin.does("dance", text="x")["uuid"], clock)
    assert found[:6] == [3600, 3600, 7200, 14400, 28800, 57600]
    assert (max(found), sum(found) <= 30 * 86400, len(found) < 40) == (86400, True, True)


def test_many_held_acts_of_one_person_are_not_tried_for_ever(lin, monkeypatch):
    monkeypatch.setattr(retries, "MOST_OF_ONE", 3)
    uuids = [lin.does("note", {"assignment": None}, text="x")["uuid"] for _number in range(5)]
    tried = [Act.objects.get(pk=uuid).retry_at is not None for uuid in uuids]
    assert tried == [True, True, True, False, False]
    assert set(Act.objects.values_list("verdict", flat=True)) == {"held"}


def test_a_rung_does_not_wait_for_held_acts(lin, clock, monkeypatch):
    """The ladder's loop knows nothing of held acts, and theirs takes a few at a time."""
    monkeypatch.setattr(held, "AT_ONCE", 2)
    for _number in range(5):
        lin.does("note", {"assignment": None}, text="x")
    clock.shift(20)
    before = set(Act.objects.values_list("pk", "retry_at"))
    due.tick(at=timezone.now())
    assert set(Act.objects.values_list("pk", "retry_at")) == before
    assert [held.tick(at=timezone.now()) for _tick in range(4)] == [2, 2, 1, 0]


def test_it_tries_nothing_before_its_time(lin):
    uuid = lin.does("note", {"assignment": None}, text="x")["uuid"]
    assert take_up(uuid, at=timezone.now()) is False


def test_it_says_no_when_nothing_has_changed(lin, gu, cast):
    uuid = lin.does("visit", met="perhaps")["uuid"]
    told = history(gu.case(lin))
    assert take_up(uuid, at=timezone.now(), by=cast.sun) is False
    assert history(gu.case(lin)) == told


def test_it_takes_nothing_up_twice(lin, gu, cast):
    uuid = lin.does("note", text="x")["uuid"]
    assert take_up(uuid, at=timezone.now(), by=cast.sun) is False
    assert history(gu.case(lin)).count("noted") == 1


def test_it_holds_what_comes_from_somebody_whose_rights_were_taken(lin, gu, cast):
    deactivate(cast.lin)
    cast.lin.refresh_from_db()
    act = lin.envelope("visit", {"met": True, "disposition": "dissuaded"}, assignment=lin.assignment)
    receipt = acts.take(cast.lin, read(act), at=timezone.now(), carrier=cast.qin)
    assert (receipt["verdict"], receipt["code"]) == ("held", "quarantined")
    event = gu.case(lin)["history"][-1]
    assert (event["kind"], event["data"]["flags"]) == ("flagged", ["quarantined", "handed_over"])
    assert event["data"]["carrier"] == str(cast.qin.pk)
    assert (gu.case(lin)["attention"], gu.case(lin)["visits"]) == ("flagged", [])


def test_it_leaves_quarantine_only_by_a_person(lin, cast):
    deactivate(cast.lin)
    cast.lin.refresh_from_db()
    act = lin.envelope("visit", {"met": True, "disposition": "dissuaded"}, assignment=lin.assignment)
    uuid = acts.take(cast.lin, read(act), at=timezone.now())["uuid"]
    assert Act.objects.get().retry_at is None
    assert take_up(uuid, at=timezone.now()) is False
    assert take_up(uuid, at=timezone.now(), by=cast.sun) is True
    assert Visit.objects.get().decides is True


def test_it_takes_what_somebody_else_brought_and_says_so(lin, gu, cast):
    act = lin.envelope("depart", {})
    receipt = acts.take(cast.lin, read(act), at=timezone.now(), carrier=cast.qin)
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["handed_over"])
    event = gu.case(lin)["history"][-1]
    assert (event["data"]["carrier"], gu.case(lin)["attention"]) == (str(cast.qin.pk), "")
    assert lin.held() == ["en_route"]


@pytest.mark.parametrize("choice", ["theirs", "mine_too", "mistake", "seen"])
def test_it_keeps_what_the_officer_said_about_a_flag(lin, gu, choice):
    gu.recalls(lin)
    late = lin.does("arrive")
    assert lin.does("resolve", {"assignment": None}, act=late["uuid"], choice=choice)["verdict"] == "applied"
    event = gu.case(lin)["history"][-1]
    assert (event["kind"], event["data"]["act"], event["data"]["choice"]) == ("resolved", late["uuid"], choice)


def test_it_takes_a_word_about_an_act_of_which_nothing_was_kept(lin, cast):
    other = lin.does("note", {"assignment": None}, text="x")["uuid"]
    for about in (other, str(cast.lin.pk)):
        receipt = lin.does("resolve", {"assignment": None}, act=about, choice="seen")
        assert receipt["verdict"] == "applied"


@pytest.mark.django_db
def test_the_admin_takes_up_what_is_held(lin, cast):
    deactivate(cast.lin)
    cast.lin.refresh_from_db()
    act = lin.envelope("note", {"text": "x"}, assignment=lin.assignment)
    uuid = acts.take(cast.lin, read(act), at=timezone.now())["uuid"]
    chosen = {"action": "take_up", "_selected_action": [uuid]}
    answer = cast.client("sun").post("/admin/dissuasion/act/", chosen, follow=True)
    assert "1 act was taken up." in answer.content.decode()
    assert Act.objects.get(pk=uuid).verdict == "flagged"


def test_it_takes_a_number_whose_act_was_taken_back(lin, gu):
    told = history(gu.case(lin))
    assert lin.does("undone", {"assignment": None})["verdict"] == "applied"
    assert lin.does("undone")["verdict"] == "applied"
    assert history(gu.case(lin)) == told
