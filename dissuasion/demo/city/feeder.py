"""The pretend alert source: sends the recorded cases, then synthetic alerts at the published rate."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dissuasion.demo.city.alerts import AlertDeck, recorded_alert, synthetic_alert
from dissuasion.demo.crew.door import Door, NoNetwork, Refused
from dissuasion.demo.crew.stories import story_of
from dissuasion.demo.crew.world import World

DAY_S = 86_400
# When the server falls behind by more than this, missed alerts are skipped, not sent in a burst.
MOST_BEHIND_S = 5.0


@dataclass(frozen=True)
class Sent:
    """An alert that went out: its body, the place in words, the server's answer or why there is none.

    `recorded` is the entry of recorded_cases.json, for the four real ones.
    """

    body: dict[str, Any]
    place: str
    answer: dict[str, Any] | None
    refusal: str = ""
    recorded: dict[str, Any] | None = None


class Feeder:
    """One source with its key; `heard` is told of every alert that went out."""

    def __init__(self, door: Door, key: str, world: World, *, heard: Callable[[Sent], None]) -> None:
        self.door, self.key, self.world, self.heard = door, key, world, heard

    async def play_recorded(
        self, cases: Iterable[dict[str, Any]], residents: dict[str, Any], *, gap_s: float, run: str = ""
    ) -> list[str]:
        """Send the recorded cases, `gap_s` s apart, anew for another `run`; return the ids of their cases."""
        opened: list[str] = []
        for number, case in enumerate(cases):
            if number:
                await asyncio.sleep(self.world.pace.hand_seconds(gap_s))
            body = recorded_alert(case, residents[case["key"]], run=run or self.world.run, now=dt.datetime.now(dt.UTC))
            sent = await self._send(body, case["county"] + case["township"], case)
            if sent.answer and sent.answer["case"]:
                self.world.cases[sent.answer["case"]] = story_of(case)
                opened.append(sent.answer["case"])
            self.heard(sent)
        return opened

    async def play_synthetic(self, deck: AlertDeck, *, per_day: float) -> None:
        """Send made-up alerts at this rate until cancelled, at intervals as irregular as a city's."""
        number, due = 0, time.monotonic()
        while True:
            due += deck.rng.expovariate(per_day / DAY_S)
            now = time.monotonic()
            if due < now - MOST_BEHIND_S:
                due = now
            await asyncio.sleep(max(0.0, due - now))
            number += 1
            body, front = synthetic_alert(deck, number=number, run=self.world.run, now=dt.datetime.now(dt.UTC))
            self.heard(await self._send(body, front.place, None))

    async def _send(self, body: dict[str, Any], place: str, case: dict[str, Any] | None) -> Sent:
        try:
            return Sent(body, place, await self.door.alert(self.key, body), recorded=case)
        except (NoNetwork, Refused) as error:
            return Sent(body, place, None, refusal=str(error), recorded=case)
