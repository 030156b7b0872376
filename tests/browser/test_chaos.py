"""Promise 13 in small: Chromium killed at random moments while an officer records offline. `KILLS` says how often."""

import contextlib
import os
import random
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from dissuasion.models import Act, Evidence
from tests.browser.support import steps
from tests.browser.support.chromium import ARGUMENTS, find, phone_options
from tests.browser.support.phone import Phone, signed_in, until

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("KILLS", "4"))
LATEST_S = 1.5  # a round's work is done by then


def browser_of(profile: Path) -> int:
    """Return the process that holds a profile."""
    wanted = f"--user-data-dir={profile}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if wanted in words and not any(word.startswith(b"--type=") for word in words):
                return int(entry.name)
    raise LookupError(profile)


class Ledger:
    """What the phone has said is kept: no kill may take it back."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.photos: set[str] = set()
        self.text = ""


class Rounds:
    """One phone that dies again and again."""

    def __init__(self, playing, address, person, profile: Path, seed: int) -> None:
        self.playing, self.address, self.person, self.profile = playing, address, person, profile
        self.lots, self.ledger = random.Random(seed), Ledger()

    def opens(self, *, offline: bool = True) -> Phone:
        """Open the same profile again."""
        self.context = self.playing.chromium.launch_persistent_context(
            self.profile, executable_path=find(), args=ARGUMENTS, chromium_sandbox=False, **phone_options(self.address)
        )
        self.context.set_default_timeout(8_000)
        phone = Phone(self.context, self.person)
        return phone.offline() if offline else phone

    def dies(self, work) -> None:
        """Do some work until a SIGKILL at a random moment."""
        process = browser_of(self.profile)
        timer = threading.Timer(self.lots.uniform(0.02, LATEST_S), os.kill, (process, signal.SIGKILL))
        timer.start()
        try:
            work()
            while True:
                self.context.pages[0].evaluate("() => 1")
                time.sleep(0.02)
        except (Error, AssertionError):  # whatever was being waited for went with the browser
            timer.join()
        with contextlib.suppress(Error):
            self.context.close()
        (self.profile / "SingletonLock").unlink(missing_ok=True)


def works(phone: Phone, ledger: Ledger, number: int, assignment: str) -> None:
    """Write, photograph and note, and put into the ledger what the screen has said is kept."""
    text = f"round {number}, said at the gate"
    steps.note_field(phone).fill(text)
    until(lambda: record_form(phone).get("note") == text)
    ledger.text = text
    photos = phone.page.get_by_role("button", name="Remove photo")
    before = photos.count()
    steps.takes_photo(phone, before + 1, seed=number)
    ledger.photos |= {photo["uuid"] for photo in phone.disk("photos")}
    phone.goes(f"/app/visit/{assignment}")
    phone.taps("assignment:more").taps("assignment:menu.note")
    phone.page.get_by_label(phone.word("assignment:note.label")).fill(f"note {number}")
    phone.taps("assignment:note.send", exact=True)
    phone.sees("assignment:note.sent")
    ledger.notes.append(f"note {number}")


def record_form(phone: Phone) -> dict[str, Any]:
    """Return the form of the record as it is on disk; a half-written note beside it is another form."""
    forms = [draft["form"] for draft in phone.disk("drafts") if draft["key"].startswith("visit:")]
    return forms[0] if forms else {}


def kept(phone: Phone, ledger: Ledger) -> None:
    """Everything in the ledger is there, and whole."""
    notes = [entry["payload"].get("text") for entry in phone.outbox() if entry["kind"] == "note"]
    assert [note for note in notes if note in ledger.notes] == ledger.notes
    assert ledger.photos <= set(phone.page.evaluate("p => theDisk.whole(p)", str(phone.person.pk)))
    # A picture whose form had no time to list it is taken in when the form opens again.
    listed = lambda: ledger.photos <= set(record_form(phone).get("photos", []))  # noqa: E731
    assert not ledger.photos or until(listed, what="a photo that was shown is in no form")
    note = record_form(phone).get("note", "")
    assert not ledger.text or int(note.split()[1].strip(",")) >= int(ledger.text.split()[1].strip(","))
    numbers = [entry["seq"] for entry in phone.outbox()]
    assert numbers == list(range(1, len(numbers) + 1)), "a number was given twice or not at all"


def test_nothing_recorded_offline_is_lost_when_the_browser_is_killed(
    address, playing, chromium, live_cast, source, tmp_path
):
    seed = int(os.environ.get("SEED", str(random.randrange(10_000))))
    rounds = Rounds(playing, address, live_cast.lin, tmp_path / "profile", seed)
    lin = rounds.opens(offline=False)
    storage = signed_in(address, live_cast.lin)
    lin.context.add_cookies(storage["cookies"])
    lin.open()
    kept_locally = storage["origins"][0]["localStorage"]
    lin.page.evaluate("rows => rows.forEach(({ name, value }) => localStorage.setItem(name, value))", kept_locally)
    lin.open().ready()
    source.sends()
    assignment = lin.holds()[0]["id"]
    steps.acknowledges(lin)
    lin.sent()
    lin.context.close()
    for number in range(1, KILLS + 1):
        lin = rounds.opens()
        lin.open(f"/app/visit/{assignment}/record")
        steps.note_field(lin).wait_for()
        kept(lin, rounds.ledger)
        rounds.dies(lambda lin=lin, n=number: works(lin, rounds.ledger, n, assignment))
    lin = rounds.opens().open(f"/app/visit/{assignment}/record")
    steps.note_field(lin).wait_for()
    kept(lin, rounds.ledger)
    listed = record_form(lin).get("photos", [])
    steps.fills_record(lin)
    steps.saves(lin)
    lin.online().hurries().sent(seconds=30)
    until(lambda: lin.disk("photos") == [], what="a photo that no record lists must go in the end")
    texts = {act.body["payload"]["text"] for act in Act.objects.filter(kind="note")}
    assert set(rounds.ledger.notes) <= texts, f"SEED={seed}"
    assert {str(e.pk) for e in Evidence.objects.filter(state="complete")} >= set(listed), f"SEED={seed}"
    rounds.context.close()
