"""A disk on bad days: full and then freed, failing once under any tap."""

import pytest
from playwright.sync_api import TimeoutError as NotThere

from dissuasion.models import Visit
from tests.browser.support import steps
from tests.browser.support.phone import until

pytestmark = pytest.mark.django_db(transaction=True)
SPOILT = """
window.spoil = { full: false, at: 0 };
window.asked = 0; // when an operation was asked for last
const why = (name) => new DOMException("spoilt", name);
for (const name of ["get", "getAll", "put", "delete"]) {
  const real = IDBObjectStore.prototype[name];
  IDBObjectStore.prototype[name] = function (...given) {
    window.asked = performance.now();
    if (window.spoil.full && name === "put") throw why("QuotaExceededError");
    if (window.spoil.at > 0 && --window.spoil.at === 0) throw why("UnknownError");
    return real.apply(this, given);
  };
}"""
WITHIN_S = 1.0
REST_MS = 300  # a tap asks for its operations one close behind the other


@pytest.fixture
def lin(phone, source):
    made = phone(path="")
    made.context.add_init_script(SPOILT)
    made.open()
    source.sends()
    made.control("app:next.acknowledge").wait_for()
    return made


def spoils(lin, *, full: bool = False, at: int = 0) -> None:
    """Fill the disk, or fail the operation that comes `at` so many from now, once."""
    lin.page.evaluate("spoil => { window.spoil = spoil; }", {"full": full, "at": at})


def rests(lin) -> None:
    """Wait until the last tap asks nothing more of the disk: what was said may come before what is done."""
    lin.page.wait_for_function("rest => performance.now() - window.asked > rest", arg=REST_MS)


def test_a_full_disk_that_is_freed_keeps_the_record_at_the_next_tap(lin):
    assignment = lin.holds()[0]["id"]
    steps.acknowledges(lin)
    steps.opens_record(lin, assignment)
    steps.fills_record(lin)
    spoils(lin, full=True)
    lin.taps("record:save")
    lin.sees("app:disk.failed", seconds=WITHIN_S)
    steps.note_field(lin).fill("typed on a full disk")
    lin.taps("record:save")
    rests(lin)
    lin.sees("app:disk.failed", seconds=WITHIN_S)
    spoils(lin)
    steps.saves(lin)
    lin.sees_not("app:disk.failed")
    until(Visit.objects.exists, seconds=12)


@pytest.mark.parametrize("at", [1, 2, 4])  # each operation: tests/phone/data/disk/failing.test.ts
def test_each_tap_is_done_or_said_within_a_second_and_done_at_the_next(lin, at):
    assignment = lin.holds()[0]["id"]
    taps(lin, "app:next.acknowledge", at, done=lambda: lin.control("app:next.depart").is_visible())
    taps(lin, "app:next.depart", at, done=lambda: lin.control("app:next.arrive").is_visible())
    lin.goes(f"/app/visit/{assignment}/arrive")
    taps(lin, "check-in:go", at, done=lambda: path(lin).endswith("/script"))
    steps.opens_record(lin, assignment)
    steps.fills_record(lin)
    taps(lin, "record:save", at, done=lambda: not path(lin).endswith("/record"))
    kinds = sorted(row["kind"] for row in lin.disk("outbox"))
    assert kinds == ["acknowledge", "arrive", "depart", "receipt", "visit"]


def path(lin) -> str:
    """Return where the app is now, asked of the page: what Playwright knows of it comes later."""
    return lin.page.evaluate("() => location.pathname")


def taps(lin, name: str, at: int, *, done) -> None:
    """Tap while an operation of the disk fails; what was said is followed by a second tap."""
    said = lin.page.get_by_text(lin.word("app:disk.broken")).locator("visible=true")
    lin.control(name).wait_for()
    spoils(lin, at=at)
    lin.control(name).click()
    until(lambda: done() or said.count(), seconds=WITHIN_S, what=f"{name}, operation {at}: a second without a word")
    spoils(lin)
    rests(lin)
    until(lambda: done() or taps_again(lin, name), what=f"{name}, operation {at}: it can't be tapped again")
    until(done, what=f"{name}, operation {at}: the second tap did nothing")


def taps_again(lin, name: str) -> bool:
    """Tap what is still there; another part may have failed and been said, and the tap is done all the same."""
    try:
        lin.control(name).click(timeout=WITHIN_S * 1000)
    except NotThere:
        return False
    return True
