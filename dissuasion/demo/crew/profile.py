"""How a pretend officer and their phone behave: plain data, a trait a line. Pure.

What a trait does stands where it happens: a person's in `plan` and `errand`, the network's in `link`, the hand's and
the clock's in `phone`. A new kind of person is one more line in `PROFILES`.
"""

import random
from dataclasses import dataclass

Span = tuple[float, float]
Point = tuple[float, float]
AT_ONCE: Span = (0.0, 0.0)


@dataclass(frozen=True)
class Outage:
    """A network that goes away again and again: minutes of the story until it does, and without it."""

    after_min: Span
    lasts_min: Span


@dataclass(frozen=True)
class Network:
    """What becomes of a phone's requests and of its socket; `_s` are real seconds, `_min` minutes of the story."""

    latency_s: Span = AT_ONCE
    # Of the hand-overs: how many lose their connection when the request is out, how many arrive twice at once.
    cuts: float = 0.0
    repeats: float = 0.0
    outage: Outage | None = None
    # How long a socket can be heard until it is open and silent.
    hears_min: Span | None = None


@dataclass(frozen=True)
class Profile:
    """Shares lie between 0 and 1; `_s` are a hand's seconds, `_min` minutes of the story, `_m` metres."""

    name: str
    receipt_s: Span = (0.02, 0.06)
    acknowledge_s: Span = (1.4, 4.2)
    declines: float = 0.03
    ignores: float = 0.02
    turnout_min: Span = (1.0, 1.4)
    kmh: float = 30.0
    longest_way_min: float = 14.0
    talk_min: Span = (9.0, 22.0)
    record_s: Span = (0.8, 1.8)
    off_m: Span = (1.0, 11.0)
    accuracy_m: Span = (5.0, 24.0)
    no_fix: float = 0.02
    # Of the assignments: of how many not even the device receipt comes, with how many they go on when taken from them.
    unshown: float = 0.0
    goes_on: float = 0.0
    # Of the taps on a step: how many fall twice, each an act of its own.
    taps_twice: float = 0.0
    # How far the phone's clock is from the true time, ahead or behind; how many phones never learn of it.
    clock_off_s: Span = AT_ONCE
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


def lots(*parts: object) -> random.Random:
    """Return a source of lots for one subject; another subject's draws never disturb it."""
    return random.Random(":".join(map(str, parts)))
