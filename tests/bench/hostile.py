"""What an alert suffers while somebody stalls: before each attack the same stretch undisturbed, then under it."""

import asyncio
import time
from typing import Any

from django.conf import settings

from tests.bench import city, live, servers
from tests.bench.report import Row, Rows, say, spread
from tests.bench.scale import Scale

PER_SECOND = 5  # little enough that two cores are calm without anybody who stalls
# What the attackers do, how many they are, and in which words.
ATTACKS = {
    "schema": (24, "anonymous GET /api/schema"),
    "sign-in": (24, "anonymous sign-ins"),
    "session": (24, "anonymous requests for their session"),
    "acts": (8, "requests of 100 and 500 acts by one grid member"),
    "pictures": (16, "readers of their own picture of 24 megapixels"),
}


def measure(rows: Rows, scale: Scale) -> None:
    """Alert → phone while somebody stalls, beside the same stretch of the same run without anybody."""
    phones = city.phones(scale.hostile_phones)
    numbers = city.residents(phones, PER_SECOND * scale.hostile_s)
    with servers.web() as (port, _process), servers.running("manage.py", "watch"):
        _stretch(port, phones, numbers[:PER_SECOND], tag="warm")
        for kind, (count, words) in ATTACKS.items():
            many = max(2, round(count * scale.attackers))
            cookie = f"{settings.SESSION_COOKIE_NAME}={phones[-1].cookie}"
            city.clear_work()
            calm = _stretch(port, phones, numbers, tag=f"calm-{kind}")  # each time: the machine may have changed
            city.clear_work()  # before: evidence that comes meanwhile must not lose its row
            with servers.running("-m", "tests.bench.attack", kind, str(port), str(many), COOKIE=cookie):
                time.sleep(scale.hostile_begins_s)
                under = _stretch(port, phones, numbers, tag=kind)
            ok = spread(under["delays"])[2] <= 2 * spread(calm["delays"])[2] and not under["lost"]
            goal = "p99 ≤ 2 × undisturbed, none lost"
            what = f"alert → phone, {PER_SECOND}/s, under {many} {words}"
            rows.append(Row(what, _figure(under), say(calm["delays"]), goal, ok and not under["refused"]))


def _stretch(port: int, phones: list[city.PhoneOf], numbers: list[str], *, tag: str) -> dict[str, Any]:
    return asyncio.run(live.alerts_at(port, phones, numbers, per_second=PER_SECOND, tag=f"hostile-{tag}"))


def _figure(found: dict[str, Any]) -> str:
    return f"{say(found['delays'])}, {found['lost']} lost, {found['refused']} refused"
