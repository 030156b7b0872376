"""A tap that comes again does nothing that nobody meant, and nothing moves under a thumb."""

from contextlib import contextmanager

import pytest

from dissuasion.models import Act, Assignment
from tests.browser.support import steps
from tests.browser.support.looks import Walk
from tests.browser.support.phone import until
from tests.browser.support.scene import set_scene
from tests.browser.support.taps import ACTS, WATCH, missed
from tests.cast import HOME

AT_THE_HOUSE = {"latitude": HOME[0] + 0.0003, "longitude": HOME[1], "accuracy": 12}
CODE, NUMBER = "2580", "10000000001"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def walk(phone, live_cast, source, desk):
    """Lin's phone, on which two alarms ring."""
    set_scene(live_cast)
    source.sends()
    other = source.sends(external_id="other", resident={"phone": "10000000014"})["case"]
    held = Assignment.objects.get(case=other, part="lead", status="assigned")
    if held.person_id != live_cast.lin.pk:
        desk("gu").asks(f"cases/{other}/assign", person=str(live_cast.lin.pk), instead_of=str(held.pk))
    lin = phone(path="", geolocation=AT_THE_HOUSE)
    lin.context.add_init_script(f"({WATCH})()")
    lin.open().holds(2)
    made = Walk(lin)
    made.alarm()
    return made


def test_every_main_act_tapped_again_does_what_one_tap_does_and_moves_nothing(walk):
    found = []
    for act in ACTS:
        try:
            found += [f"{act.screen}, {act.act}: {fault}" for fault in missed(walk, act)]
        except Exception as error:
            pytest.fail("\n".join([*found, f"{act.screen}, {act.act}: not reached: {str(error).splitlines()[0]}"]))
    assert not found, "\n" + "\n".join(found)


def test_a_name_is_asked_for_noted_and_gone_by_itself(phone, source):
    lin = phone()
    source.sends()
    steps.acknowledges(lin)
    lin.taps("assignment:reveal.name").sees("assignment:reveal.ask")
    lin.sees_not(NUMBER)
    lin.taps("assignment:reveal.open").sees(NUMBER)
    noted = until(lambda: Act.objects.filter(kind="note").first(), what="a note that somebody looked")
    assert noted.body["payload"]["text"].startswith("Looked at name and number")
    lin.later(31)
    lin.sees_not(NUMBER)
    lin.control("app:next.depart").wait_for()


def test_an_alarm_leaves_the_keypad_where_the_thumb_is(phone, source):
    lin = phone(path="/app/me")
    sets_a_code(lin)
    lin.taps("me:lock.now")
    keypad = lin.page.locator(".keypad")
    with stays(lin, keypad):
        source.sends()
        lin.page.locator(".gate__ring").wait_for()
    lin.page.keyboard.type(CODE)
    lin.control("app:next.acknowledge").wait_for()


def test_the_next_visit_stays_where_it_is_when_its_time_is_over(phone, source):
    lin = phone()
    source.sends()
    steps.acknowledges(lin)
    call, dock = lin.control("core:call"), lin.page.locator(".dock")
    assert box(call)["y"] + box(call)["height"] <= box(dock)["y"], "the call lies below the fold"
    lin.sent().goes("/").offline().sees("sync:off")  # else an answer of the server puts the clock right again
    with stays(lin, lin.page.locator(".job--now .fuse")):
        lin.later(3600)
        lin.page.locator(".bigclk--over").wait_for()


def test_room_is_kept_for_what_comes_later(phone, source):
    lin = phone()
    source.sends()
    steps.acknowledges(lin)
    assignment = lin.holds()[0]["id"]
    lin.goes(f"/app/visit/{assignment}/arrive")
    lin.control(lin.word("check-in:go", g="D")).wait_for()
    with stays(lin, lin.control("check-in:go"), lin.page.locator(".lookrow")):
        lin.context.set_geolocation(AT_THE_HOUSE)
        lin.control(lin.word("check-in:go", g="B")).wait_for()
    steps.opens_record(lin, assignment)
    for tapped in ("met.yes", "dissuaded", "bank"):
        with stays(lin, steps.note_field(lin)):
            steps.chip(lin, f"record:{tapped}").click()
    lin.taps("record:signature.open")
    pad, dock = lin.page.locator(".pad"), lin.page.locator(".dock")
    until(lambda: box(pad)["y"] + box(pad)["height"] <= box(dock)["y"], what="the pad lies under the dock")


def sets_a_code(lin) -> None:
    """Choose a quick code and wait until it is kept."""
    lin.taps("me:lock.set")
    for sentence in ("me:code.first", "me:code.again"):
        lin.sees(sentence)
        lin.page.keyboard.type(CODE)
    lin.control("me:lock.change").wait_for()


def box(what):
    """Return where something stands."""
    return what.bounding_box()


@contextmanager
def stays(lin, *those):
    """Hold that these stand after the block where they stood before it, counted from the top of the page."""
    scrolled = "() => scrollY"
    before = [box(one)["y"] + lin.page.evaluate(scrolled) for one in those]
    yield
    lin.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert [box(one)["y"] + lin.page.evaluate(scrolled) for one in those] == pytest.approx(before, abs=1)
