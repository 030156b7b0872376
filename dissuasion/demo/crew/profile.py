"""Profiles: how a simulated officer and their phone behave, as plain data, a trait a line. Pure.

What a trait does stands where it happens: a person's in `plan` and `errand`, the network's in `link`, the hand's and
the clock's in `phone`. A new kind of person is one more line in `PROFILES`.
"""

import random
from dataclasses import dataclass

Range = tuple[float, float]
Point = tuple[float, float]
AT_ONCE: Range = (0.0, 0.0)


@dataclass(frozen=True)
class Outage:
    """A network that goes away again and again: minutes of the story until it does, and without it."""

    after_min: Range
    lasts_min: Range


@dataclass(frozen=True)
class Network:
    """What the network does to a phone's requests and its socket; `_s` real seconds, `_min` minutes of the story."""

    latency_s: Range = AT_ONCE
    # Shares of the hand-overs: the connection is lost after the request was sent; the request arrives twice.
    cuts: float = 0.0
    repeats: float = 0.0
    outage: Outage | None = None
    # After how long a socket falls silent while it stays open.
    hears_min: Range | None = None


@dataclass(frozen=True)
class Profile:
    """Shares lie between 0 and 1; `_s` are a hand's seconds, `_min` minutes of the story, `_m` metres."""

    name: str
    receipt_s: Range = (0.02, 0.06)
    acknowledge_s: Range = (1.4, 4.2)
    declines: float = 0.03
    ignores: float = 0.02
    turnout_min: Range = (1.0, 1.4)
    kmh: float = 30.0
    longest_travel_min: float = 14.0
    talk_min: Range = (9.0, 22.0)
    record_s: Range = (0.8, 1.8)
    off_m: Range = (1.0, 11.0)
    accuracy_m: Range = (5.0, 24.0)
    no_fix: float = 0.02
    # Shares of the assignments: without even a device receipt; on which they go on after it was taken from them.
    unshown: float = 0.0
    goes_on: float = 0.0
    # The share of taps that fall twice; each is an act of its own.
    taps_twice: float = 0.0
    # How far the phone's clock is from the true time, ahead or behind; how many phones never learn of it.
    clock_off_s: Range = AT_ONCE
    clock_unknown: float = 0.0
    network: Network = Network()


STEADY = Profile("steady")
PROFILES = {
    profile.name: profile
    for profile in (
        STEADY,
        Profile(
            "slow", receipt_s=(0.4, 2.0), acknowledge_s=(8, 25), turnout_min=(2, 5), record_s=(4, 12),
            network=Network(latency_s=(0.2, 1.5)),
        ),
        Profile("declining", declines=0.9, ignores=0),
        Profile("silent", declines=0, ignores=1),
        Profile("unshown", declines=0, ignores=1, unshown=1),
        Profile("offline", network=Network(outage=Outage(after_min=(15, 60), lasts_min=(60, 240)))),
        Profile("half-open", network=Network(hears_min=(5, 60))),
        Profile("wrong-clock", clock_off_s=(180, 4 * 3600), clock_unknown=0.5),
        Profile("double-taps", taps_twice=0.5, network=Network(repeats=0.5)),
        Profile("cut-answers", network=Network(cuts=0.5)),
        Profile("goes-on", declines=0, ignores=0, goes_on=1),
    )
}  # fmt: skip


def random_for(*parts: object) -> random.Random:
    """Return a random generator for one subject, seeded by its name: other subjects do not disturb it."""
    return random.Random(":".join(map(str, parts)))
