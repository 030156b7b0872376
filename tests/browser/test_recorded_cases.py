"""The four recorded cases on the phone, tap by tap, from the alarm to the outcome; one of them without a network."""

import pytest

from dissuasion.models import Evidence, Visit
from tests.browser.support import steps
from tests.browser.support.phone import Phone, until
from tests.flows.places import RECORDED, Told, settle

pytestmark = pytest.mark.django_db(transaction=True)
DOOR = {"latitude": 33.7, "longitude": 114.9, "accuracy": 9}


def recorded(key):
    """Walk the case of this key."""
    return pytest.mark.parametrize("told", [key], indirect=True, ids=[key])


@pytest.fixture
def told(request, live_cast, address) -> Told:
    """The recorded case on its ground, with its crew, today."""
    record = RECORDED[request.param]
    settle(live_cast, record)
    return Told(record, live_cast, None)


def rings(phone: Phone, told: Told) -> str:
    """Wait for the alarm and answer it; return the assignment."""
    short = f"{told.record['person'][0]}某"
    phone.sees(short[0])
    (assignment,) = phone.holds()
    steps.acknowledges(phone)
    return assignment["id"]


def ends(told: Told, desk) -> None:
    """What all four reports say: met, dissuaded, saved; and the phone's steps were nothing to frown at."""
    figures = desk("desk").reads("figures")
    assert figures["face_to_face"] | {"visited": 1, "met": 1} == figures["face_to_face"]
    assert figures["dispositions"] == {"dissuaded": 1}
    saved = [row["sum"] for row in figures["amounts"] if row["meaning"] == "protected"]
    assert saved == [f"{told.record['saved']}.00"]
    assert figures["counts"]["flagged"] == 0


@recorded("xiangcheng-investment")
def test_it_walks_xiangcheng_offline_from_the_answer_to_the_record(told, phone, source, desk):
    there = phone("there", language="zh-hans", geolocation=DOOR).ready()
    source.sends(**told.alert())
    there.sees("赵某")
    there.offline()
    assignment = rings(there, told)
    steps.sets_out(there)
    steps.arrives(there, grade="A")
    steps.opens_record(there, assignment)
    steps.fills_record(there, kept=("200000", "bank"), lost=("10000", "bank"), note="正要转第二笔")
    steps.takes_photo(there)
    there.page.reload()
    there.page.get_by_role("button", name=there.word("record:photo.remove", n=1)).wait_for()
    steps.saves(there)
    there.sees("sync:off.count")
    assert {entry["kind"] for entry in there.outbox("waiting")} >= {"acknowledge", "depart", "arrive", "visit"}
    assert not Visit.objects.exists()
    there.online().hurries().sent()
    (evidence,) = Evidence.objects.all()
    assert evidence.state == "complete"
    until(lambda: there.work() == [])
    until(lambda: [there.disk("photos"), there.disk("drafts")] == [[], []], what="the phone has not forgotten")
    assert all(entry["payload"] == {} for entry in there.outbox() if entry["kind"] == "visit")
    ends(told, desk)


@recorded("shenqiu-loan")
def test_it_walks_shenqiu_with_two_stations(told, phone, source, desk):
    there = phone("there", language="zh-hans", geolocation=DOOR)
    beside = phone("beside", geolocation=DOOR)
    source.sends(**told.alert())
    (assignment,) = there.holds()
    orders = {"instead_of": assignment["id"], "companion": str(told.cast.beside.pk)}
    desk("desk").asks(f"cases/{assignment['case']['id']}/assign", person=str(told.cast.there.pk), **orders)
    until(lambda: [row["team"] for row in there.work()] != [[]])
    assignment = rings(there, told)
    steps.sets_out(there)
    steps.arrives(there)
    beside.holds()
    rings(beside, told)
    steps.opens_record(there, assignment)
    steps.fills_record(there, kept=("100000", "seen"), note="起初不配合")
    steps.saves(there)
    there.hurries().sent()
    until(lambda: beside.work() == [], what="the companion's phone forgets it as well")
    ends(told, desk)


@recorded("fugou-credit")
def test_it_walks_fugou_with_the_bank_in_parallel(told, phone, source, desk):
    there = phone("there", geolocation=DOOR)
    source.sends(**told.alert())
    assignment = rings(there, told)
    there.taps("assignment:more").taps("assignment:menu.desk").taps("assignment:desk.bank")
    steps.sets_out(there)
    steps.arrives(there)
    steps.opens_record(there, assignment)
    steps.fills_record(there, kept=("630000", "seen"))
    steps.chip(there, "record:app_removed").click()
    steps.chip(there, "record:bank").click()
    steps.saves(there)
    there.hurries().sent()
    visit = Visit.objects.get()
    assert (visit.done, visit.needs) == (["app_removed"], ["bank"])
    ends(told, desk)


@recorded("yutian-police")
def test_it_walks_yutian_with_the_daughter_and_the_script(told, phone, source, desk):
    there = phone("there", language="zh-hans", geolocation=DOOR)
    source.sends(**told.alert())
    assignment = rings(there, told)
    there.sees("女儿")
    steps.sets_out(there)
    steps.arrives(there)
    steps.opens_record(there, assignment)
    steps.fills_record(there, kept=("900000", "seen"), note="请来女儿一起劝")
    steps.saves(there)
    there.sees("work:toast.in")
    there.sent(seconds=12)
    ends(told, desk)
