"""The main act of every screen, as data: how it is reached and what one tap on it does; and a tap that comes again."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import ElementHandle, FloatRect, Locator

from accounts.people import end_everything
from tests.browser.support import steps
from tests.browser.support.looks import Walk
from tests.browser.support.phone import Phone

AGAIN_MS = (50, 150, 400)  # after the first tap: a finger that trembles, a double tap, one that is impatient
SETTLED_MS = 1000
# What moved on the screen, and how far: of each shift the first thing that it moved.
WATCH = """() => {
  const told = ({ node, previousRect: was, currentRect: is }) => {
    const one = node?.nodeType === 3 ? node.parentElement : node;
    return `${one?.tagName}.${one?.getAttribute("class")} "${(node?.textContent ?? "").trim().slice(0, 30)}" `
      + `by ${Math.round(is.x - was.x)}, ${Math.round(is.y - was.y)}`;
  };
  window.theShifts = [];
  new PerformanceObserver((list) => {
    // What sticks to the edge is told as moved when it grows away from it: whether it did is asked of the act itself.
    // A running clock that gains a digit moves sideways; nobody's thumb is on it.
    const parent = ({ node }) => (node?.nodeType === 3 ? node.parentElement : node);
    const jumped = (one) => parent(one) && !parent(one).closest(".dock")
      && (Math.abs(one.currentRect.y - one.previousRect.y) >= 1 || parent(one).closest("a, button, input, label"));
    window.theShifts.push(...list.getEntries().flatMap(({ sources }) => sources.filter(jumped).slice(0, 1).map(told)));
  }).observe({ type: "layout-shift" });
}"""


@dataclass(frozen=True)
class Act:
    """One main act of a screen, and where one tap on it leads. `way` is the way to it from the act before."""

    screen: str  # its folder in static/phone/screens
    act: str
    leads: str  # a pattern of the address afterwards
    stands: str  # what is to be seen there
    keeps: str = ""  # the kinds of act that it adds to the outbox, or takes out (-)
    way: Callable[[Walk], Any] | None = None
    opens: bool = False  # it opens something in its own place: what is below makes room


def path(where: str) -> Callable[[Walk], Any]:
    """Return the way to a path; {id} is Zhao's assignment, {other} the one after it, {sha} a script."""

    def way(walk: Walk) -> None:
        sha = walk.script() if "{sha}" in where else ""
        other = next(row["id"] for row in walk.phone.work() if row["id"] != walk.zhao)
        walk.phone.goes(where.format(id=walk.zhao, other=other, sha=sha))

    return way


def taps(*acts: str, after: Callable[[Walk], Any] | None = None) -> Callable[[Walk], Any]:
    """Return the way of taps, one after the other, after another way."""

    def way(walk: Walk) -> None:
        if after:
            after(walk)
        for act in acts:
            walk.phone.taps(act)

    return way


def end_of_script(walk: Walk) -> None:
    """Go through the script to its last page."""
    onward = re.compile(f"^({walk.phone.word('scripts:next')}|{re.escape(walk.phone.word('scripts:last'))})$")
    while not walk.phone.control("scripts:to.record", exact=True).is_visible():
        walk.phone.taps(onward)


def filled(walk: Walk) -> None:
    """Say what a record must say."""
    steps.fills_record(walk.phone)


def noting(walk: Walk) -> None:
    """Write a note on the card."""
    taps("assignment:more", "assignment:menu.note", after=path("/app/visit/{other}"))(walk)
    walk.phone.page.get_by_label(walk.phone.word("assignment:note.label")).fill("the son comes at noon")


def unsent(walk: Walk) -> None:
    """Save the record again where there is no network, and look at where it is."""
    walk.phone.offline()
    steps.saves(walk.phone)
    walk.phone.goes("/app/outbox")


def correcting(walk: Walk) -> None:
    """Find a mistake in the record, once it has arrived."""
    walk.phone.online().hurries().sent().goes(f"/app/done/{walk.zhao}/correct")
    walk.phone.taps("record:reason.sum")


def among_settings(walk: Walk) -> None:
    """Look at the settings, once the passkeys have come that push down what is below them."""
    path("/app/me")(walk)
    walk.phone.sees("me:keys.none")


def staying(walk: Walk) -> None:
    """Think better of signing out, and look at whether all is ready."""
    taps("me:out.stay")(walk)
    path("/app/ready")(walk)


def asked_how_it_is(walk: Walk) -> None:
    """Be at the other's door without a network for a quarter of an hour."""
    path("/app/visit/{other}")(walk)
    walk.phone.offline().taps("app:next.arrive").taps("check-in:go").control("scripts:start").wait_for()
    walk.phone.later(16 * 60)


def removed(walk: Walk) -> None:
    """Lose the right to see anything."""
    walk.phone.online()
    end_everything(walk.phone.person)


CARD, DONE = "/app/visit/[0-9a-f-]+", "/app/(scripts|show)/[0-9a-f]+"
# In the order of an afternoon. Two alarms ring: the second one must not be answered by a tap on the first.
ACTS = [
    Act("alarm", "alarm:decline", "/", "alarm:why.back"),
    Act("alarm", "app:next.acknowledge", CARD, "app:next.acknowledge", "acknowledge", taps("alarm:why.back")),
    Act("alarm", "app:next.acknowledge", CARD, "app:next.depart", "acknowledge"),
    Act("assignment", "app:next.depart", CARD, "app:next.arrive", "depart", path("/app/visit/{id}")),
    Act("assignment", "app:next.arrive", CARD + "/arrive", "check-in:go"),
    Act("check-in", "check-in:go.hand", CARD + "/script", "scripts:start", "arrive", taps("check-in:manual")),
    Act("script", "scripts:start", CARD + "/script", "Step 1 of"),
    Act("script", "scripts:to.record", CARD + "/record", "record:save", way=end_of_script),
    Act("record", "record:save", "/", "app:undo", "visit", filled),
    Act("worklist", "app:undo", CARD + "/record", "record:save", "-visit undone"),
    Act("outbox", "outbox:send", "/app/outbox", "outbox:send", way=unsent),
    Act("hand-over", "hand-over:qr", "/app/handover", "hand-over:file", way=path("/app/handover"), opens=True),
    Act("correct", "record:correct.save", "/", "work:title", "correction", correcting),
    Act("worklist", "work:go.depart", CARD, "app:next.arrive", "depart"),
    Act("assignment", "assignment:reveal.name", CARD, "assignment:reveal.open"),
    Act("assignment", "assignment:reveal.open", CARD, "assignment:reveal.hide", "note"),
    Act("assignment", "assignment:reveal.hide", CARD, "app:next.arrive"),
    Act("assignment", "assignment:help.send", CARD, "assignment:help.sent", "help",
        taps("assignment:more", "assignment:menu.help")),
    Act("assignment", "assignment:note.send", CARD, "assignment:note.sent", "note", noting),
    Act("script", "scripts:start", DONE, "Step 1 of", way=path("/app/scripts/{sha}")),
    Act("show", "A teacher", DONE, "scripts:show.here", way=path("/app/show/{sha}")),
    Act("show", "Next 2", DONE, "2 of"),
    Act("card", "card:done", DONE, "1 of", way=path("/app/card")),
    Act("me", "me:out", "/app/me", "me:out.stay", way=among_settings),
    Act("ready", "ready:on", "/", "work:title", way=staying),
    Act("missing", "work:missing.back", "/", "work:title", way=path("/app/nowhere")),
    Act("safety", "check-in:safe.yes", CARD + "/script", "scripts:start", "all_right", asked_how_it_is),
    Act("wall", "wall:go", "/", "sign-in:go", way=removed),
    Act("sign-in", "sign-in:go", "/", "sign-in:need.number"),
]  # fmt: skip
# Screens without an act that a second tap could repeat, and why.
WITHOUT = {"lock": "ten keys, each of which may be meant twice", "scripts": "a list of links"}


def taps_again(phone: Phone, target: Locator) -> list[str]:
    """Tap the middle of `target` once it is awake, and there again after each of AGAIN_MS; return whether it moved."""
    target.click(trial=True)
    held, box = target.element_handle(), target.bounding_box()
    assert box
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    phone.page.evaluate("() => { window.theShifts.length = 0; }")
    begun = time.monotonic()
    phone.page.touchscreen.tap(*place)
    for after in AGAIN_MS:
        time.sleep(max(0, begun + after / 1000 - time.monotonic()))
        phone.page.touchscreen.tap(*place)
    phone.page.wait_for_timeout(max(0, SETTLED_MS - 1000 * (time.monotonic() - begun)))
    return went(held, box)


def went(held: ElementHandle, box: FloatRect) -> list[str]:
    """Return that what was tapped stands elsewhere now; nothing where it is gone."""
    now = held.bounding_box()
    return [] if now is None or abs(now["y"] - box["y"]) < 1 else [f"what was tapped, from {box['y']} to {now['y']}"]


def kept(phone: Phone) -> list[str]:
    """Return the kinds of what this phone has kept, without what it says by itself."""
    return sorted(entry["kind"] for entry in phone.outbox() if entry["kind"] != "receipt")


def after_one(before: list[str], keeps: str) -> list[str]:
    """Return what is kept after one tap that `keeps`."""
    wanted = list(before)
    for kind in keeps.split():
        if kind.startswith("-"):
            wanted.remove(kind[1:])
        else:
            wanted.append(kind)
    return sorted(wanted)


def missed(walk: Walk, act: Act) -> list[str]:
    """Tap one act again and again; return what is not as after one tap, and what moved within a second."""
    phone = walk.phone
    if act.way:
        act.way(walk)
    target = phone.control(act.act)
    target.wait_for()
    before = kept(phone)
    moved = taps_again(phone, target)
    where = phone.page.evaluate("() => location.pathname")
    found = [] if re.fullmatch(act.leads, where) else [f"it leads to {where}"]
    if not seen(phone, act.stands):
        found.append(f"{act.stands} is not to be seen")
    if kept(phone) != after_one(before, act.keeps):
        found.append(f"it kept {kept(phone)} after {before}")
    moved += [] if act.opens else phone.page.evaluate("() => window.theShifts")
    return found + [f"it moved {one}" for one in moved]


def seen(phone: Phone, what: str) -> bool:
    """Return whether a control, a text or a label is on the screen now."""
    named = phone._name(what)
    text, label = phone.page.get_by_text(named), phone.page.get_by_label(named)
    return phone.control(what).is_visible() or text.or_(label).locator("visible=true").count() > 0
