"""One officer's phone in Chromium: what is tapped, what is seen, what is on its disk."""

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from accounts.models import Person
from tests.browser.support.words import pattern, word

DISK = (Path(__file__).parent / "disk.js").read_text()
PATIENCE_S = 20.0  # a limit, not a figure: two cores may do other things as well


def session_of(person: Person) -> str:
    """Return the key of a new session in which this person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key or ""


def signed_in(address: str, person: Person, *, language: str = "en", theme: str = "light", **local: str) -> Any:
    """Return the storage of a browser in which this person signed in before; `local` adds to its local storage."""
    me = {"id": str(person.pk), "name": person.name, "username": person.username}
    kept = {
        "doorstep.me": json.dumps(me, ensure_ascii=False),
        "doorstep.language": language,
        "doorstep.theme": theme,
    } | {f"doorstep.{name}": value for name, value in local.items()}
    cookie = {
        "name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "domain": "127.0.0.1", "path": "/",
        "expires": time.time() + settings.SESSION_COOKIE_AGE, "httpOnly": True, "secure": False, "sameSite": "Lax",
    }  # fmt: skip
    local_storage = [{"name": name, "value": value} for name, value in kept.items()]
    return {"cookies": [cookie], "origins": [{"origin": address, "localStorage": local_storage}]}


def until(true: Callable[[], Any], *, seconds: float = PATIENCE_S, what: str = "") -> Any:
    """Return what `true` returns once it is truthy; fail after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, what or "it did not happen in time"
        time.sleep(0.03)
    return found


class Phone:
    """A phone whose app is open."""

    def __init__(self, context: BrowserContext, person: Person, *, language: str = "en") -> None:
        self.context, self.person, self.language = context, person, language
        self.context.add_init_script(DISK)
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.faults: list[str] = []
        self._asking: set[Request] = set()
        self._listen(self.page)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if "Content Security" in said.text else None)
        page.on("request", lambda asked: self._asking.add(asked) if "/api/" in asked.url else None)
        for over in ("requestfinished", "requestfailed"):
            page.on(over, lambda asked: self._asking.discard(asked))

    # --- Words ---------------------------------------------------------------------------------------------------
    def word(self, address: str, **values: object) -> str:
        """Return a text of the catalogues in this phone's language."""
        return word(address, self.language, **values)

    def _name(self, name: str | re.Pattern[str]) -> str | re.Pattern[str]:
        if isinstance(name, str) and re.match(r"^[a-z-]+:\S", name):
            name = pattern(name, self.language)
        if isinstance(name, str):
            return name
        return re.compile(re.sub(r"\\? ", r"\\s", name.pattern), name.flags)  # a space that ends no line is one as well

    # --- Seeing and doing ----------------------------------------------------------------------------------------
    def open(self, path: str = "/") -> "Phone":
        """Open a screen from scratch."""
        self.page.goto(path)
        return self

    def goes(self, path: str) -> "Phone":
        """Go to a screen inside the app, as a link does; what is tapped there is no second tap of the last one."""
        self.page.evaluate(
            "path => { document.body.click(); history.pushState(null, '', path);"
            " dispatchEvent(new PopStateEvent('popstate')); }",
            path,
        )
        return self

    def control(self, name: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        """Return the button or link with this name, or with the text of this key (`app:next.arrive`)."""
        named = self._name(name)
        button = self.page.get_by_role("button", name=named, exact=exact)
        return button.or_(self.page.get_by_role("link", name=named, exact=exact)).first

    def taps(self, name: str | re.Pattern[str], *, exact: bool = False) -> "Phone":
        """Tap a button or link."""
        self.control(name, exact=exact).click()
        return self

    def sees(self, text: str | re.Pattern[str], *, seconds: float = PATIENCE_S) -> Locator:
        """Wait until a text, or the text of a key, is visible; return it."""
        found = self.page.get_by_text(self._name(text)).locator("visible=true").first
        expect(found).to_be_visible(timeout=seconds * 1000)
        return found

    def sees_not(self, text: str | re.Pattern[str], *, seconds: float = PATIENCE_S) -> None:
        """Wait until a text is nowhere to be seen."""
        expect(self.page.get_by_text(self._name(text)).locator("visible=true")).to_have_count(0, timeout=seconds * 1000)

    def ready(self) -> "Phone":
        """Wait until the worker controls this page: from then on the app opens without a network."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        return self

    # --- The network ---------------------------------------------------------------------------------------------
    def offline(self) -> "Phone":
        """Lose the network; open sockets stay open and silent, as they do in a tunnel."""
        self.context.set_offline(True)
        return self

    def later(self, seconds: int) -> "Phone":
        """Set the phone's clock on; an answer that is still under way would put it right again, so let it arrive."""
        until(lambda: not self._asking or self.page.wait_for_timeout(30), what="an answer stays away")
        self.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
        self.page.evaluate("by => { const was = Date.now; Date.now = () => was() + by; }", seconds * 1000)
        return self

    def online(self) -> "Phone":
        """Have the network back."""
        self.context.set_offline(False)
        return self

    # --- The disk ------------------------------------------------------------------------------------------------
    def disk(self, table: str, *, of: Person | None = None) -> list[dict[str, Any]]:
        """Return the rows of a table on this phone's disk; none where there is no such disk."""
        rows = self.page.evaluate("([p, t]) => theDisk.all(p, t)", [str((of or self.person).pk), table])
        return rows or []

    def note(self, key: str) -> Any:
        """Return what the phone keeps under a key of its `meta` table."""
        return self.page.evaluate("([p, k]) => theDisk.get(p, 'meta', k)", [str(self.person.pk), key])

    def writes(self, table: str, rows: list[dict[str, Any]], key: str | None = None) -> None:
        """Write rows to the phone's disk and tell the app."""
        me = str(self.person.pk)
        self.page.evaluate("([p, t, r, k]) => theDisk.put(p, t, r, k ?? undefined)", [me, table, rows, key])

    def outbox(self, state: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of the outbox, of one state where it is given."""
        return [entry for entry in self.disk("outbox") if state in (None, entry["state"])]

    def queue(self, number: int, kind: str = "receipt", *, assignment: str | None = None, **payload: Any) -> list[str]:
        """Put acts into the outbox as if they had been done offline; return their UUIDs."""
        first = (self.note("next_seq") or 1) - 1
        device = self.note("device") or str(uuid4())
        rows = [
            {
                "uuid": str(uuid4()), "kind": kind, "assignment": assignment, "device": device, "seq": first + n + 1,
                "happened_at": datetime.now(UTC).isoformat(), "clock_offset_ms": 0, "payload": payload,
                "label": "", "photos": [], "not_before": 0, "state": "waiting", "receipt": None,
                "answered_at": None, "needs": False,
            }
            for n in range(number)
        ]  # fmt: skip
        self.writes("meta", [device], "device")
        self.writes("meta", [first + number + 1], "next_seq")
        self.writes("outbox", rows)
        return [row["uuid"] for row in rows]

    def hurries(self) -> "Phone":
        """Let the seconds be over in which a record can be taken back."""
        self.page.evaluate("p => theDisk.hurry(p)", str(self.person.pk))
        return self

    def work(self) -> list[dict[str, Any]]:
        """Return the assignments on this phone's disk."""
        kept = self.disk("work")
        return kept[0]["document"]["assignments"] if kept else []

    def holds(self, number: int = 1) -> list[dict[str, Any]]:
        """Wait until so many assignments are on this phone's disk; return them."""
        until(lambda: len(self.work()) == number, what=f"{number} assignments on the phone")
        return self.work()

    def _all_sent(self) -> bool:
        entries = self.disk("outbox")
        listed = {photo for entry in entries for photo in entry["photos"]}
        photos = [photo for photo in self.disk("photos") if photo["uuid"] in listed]
        return all(e["state"] == "answered" for e in entries) and all(p["complete"] or p["refused"] for p in photos)

    # --- The worker, as the browser speaks to it while no page is there ------------------------------------------
    def registration(self) -> "Registration":
        """Return the worker's registration; to be asked for while the app is open."""
        return Registration(self)

    def sent(self, *, seconds: float = PATIENCE_S) -> "Phone":
        """Wait until nothing waits in the outbox and every photo that a record lists has arrived whole."""
        try:
            until(self._all_sent, seconds=seconds)
        except AssertionError:
            screen = self.page.inner_text("body")
            pytest.fail(f"Still only on the phone; it says {screen!r}: {self.outbox('waiting')} {self.disk('photos')}")
        return self


class Registration:
    """A service worker as the browser wakes it: for a push, for a turn in the background."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.found = phone, dict[str, str]()
        self.talk = phone.context.new_cdp_session(phone.page)
        self.talk.on("ServiceWorker.workerRegistrationUpdated", self._found)
        self.talk.send("ServiceWorker.enable")
        until(lambda: self.found or phone.page.wait_for_timeout(50))
        self.origin = phone.page.evaluate("() => location.origin")

    def _found(self, event: dict[str, Any]) -> None:
        self.found |= {one["scopeURL"]: one["registrationId"] for one in event["registrations"]}

    def _sends(self, method: str, **more: Any) -> None:
        (registration,) = self.found.values()
        self.talk.send(f"ServiceWorker.{method}", {"origin": self.origin, "registrationId": registration, **more})

    def push(self, message: dict[str, Any]) -> None:
        """Hand a message to the worker as the push service would."""
        self._sends("deliverPushMessage", data=json.dumps(message))

    def sync(self, tag: str) -> None:
        """Give the worker its turn, as the browser does when there is a network again."""
        self._sends("dispatchSyncEvent", tag=tag, lastChance=False)

    def worker(self) -> Any:
        """Return the running worker."""
        return until(lambda: self.phone.context.service_workers or self.phone.page.wait_for_timeout(50))[-1]
