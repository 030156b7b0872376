"""How urgent a case is (研判): explainable points, and floors below which no points may lead. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dissuasion.rules import levels
from dissuasion.rules.levels import Risk
from dissuasion.rules.reasons import Reason
from dissuasion.rules.sources import LEVEL

# Reasons that do not come from a warning: they stay when a case is judged again.
SAID_SINCE = frozenset({
    "set_by_chief", "unreachable", "denied_funds_moving", "payment_under_way", "message_failed", "reply_paying",
    "reply_unclear", "unreachable_by_message",
})  # fmt: skip
MONEY_CHANNELS = frozenset({"funds", "bank"})

MAX_REPEATS = 20
# The first version; later ones are written in the admin, and all are kept.
FIRST_WEIGHTS: dict[str, Any] = {
    "points": {
        "funds_moving": 40,
        "source_high": 30,
        "source_medium": 10,
        "large_amount": 25,
        "high_loss_type": 16,
        "hot_area": 8,
        "repeat": 10,
        "aged": 8,
        "lives_alone": 6,
        "earlier_victim": 10,
        "denied_before": 14,
    },
    "thresholds": {"medium": 25, "high": 60},
    "large_amount_yuan": 50000,
    "aged_years": 65,
    "repeats_counted": 3,
    "high_loss_types": [
        "investment",
        "loan",
        "credit_record",
        "police_impersonation",
        "romance",
        "virtual_currency",
    ],
    "hot_divisions": [],
    # The level that each of these asks for, whatever the points; empty where it asks for none. Fund alerts are met one
    # by one (资金预警, 逐条见面) in Zhoukou and Yutian.
    "floors": {
        "fund_alert": "high",
        "money_moved": "high",
        "large_amount_leaving": "high",
        "source_says_high": "medium",
    },
    "fund_channels": ["funds"],
}


@dataclass(frozen=True)
class Features:
    """What is known when a case is judged. Amounts in yuan; `repeats`: earlier alerts within 7 days.

    `official_channels` are those through which police or a bank have warned, `instruction` is a superior's.
    """

    scam_type: str
    source_risk: str = ""
    instruction: str = ""
    channels: frozenset[str] = frozenset()
    official_channels: frozenset[str] = frozenset()
    already_transferred: Decimal = Decimal(0)
    amount_at_risk: Decimal = Decimal(0)
    repeats: int = 0
    division_code: str = ""
    age: int | None = None
    lives_alone: bool = False
    earlier_victim: bool = False
    denied_before: bool = False


@dataclass(frozen=True)
class Judgement:
    """The level, the sum, and each reason with its points; words.py turns reasons into sentences."""

    risk: Risk
    points: int
    reasons: list[Reason] = field(default_factory=list)


def judge(features: Features, weights: dict[str, Any]) -> Judgement:
    """Return the judgement of `features` under one version of the weights: floors that decide stand first."""
    counted = _counted(features, weights)
    total = sum(reason["points"] for reason in counted)
    risk = _level(total, weights["thresholds"])
    lifting = [(reason, level) for reason, level in _floors(features, weights) if levels.is_above(level, risk)]
    for _reason, level in lifting:
        risk = levels.higher(risk, level)
    decisive = [reason for reason, level in lifting if level == risk]
    if features.instruction:
        # Always said: whoever lowers the level must know whose word they set aside.
        risk = levels.higher(risk, LEVEL[features.instruction])
        decisive.insert(0, {"code": f"instructed_{features.instruction}", "points": 0, "params": {}})
    return Judgement(risk, total, decisive + counted)


def _counted(features: Features, weights: dict[str, Any]) -> list[Reason]:
    """Return the reasons that give points, the weightiest first."""
    points = weights["points"]
    reasons: list[Reason] = []

    def count(code: str, holds: bool, times: int = 1, **params: Any) -> None:
        if holds and points[code]:
            reasons.append({"code": code, "points": points[code] * times, "params": params})

    moving = features.already_transferred > 0 or bool(features.channels & MONEY_CHANNELS)
    count("funds_moving", moving, transferred=str(features.already_transferred))
    count("source_high", features.source_risk == Risk.HIGH)
    count("source_medium", features.source_risk == Risk.MEDIUM)
    large = features.amount_at_risk >= weights["large_amount_yuan"]
    count("large_amount", large, amount=str(features.amount_at_risk))
    count("high_loss_type", features.scam_type in weights["high_loss_types"], scam_type=features.scam_type)
    hot = any(features.division_code.startswith(code) for code in weights["hot_divisions"])
    count("hot_area", bool(features.division_code) and hot)
    repeats = min(features.repeats, weights["repeats_counted"])
    count("repeat", repeats > 0, times=repeats, count=features.repeats)
    count("aged", features.age is not None and features.age >= weights["aged_years"], age=features.age)
    count("lives_alone", features.lives_alone)
    count("earlier_victim", features.earlier_victim)
    count("denied_before", features.denied_before)
    return sorted(reasons, key=lambda reason: -reason["points"])


def _level(total: int, thresholds: dict[str, int]) -> Risk:
    if total >= thresholds["high"]:
        return Risk.HIGH
    return Risk.MEDIUM if total >= thresholds["medium"] else Risk.LOW


def _floors(features: Features, weights: dict[str, Any]) -> list[tuple[Reason, Risk]]:
    """Return the floors that hold, each with its reason, and the levels that they ask for."""
    asked = weights.get("floors", FIRST_WEIGHTS["floors"])
    funds = weights.get("fund_channels", FIRST_WEIGHTS["fund_channels"])
    found: list[tuple[Reason, Risk]] = []

    def ask(code: str, holds: bool, **params: Any) -> None:
        if holds and asked[code]:
            found.append(({"code": code, "points": 0, "params": params}, Risk(asked[code])))

    ask("fund_alert", not features.official_channels.isdisjoint(funds))
    ask("money_moved", features.already_transferred > 0, transferred=str(features.already_transferred))
    large = features.amount_at_risk >= weights["large_amount_yuan"]
    ask("large_amount_leaving", large, amount=str(features.amount_at_risk))
    ask("source_says_high", features.source_risk == Risk.HIGH)
    return found


def faults(weights: Any) -> list[str]:
    """Return what is wrong with weights as an admin wrote them, as codes; empty when they hold."""
    if not isinstance(weights, dict) or set(weights) != set(FIRST_WEIGHTS):
        return ["keys"]
    found = []
    points, thresholds = weights["points"], weights["thresholds"]
    if not isinstance(points, dict) or set(points) != set(FIRST_WEIGHTS["points"]):
        found.append("points: keys")
    elif not all(_is_whole(p) and 0 <= p <= 100 for p in points.values()):
        found.append("points: numbers from 0 to 100")
    if not isinstance(thresholds, dict) or set(thresholds) != {"medium", "high"}:
        found.append("thresholds: keys")
    elif not all(_is_whole(t) for t in thresholds.values()) or not 0 < thresholds["medium"] < thresholds["high"]:
        found.append("thresholds: order")
    found += [key for key in ("large_amount_yuan", "aged_years", "repeats_counted") if not _is_whole(weights[key])]
    if _is_whole(weights["repeats_counted"]) and weights["repeats_counted"] > MAX_REPEATS:
        found.append("repeats_counted: too many")
    floors = weights["floors"]
    if not isinstance(floors, dict) or set(floors) != set(FIRST_WEIGHTS["floors"]):
        found.append("floors: keys")
    elif not all(level in ("", Risk.MEDIUM, Risk.HIGH) for level in floors.values()):
        found.append("floors: levels")
    found += [key for key in ("high_loss_types", "hot_divisions", "fund_channels") if not _is_text_list(weights[key])]
    return found


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text for text in value)
