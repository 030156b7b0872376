"""What an officer does on the phone, tap by tap, in the words that stand on the screen."""

import io
import random
import re
from typing import Any

from PIL import Image

from tests.browser.support.phone import Phone


def picture(*, seed: int = 1, width: int = 1600, height: int = 1200) -> dict[str, Any]:
    """Return a photo as a file picker gives it: noisy, so that it can't be made small for nothing."""
    lots = random.Random(seed)
    small = Image.frombytes("RGB", (80, 60), lots.randbytes(80 * 60 * 3))
    body = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(body, "JPEG", quality=90)
    return {"name": f"photo-{seed}.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()}


def acknowledges(phone: Phone) -> None:
    """Answer the alarm; the card of the assignment opens."""
    phone.taps("app:next.acknowledge")
    phone.control("app:next.depart").wait_for()


def sets_out(phone: Phone) -> None:
    """Set out, on the card."""
    phone.taps("app:next.depart")
    phone.control("app:next.arrive").wait_for()


def arrives(phone: Phone, *, grade: str = "") -> None:
    """Check in at the door, with the grade that the button must offer."""
    phone.taps("app:next.arrive")
    go = phone.control(phone.word("check-in:go", g=grade) if grade else "check-in:go")
    go.click()
    phone.page.wait_for_function("() => location.pathname.endsWith('/script')")


def opens_record(phone: Phone, assignment: str) -> None:
    """Open the record of a visit."""
    phone.goes(f"/app/visit/{assignment}/record")
    chip(phone, "record:met.yes").wait_for()


def chip(phone: Phone, key: str):
    """Return the chip with the text of a key."""
    return phone.page.get_by_role("button", name=phone.word(key), exact=True).first


def sums_of(phone: Phone, meaning: str):
    """Return the part of the record for the sums of one meaning."""
    return phone.page.get_by_role("group", name=phone.word(f"record:{meaning}"), exact=True)


def sum_of(phone: Phone, meaning: str, amount: str, proof: str = "") -> None:
    """Type a sum in yuan, and tap what it rests on."""
    part = sums_of(phone, meaning)
    field = part.get_by_label(phone.word(f"record:{meaning}.amount")).last
    if not field.is_visible():
        part.locator(".known--other").click()
    field.fill(amount)
    part.get_by_label(phone.word("record:unit"), exact=True).last.select_option(label=phone.word("record:unit.yuan"))
    if proof:
        proves(phone, meaning, proof)


def known_sum(phone: Phone, meaning: str, source: str, proof: str = "") -> None:
    """Tap a sum that the case knows, and what it rests on."""
    sums_of(phone, meaning).get_by_role(
        "button", name=re.compile(re.escape(phone.word(f"record:known.{source}")))
    ).click()
    if proof:
        proves(phone, meaning, proof)


def proves(phone: Phone, meaning: str, proof: str) -> None:
    """Tap what the last sum of a meaning rests on."""
    proofs = sums_of(phone, meaning).get_by_role("group", name=phone.word("record:proof")).last
    proofs.get_by_role("button", name=re.compile(re.escape(phone.word(f"record:proof.{proof}")))).click()


def note_field(phone: Phone):
    """Return the field of the note."""
    return phone.page.get_by_label(re.compile("^" + re.escape(phone.word("record:note"))))


def takes_photo(phone: Phone, number: int = 1, *, seed: int = 1) -> None:
    """Choose a photo from the album and wait until it is kept; it is the form's photo with this number."""
    phone.page.get_by_label(phone.word("record:album"), exact=True).set_input_files([picture(seed=seed)])
    phone.page.get_by_role("button", name=phone.word("record:photo.remove", n=number)).wait_for()


def fills_record(
    phone: Phone, result: str = "dissuaded", *, kept: tuple[str, str] | None = None,
    lost: tuple[str, str] | None = None, note: str = "",
) -> None:  # fmt: skip
    """Fill in the record of a visit at which the resident was met; sums are yuan and what they rest on."""
    chip(phone, "record:met.yes").click()
    chip(phone, f"record:{result}").click()
    if kept:
        sum_of(phone, "kept", *kept)
    if lost:
        sum_of(phone, "lost", *lost)
    if note:
        note_field(phone).fill(note)


def saves(phone: Phone) -> None:
    """Save the record; the worklist opens."""
    phone.taps("record:save")
    phone.page.wait_for_function("() => location.pathname === '/'")


def at_the_record(phone, source) -> str:
    """Answer Zhao's alarm and open the record; return the assignment."""
    source.sends()
    assignment = phone.holds()[0]["id"]
    acknowledges(phone)
    opens_record(phone, assignment)
    return assignment
