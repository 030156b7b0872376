"""What the person behind a phone of the run does about one assignment, by their traits and by lot."""

import asyncio
import random
from typing import Any, Protocol

from dissuasion.demo.crew.phone import TAPS
from dissuasion.demo.crew.profile import Profile, random_for

DISPOSITIONS = (("no_fraud", 0.75), ("dissuaded", 0.9), ("refused", 1.0))
STEPS = ("acknowledge", "contact", "depart", "arrive", "visit")


class Hours(Protocol):
    """The shift: whether it is over, and rest that ends with it."""

    over: asyncio.Event

    async def rest(self, seconds: float) -> None: ...


class Hand(Protocol):
    """What an errand needs of the phone."""

    profile: Profile

    @property
    def shift(self) -> Hours: ...
    def holds(self, key: str) -> bool: ...
    def record(self, kind: str, assignment: str, payload: dict[str, Any] | None = None) -> None: ...


async def errand(phone: Hand, key: str) -> None:
    """Go about one assignment as this person does: shown, taken, gone, arrived, recorded, or none of it."""
    traits, lot, rest = phone.profile, random_for("errand", key), phone.shift.rest
    await rest(lot.uniform(*traits.receipt_s))
    if lot.random() >= traits.unshown:
        phone.record("receipt", key)
    fate, goes_on = lot.random(), lot.random() < traits.goes_on
    await rest(lot.uniform(*traits.acknowledge_s))
    if traits.declines <= fate < traits.declines + traits.ignores or not (phone.holds(key) or goes_on):
        return
    if fate < traits.declines:
        return phone.record("decline", key, {"reason": "on_another_case"})
    for kind in STEPS:
        if phone.shift.over.is_set() or not (phone.holds(key) or goes_on):
            return
        for _tap in range(2 if kind in TAPS and lot.random() < traits.taps_twice else 1):
            phone.record(kind, key, _payload(kind, lot))
        await rest(lot.uniform(0.5, 2.0))


def _payload(kind: str, lot: random.Random) -> dict[str, Any]:
    if kind == "contact":
        return {"reached": lot.random() < 0.5}
    if kind != "visit":
        return {"position": {"lat": 33.46, "lon": 114.87, "accuracy_m": 12.0, "age_s": 1.0}}
    chance = lot.random()
    disposition = next(code for code, below in DISPOSITIONS if chance < below)
    amounts = [{"meaning": "protected", "evidence": "said", "kind": "money", "quantity": "50000"}]
    return {"met": True, "disposition": disposition, "amounts": amounts, "note": "示范"}
