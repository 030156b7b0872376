"""Makes the alerts of the simulated city: the four recorded cases, and synthetic ones in the published mix. Pure."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# volumes.json: 19,000 alerts a day; 78,000 in three hundred days, about 260 a day, were of people at high risk, each
# met face to face. Here they are the fund alerts, and no other names a sum that would make it one of them.
PER_DAY, HIGH_PER_DAY = 19_000, 260
HIGH = HIGH_PER_DAY / PER_DAY
MEDIUM = 0.12
REPEATED, UNKNOWN = 0.04, 0.012
# How often alerts name each kind of fraud, by level; frauds of large sums are noticed by the money.
COSTLY = {
    "investment": 26, "police_impersonation": 16, "loan": 16, "credit_record": 18, "romance": 12,
    "virtual_currency": 12,
}  # fmt: skip
EVERYDAY = {
    "rebate": 40, "shopping": 16, "customer_service": 16, "gaming": 10, "sex_lure": 5, "insurance_deduction": 6,
    "acquaintance": 4, "teacher_fee": 3,
}  # fmt: skip
# Through which channel the recorded warnings came, in the words of the public contract.
CHANNELS = {"资金预警": "funds", "高危预警指令": "call"}
INSTRUCTIONS = {"高危预警指令": "high"}
NOBODY = "10099"  # no telephone begins like this, and none of the demo's residents either


@dataclass(frozen=True)
class Home:
    """A home that alerts may mean: the resident's telephone, and the place in words."""

    phone: str
    place: str
    division_code: str


@dataclass
class AlertDeck:
    """Draws homes like cards: nobody twice before everybody once, except for repeats as in real life."""

    fronts: Sequence[Home]
    rng: random.Random
    _left: list[Home] = field(default_factory=list)
    _lately: list[Home] = field(default_factory=list)

    def draw(self) -> Home:
        """Return the next home."""
        if self._lately and self.rng.random() < REPEATED:
            return self.rng.choice(self._lately)
        if not self._left:
            self._left = self.rng.sample(list(self.fronts), len(self.fronts))
        front = self._left.pop()
        self._lately = [*self._lately[-20:], front]
        return front


def recorded_alert(case: dict[str, Any], resident: dict[str, str], *, run: str, now: dt.datetime) -> dict[str, Any]:
    """Return the alert of a recorded case as if it were just now; the real day and hour stand in its note."""
    when = " ".join(part for part in (case["date"], case["time"]) if part)
    instruction = {"instruction": INSTRUCTIONS[case["upstream"]]} if case["upstream"] in INSTRUCTIONS else {}
    return instruction | {
        "external_id": f"{case['key']}-{run}",
        "occurred_at": (now - dt.timedelta(seconds=3)).isoformat(),
        "scam_type": case["scam_type"],
        "risk": case["risk"],
        "channel": CHANNELS[case["upstream"]],
        "amount_at_risk": str(case["at_risk"]),
        "already_transferred": str(case["already_transferred"]),
        "resident": {
            "name": case["person"],
            "phone": resident["phone"],
            "id_number": resident["id_number"],
            "division_code": resident["division_code"],
        },
        "note": f"{case['upstream']} · {when} · {case['source']}",
    }


def synthetic_alert(deck: AlertDeck, *, number: int, run: str, now: dt.datetime) -> tuple[dict[str, Any], Home]:
    """Return the `number`-th made-up alert of a run, and the home that it means."""
    rng, front = deck.rng, deck.draw()
    body: dict[str, Any] = {
        "external_id": f"demo-{run}-{number:06d}",
        "occurred_at": (now - dt.timedelta(seconds=round(rng.uniform(1, 20), 1))).isoformat(),
        "resident": {"phone": front.phone},
    }
    fate = rng.random()
    if fate < HIGH:
        amount = round(rng.lognormvariate(11.7, 0.6), -3)
        costly = _one_of(COSTLY, rng)
        body |= {"scam_type": costly, "risk": "high", "channel": "funds", "amount_at_risk": str(max(50_000, amount))}
    elif fate < HIGH + MEDIUM:
        channel = rng.choice(("app", "call", "web"))
        body |= {"scam_type": _one_of(COSTLY, rng), "risk": "medium", "channel": channel}
        body["amount_at_risk"] = str(round(rng.uniform(2_000, 40_000), -2))
    else:
        body |= {"scam_type": _one_of(EVERYDAY, rng), "channel": rng.choice(("sms", "app", "call", "web"))}
    if rng.random() < UNKNOWN:
        body["resident"] = {"phone": f"{NOBODY}{rng.randrange(10**6):06d}", "division_code": front.division_code}
    return body, front


def _one_of(weights: dict[str, int], rng: random.Random) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]
