"""The screens of the app, how a walk comes to each, and what looks wrong on one: too wide, hidden, unreadable."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.support import steps
from tests.browser.support.phone import Phone, until

AXE = Path(__file__).resolve().parents[3] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
NO_AXE = "axe-core is not installed. Install the phone's packages with: make build (or npm ci)"
# What stands further right than the screen is wide; a strip that scrolls by itself may.
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const strip = (one) => { for (let up = one; up; up = up.parentElement) {
    const { overflowX, position } = getComputedStyle(up);
    if (["auto", "scroll", "hidden", "clip"].includes(overflowX) && up !== document.body
      && up !== document.documentElement && up.getBoundingClientRect().right <= wide + 1) return true;
  } return false; };
  const out = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || one.closest("svg")?.parentElement?.closest("svg")) return false;
    return (box.right > wide + 1 || box.left < -1) && !strip(one.parentElement) && !one.closest("svg");
  });
  const page = document.documentElement.scrollWidth > wide + 1 ? ["the page itself"] : [];
  const told = (one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`;
  return [...page, ...out.map(told)].slice(0, 5);
}"""
# The one big act must be seen without scrolling; on the smallest phone that is what stands in a dock.
MAIN_ACT = """() => {
  const smallest = innerWidth <= 320 && innerHeight < 600;
  const act = document.querySelector(smallest ? ".dock .btn--go, .btn--answer" : ".btn--go, .btn--answer");
  if (!act) return true;
  const { top, bottom, height } = act.getBoundingClientRect();
  return height > 0 && top >= 0 && Math.min(bottom, top + 48) <= innerHeight + 1;
}"""
SMALL = """() => [...document.querySelectorAll("a[href], button, select, input:not(.vh), label.take, summary")]
  .filter((one) => one.offsetParent !== null && !one.closest("p, li.inline"))
  .map((one) => [one.textContent.trim().slice(0, 30) || one.getAttribute("aria-label"), one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < 47 || box.width < 44))
  .map(([name, box]) => `${name} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


class Walk:
    """One phone on an ordinary afternoon; each screen is reached as an officer reaches it."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.zhao = ""
        self.answered = False

    def alarm(self) -> None:
        """The alarm, before anything else."""
        self.phone.control("app:next.acknowledge").wait_for()
        self.zhao = next(row["id"] for row in self.phone.work() if row["case"]["risk"] == "high")

    def at(self, path: str) -> None:
        """Go to a path, once Zhao's alarm is answered, and wait for its heading."""
        if not self.answered:
            if (back := self.phone.control("alarm:why.back")).is_visible():
                back.click()
            self.alarm()
            steps.acknowledges(self.phone)
            self.answered = True
        self.phone.goes(path.format(id=self.zhao))
        self.phone.page.get_by_role("heading", level=1).first.wait_for()
        self.phone.page.wait_for_timeout(80)

    def script(self) -> str:
        """Return the hash of a script that the phone holds in its language."""

        def held() -> list[Any]:
            return [
                row for row in self.phone.disk("scripts")
                if row["content"].get("language") == self.phone.language and row["content"].get("steps")
            ]  # fmt: skip

        rows = until(held, what="no script on the phone")
        return next((r["sha256"] for r in rows if r["content"].get("scam_type") == "investment"), rows[0]["sha256"])


def answered_at(path: str) -> Callable[[Walk], None]:
    """Return the way to a path once the alarm is answered."""

    def way(walk: Walk) -> None:
        walk.at(path)

    return way


def of_script(path: str) -> Callable[[Walk], None]:
    """Return the way to a screen of a script."""

    def way(walk: Walk) -> None:
        walk.at(path.replace("{sha}", walk.script()))

    return way


def talking(walk: Walk) -> None:
    """The third step of the script: much is said, asked and done in it."""
    walk.at("/app/visit/{id}/script")
    for act in ("scripts:start", "scripts:next", "scripts:next"):
        walk.phone.taps(act, exact=True)
    walk.phone.page.locator(".talk .obj").first.wait_for()


def filled(walk: Walk) -> None:
    """The record, filled in as far as it goes."""
    answered_at("/app/visit/{id}/record")(walk)
    steps.fills_record(walk.phone, note="女儿在场，一起劝。")
    steps.known_sum(walk.phone, "kept", "risk", "seen")
    steps.known_sum(walk.phone, "lost", "sent", "bank")
    for code in ("app_removed", "screen_sharing_off", "family_informed", "bank", "follow.tomorrow"):
        steps.chip(walk.phone, f"record:{code}").click()
    steps.takes_photo(walk.phone)
    walk.phone.page.mouse.wheel(0, -5000)


def declining(walk: Walk) -> None:
    """The alarm, asking why not."""
    walk.phone.taps("alarm:decline")
    walk.phone.control("alarm:why.back").wait_for()


def menu(walk: Walk) -> None:
    """The card with what is not the next step."""
    walk.at("/app/visit/{id}")
    walk.phone.taps("assignment:more")
    walk.phone.page.get_by_role("dialog").wait_for()


def only_here(walk: Walk) -> None:
    """The record is saved where there is no network; the worklist offers to take it back."""
    walk.phone.ready().offline()
    walk.at("/app/visit/{id}/record")
    steps.saves(walk.phone)
    walk.phone.control("app:undo").wait_for()


def correcting(walk: Walk) -> None:
    """The record has arrived, and is to be corrected."""
    walk.phone.online().hurries().sent()
    walk.at("/app/done/{id}/correct")


def signing_in(walk: Walk) -> None:
    """The phone of nobody."""
    walk.phone.context.clear_cookies()
    walk.phone.page.evaluate("() => localStorage.removeItem('doorstep.me')")
    walk.phone.open()
    walk.phone.control("sign-in:go").wait_for()


# In the order of an afternoon: the alarm first, what only looks afterwards, what ends the visit last.
SCREENS: dict[str, Callable[[Walk], None]] = {
    "alarm": Walk.alarm,
    "alarm-declining": declining,
    "assignment": answered_at("/app/visit/{id}"),
    "assignment-menu": menu,
    "worklist": answered_at("/"),
    "check-in": answered_at("/app/visit/{id}/arrive"),
    "visit-script": answered_at("/app/visit/{id}/script"),
    "visit-step": talking,
    "record": answered_at("/app/visit/{id}/record"),
    "record-filled": filled,
    "scripts": answered_at("/app/scripts"),
    "script": of_script("/app/scripts/{sha}"),
    "show": of_script("/app/show/{sha}"),
    "card": answered_at("/app/card"),
    "me": answered_at("/app/me"),
    "ready": answered_at("/app/ready"),
    "outbox": answered_at("/app/outbox"),
    "hand-over": answered_at("/app/handover"),
    "sign-in-again": answered_at("/app/sign-in"),
    "missing": answered_at("/app/nowhere"),
    "worklist-unsent": only_here,
    "outbox-unsent": answered_at("/app/outbox"),
    "hand-over-unsent": answered_at("/app/handover"),
    "correct": correcting,
    "worklist-done": answered_at("/"),
    "sign-in": signing_in,
}


def axe(phone: Phone, *, only: list[str] | None = None) -> list[str]:
    """Return what axe finds on the screen, one line a fault; all rules of RULES, or `only` some by name."""
    assert AXE.is_file(), NO_AXE
    if not phone.page.evaluate("() => typeof axe !== 'undefined'"):
        phone.page.evaluate(AXE.read_text())
    asked = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    found = phone.page.evaluate("asked => axe.run(document, { runOnly: asked })", asked)
    return [
        f"{fault['id']}: {fault['help']} — {json.dumps(node['target'], ensure_ascii=False)} "
        f"{(node.get('any') or node.get('all') or node.get('none') or [{}])[0].get('message', '')[:160]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def overflow(phone: Phone) -> list[str]:
    """Return what is wider than the screen."""
    found: list[str] = phone.page.evaluate(OVERFLOW)
    return found


def main_act_hidden(phone: Phone) -> bool:
    """Return whether the big act would need scrolling."""
    return not phone.page.evaluate(MAIN_ACT)


def small(phone: Phone) -> list[str]:
    """Return what is too small for a thumb."""
    found: list[str] = phone.page.evaluate(SMALL)
    return found
