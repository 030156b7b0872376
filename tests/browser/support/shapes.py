"""What a screen keeps at every size: a head that hides nothing, whole edges, two panes, a dock at the side."""

import time
from collections.abc import Callable

from tests.browser.support.phone import Phone

FAULTS = """() => {
  const found = [];
  const say = (wrong, words) => { if (wrong) found.push(words); };
  const box = (one) => one.getBoundingClientRect();
  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.offsetParent !== null);
  for (const head of all("header.top")) {
    say(head.scrollHeight > head.clientHeight + 1, `the head is higher than its room: ${head.textContent}`);
  }
  const list = document.querySelector(".pane--list");
  const edges = [0, innerWidth, ...(list ? [box(list).right] : [])];
  const atEdge = (x) => edges.some((edge) => Math.abs(edge - x) <= 2);
  const onItsSide = "(orientation: landscape) and (max-height: 480px) and (min-width: 560px) and (max-width: 1000px)";
  const low = matchMedia(onItsSide).matches;
  for (const dock of all(".app > .dock")) {
    const { left, right } = box(dock);
    say(!atEdge(right) || !(low || atEdge(left)), `the dock is cut: from ${left} to ${right}`);
    say(low && left < innerWidth / 2, `the dock is not at the side: from ${left}`);
  }
  const alarm = document.querySelector(".alarm");
  say(alarm && box(alarm).width < document.documentElement.clientWidth - 1, "the alarm is a strip");
  const wide = matchMedia("(min-width: 700px) and (min-height: 481px)").matches;
  const ofCase = /^\\/app\\/visit\\/[^/]+$/.test(location.pathname) && !alarm;
  const besides = wide && ofCase;
  const wrong = location.pathname !== "/" && besides !== (list !== null);
  say(wrong, besides ? "no worklist beside the case" : "a list beside it");
  const [dock] = all(".app > .dock");
  const ordinary = innerWidth >= 360 && innerHeight >= 780 && getComputedStyle(document.body).fontSize === "17px";
  for (const objection of ordinary ? all(".talk .obj") : []) {
    say(box(objection).bottom > box(dock).top, `below the first screen: ${objection.textContent}`);
  }
  return found;
}"""
# Who an alarm is about and how long there is: both are read while it is declined, whatever hides the rest.
SEEN = """() => {
  const read = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return one.contains(there) && top >= -1 && top + height <= innerHeight + 1;
  };
  const some = (...these) => these.some((one) => one !== null && read(one));
  const [who, left] = [...document.querySelectorAll(".alarm__still > b")];
  const found = [];
  if (!some(document.querySelector("#who"), who ?? null)) found.push("nobody sees who it is about");
  if (!some(document.querySelector(".alarm__left"), left ?? null)) found.push("nobody sees the clock");
  return found;
}"""
# What announces more must not make it: without it the page is as high as with it.
BELOW = """() => {
  const below = document.querySelector(".alarm__below");
  if (!below) return [];
  const high = document.documentElement.scrollHeight;
  below.style.display = "none";
  const without = document.documentElement.scrollHeight;
  below.style.display = "";
  const found = high > without ? [`more below makes ${high - without} px of it`] : [];
  return below.offsetHeight < 44 ? [...found, `more below is ${below.offsetHeight} px high`] : found;
}"""


def faults(phone: Phone) -> list[str]:
    """Return what the shape of the screen spoils."""
    found: list[str] = phone.page.evaluate(FAULTS) + phone.page.evaluate(BELOW)
    if phone.page.locator(".alarm__why").is_visible():
        found += after_a_moment(lambda: phone.page.evaluate(SEEN))
    return found


def after_a_moment(look: Callable[[], list[str]]) -> list[str]:
    """Return what `look` still finds after a second: a screen that has scrolled is drawn once more after that."""
    end = time.monotonic() + 1
    while (found := look()) and time.monotonic() < end:
        time.sleep(0.05)
    return found
