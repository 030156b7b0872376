"""Bad situations: each has its sentence, says what still works, and loses no record."""

import re

import pytest

from accounts.models import Person
from config.lib.static import built
from dissuasion.models import Act, Assignment, Visit
from tests.browser.support import steps
from tests.browser.support.phone import signed_in, until
from tests.browser.support.scene import set_scene
from tests.cast import HOME

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
NO_DISK = """Object.defineProperty(window, "indexedDB", {
  value: { open() { throw new DOMException("not here", "SecurityError"); }, databases: async () => [] } })"""
NO_WORKER = "delete Navigator.prototype.serviceWorker"
HOLD = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((name) => name.startsWith("doorstep-"));
  const asked = indexedDB.open(name);
  await new Promise((done) => { asked.onsuccess = done; });
  const store = asked.result.transaction("outbox", "readwrite").objectStore("outbox");
  const again = () => { if (window.holds) store.get(0).onsuccess = again; else asked.result.close(); };
  window.holds = true;
  again();
}"""
PASSWORD = "another-key-to-the-door"


def signs_in(phone, name: str) -> None:
    """Fill in the sign-in form."""
    phone.page.get_by_label(phone.word("sign-in:number")).fill(name)
    phone.page.get_by_label(phone.word("sign-in:password"), exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name=phone.word("sign-in:go"), exact=True).click()


def may_sign_in(person: Person) -> None:
    """Give somebody a password."""
    person.set_password(PASSWORD)
    person.save()


def test_it_signs_in_and_shows_the_work(phone, live_cast, source):
    may_sign_in(live_cast.lin)
    source.sends()
    lin = phone(fresh=True)
    signs_in(lin, "lin")
    lin.sees("赵某")


def test_a_wrong_password_is_a_sentence(phone, live_cast):
    lin = phone(fresh=True)
    signs_in(lin, "lin")
    lin.sees("sign-in:signin.refused")


def test_a_phone_without_a_disk_still_records(phone, source):
    lin = phone(path="")
    lin.context.add_init_script(NO_DISK)
    lin.open()
    lin.sees(re.compile(r"keeps nothing|Nothing can be kept"))
    source.sends()
    steps.acknowledges(lin)
    assignment = lin.page.evaluate("() => location.pathname.split('/')[3]")
    steps.opens_record(lin, assignment)
    steps.fills_record(lin)
    steps.saves(lin)
    until(Visit.objects.exists, seconds=12)


def test_a_phone_whose_storage_does_not_answer_says_so_and_keeps_the_tap(phone, source):
    lin = phone()
    source.sends()
    lin.sees("app:next.acknowledge")
    lin.page.evaluate(HOLD)
    lin.taps("app:next.acknowledge")
    lin.sees("app:disk.stuck")
    assert not Act.objects.filter(kind="acknowledge").exists()
    lin.page.evaluate("() => { window.holds = false; }")
    lin.sees("app:next.depart")
    lin.sees_not("app:disk.stuck")
    until(Act.objects.filter(kind="acknowledge").exists)


def test_a_browser_without_a_worker_still_works(phone, source):
    lin = phone(path="")
    lin.context.add_init_script(NO_WORKER)
    lin.open()
    lin.sees("surroundings:no_worker")
    source.sends()
    steps.acknowledges(lin)


def test_a_wiped_phone_is_noticed(phone, desk, address):
    lin = phone()
    lin.ready().queue(3)
    lin.page.evaluate("() => dispatchEvent(new Event('online'))")
    lin.sent()
    lin.offline().queue(2)
    lin.page.goto("about:blank")
    lin.online().open("/start").page.evaluate("() => Promise.all([theDisk.wipe(), localStorage.clear()])")
    lin.open()
    lin.control("sign-in:go").wait_for()
    assert lin.page.evaluate("() => theDisk.names()") in ([], ["doorstep"])


def test_what_never_arrived_is_said(phone):
    lin = phone().ready()
    until(lambda: lin.note("device"))
    lin.writes("meta", [8], "next_seq")  # seven were made, and none of them is here or there
    lin.page.reload()
    until(lambda: lin.note("next_seq") == 8)
    lin.goes("/app/outbox")
    lin.sees("outbox:gap")


def test_an_update_waits_for_the_form(phone, source, weather, address, settings, tmp_path):
    lin = phone().ready()
    steps.at_the_record(lin, source)
    steps.note_field(lin).fill("half a sentence")
    newer_build(settings, tmp_path)
    lin.page.evaluate("() => navigator.serviceWorker.getRegistration().then((held) => held.update())")
    waiting = "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
    until(lambda: lin.page.evaluate(waiting))
    assert steps.note_field(lin).input_value() == "half a sentence"
    steps.chip(lin, "record:met.yes").click()
    lin.goes("/app/me")
    lin.taps("me:update", exact=True)
    agree = lin.page.get_by_role("dialog").get_by_role("button", name=lin.word("me:update"), exact=True)
    with lin.page.expect_event("load"):
        agree.click()
    until(lambda: not lin.page.evaluate(waiting))
    assert [draft["form"]["note"] for draft in lin.disk("drafts")] == ["half a sentence"]


def newer_build(settings, folder) -> None:
    """Have the server serve another build of the same app."""
    newer = folder / "built"
    newer.mkdir()
    (newer / "assets").symlink_to(settings.BUILT / "assets")
    manifest, worker = (settings.BUILT / "manifest.json").read_bytes(), (settings.BUILT / "sw.js").read_text()
    older = re.search(r"doorstep-app-([0-9a-f]{12})|`([0-9a-f]{12})`|\"([0-9a-f]{12})\"", worker)
    assert older, "the worker names no build"
    (newer / "manifest.json").write_bytes(manifest + b"\n")
    name = next(group for group in older.groups() if group)
    settings.BUILT = newer
    (newer / "sw.js").write_text(worker.replace(name, built.build_id()))


def test_a_wrong_clock_is_said_and_kept(phone, source):
    lin = phone(path="")
    lin.page.clock.install()
    lin.open()
    lin.page.clock.fast_forward(14 * 60_000)
    lin.page.reload()
    lin.sees(re.compile(r"phone's clock is 1[34]\smin off"), seconds=15)
    source.sends()
    steps.acknowledges(lin)
    lin.sent()
    act = Act.objects.get(kind="acknowledge")
    assert -15 * 60_000 < act.clock_offset_ms < -13 * 60_000
    assert act.flags == ["clock_off"]


def test_the_next_person_sees_nothing_of_the_first(phone, source, live_cast, address):
    lin = phone()
    steps.at_the_record(lin, source)
    steps.note_field(lin).fill("a secret of the first")
    lin.offline()
    lin.queue(2)
    may_sign_in(live_cast.qin)
    lin.online()
    storage = signed_in(address, live_cast.qin)
    lin.context.clear_cookies()
    lin.context.add_cookies(storage["cookies"])
    lin.page.evaluate("() => localStorage.removeItem('doorstep.me')")
    lin.open()
    signs_in(lin, "qin")
    lin.sees("work:empty")
    for path in ("/", "/app/outbox", "/app/me"):
        lin.goes(path)
        lin.page.get_by_role("heading", level=1).first.wait_for()
        assert "赵" not in lin.page.locator("body").inner_text()
    assert all(act.person_id != live_cast.qin.pk for act in Act.objects.filter(kind="receipt", assignment=None))


@pytest.mark.parametrize("path", ["/api/v1/device", "/api/v1/app", "/api/v1/handover/key", "/api/v1/push"])
def test_an_older_server_lacks_a_door_and_the_work_goes_on(phone, source, weather, path):
    weather.answers(path, 404, body={"code": "not_here", "detail": "There is nothing here."})
    lin = phone()
    source.sends()
    steps.acknowledges(lin)
    lin.sent()


def test_a_newer_server_that_wants_a_newer_app_says_so(phone, address, settings, tmp_path):
    lin = phone().ready()
    newer_build(settings, tmp_path)
    settings.OLDEST_APP = built.build_id()
    lin.page.reload()
    lin.sees("surroundings:outdated")


def test_signed_out_while_offline_signs_in_again_and_sends(phone, source, live_cast):
    may_sign_in(live_cast.lin)
    lin = phone()
    steps.at_the_record(lin, source)
    steps.fills_record(lin)
    lin.offline()
    steps.saves(lin)
    lin.hurries()
    lin.context.clear_cookies()
    lin.online()
    lin.sees("sync:signed_out").click()
    signs_in_again(lin)
    lin.sent()
    assert Visit.objects.get().person_id == live_cast.lin.pk


def signs_in_again(phone) -> None:
    """The number is known; only the password is asked for."""
    phone.page.get_by_label(phone.word("sign-in:password"), exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name=phone.word("sign-in:go"), exact=True).click()


def test_a_small_screen_says_what_stands_below_and_who_else_waits(phone, source, desk, live_cast):
    set_scene(live_cast)
    lin = phone(viewport={"width": 320, "height": 480})
    source.sends()
    lin.holds()
    lin.sees_not("alarm:others")
    case = source.sends(external_id="other", resident={"phone": "10000000014"})["case"]
    held = Assignment.objects.get(case=case, part="lead", status="assigned")
    if held.person_id != live_cast.lin.pk:
        desk("gu").asks(f"cases/{case}/assign", person=str(live_cast.lin.pk), instead_of=str(held.pk))
    lin.holds(2)
    lin.sees(lin.word("alarm:others", n=1))
    lin.taps("alarm:below")
    lin.sees_not("alarm:below")
    assert lin.page.locator(".alarm__say").bounding_box()["y"] < 300


def test_storage_that_is_cleared_while_the_app_is_open_loses_no_step(phone, source, address, live_cast):
    lin = phone(geolocation={"latitude": HOME[0] + 0.0003, "longitude": HOME[1], "accuracy": 12}).ready()
    source.sends()
    steps.acknowledges(lin)
    lin.sent()
    before = lin.note("device")
    lin.offline().taps("app:next.depart").control("app:next.arrive").wait_for()
    browser = lin.context.new_cdp_session(lin.page)
    browser.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    lin.taps("app:next.arrive").taps("check-in:go")
    until(lambda: [entry["kind"] for entry in lin.outbox("waiting")] == ["depart", "arrive"])
    lin.goes("/").sees("surroundings:cleared")
    assert lin.note("device") != before
    lin.online()
    lin.context.add_cookies(signed_in(address, live_cast.lin)["cookies"])
    lin.sent(seconds=40)
    done = Act.objects.filter(kind__in=("depart", "arrive")).order_by("happened_at")
    assert [act.kind for act in done] == ["depart", "arrive"]
