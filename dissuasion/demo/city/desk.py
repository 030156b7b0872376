"""A simulated desk: it sends the same officer again, with a companion, when a visit did not succeed."""

import asyncio
import logging
import time
from typing import Any

from dissuasion.demo.crew.door import Door, NoNetwork, Refused, Session
from dissuasion.demo.crew.world import World

logger = logging.getLogger(__name__)
LOOK_EVERY_S = 2.5
# Results after which another visit may help; lost money is a matter for the bank and the investigators.
AGAIN = {"refused", "not_met", "wrong_address"}
MOST_VISITS = 3
# How often a desk tries to give a case while the machine and the crew are changing it.
TRIES, AGAIN_S = 20, 0.25


class Desk:
    """One desk officer. `recorded` says which cases are theirs: those that a story tells, or all the others.

    They leave a case alone for `patience_s`, so that whoever tries the demo out can decide it first.
    """

    def __init__(self, door: Door, who: Session, world: World, *, recorded: bool, patience_s: float) -> None:
        self.door, self.who, self.world = door, who, world
        self.recorded, self.patience_s = recorded, patience_s
        self._due: dict[str, float] = {}

    async def run(self) -> None:
        """Look at the board again and again until cancelled."""
        while True:
            try:
                await self.look()
            except (NoNetwork, Refused) as error:
                logger.debug("The desk has to look again: %s", error)
            await asyncio.sleep(self.world.pace.hand_seconds(LOOK_EVERY_S))

    async def look(self) -> None:
        """Read the board once and decide what is due."""
        board = await self.door.read(self.who, "board")
        waiting = {case["id"] for case in board["cases"] if case["attention"] == "returned" and not case["team"]}
        now = time.monotonic()
        self._due = {case: due for case, due in self._due.items() if case in waiting}
        for case in waiting:
            if (case in self.world.cases) == self.recorded:
                due = self._due.setdefault(case, now + self.world.pace.hand_seconds(self.patience_s))
                if due <= now:
                    await self._decide(case, board)

    async def _decide(self, case: str, board: dict[str, Any]) -> None:
        self._due[case] = float("inf")
        file = await self.door.read(self.who, f"cases/{case}")
        if not file["visits"] or file["visits"][-1]["disposition"] not in AGAIN:
            return
        if not self.recorded and len(file["visits"]) >= MOST_VISITS:
            return
        found = await self.door.read(self.who, f"cases/{case}/suggestions")
        if not found["suggestions"]:
            del self._due[case]
            return
        named = [row for row in found["suggestions"] if row["name"] == file["visits"][-1]["by"]]
        lead = (named or found["suggestions"])[0]["person"]
        companion = await self._companion(case, board, lead, found["companions"])
        await self.door.write(self.who, f"cases/{case}/assign", {"person": lead, "companion": companion})

    async def _companion(
        self, case: str, board: dict[str, Any], lead: str, suggested: list[dict[str, Any]]
    ) -> str | None:
        """Return who goes along: somebody of the station that the story names, else the best suggestion."""
        story = self.world.cases.get(case)
        number = self.world.visits_told.get(story.key, 1) - 1 if story else 0
        station = story.stage(number).with_station if story else ""
        unit = next((unit for unit in board.get("units", ()) if station and unit["name"] == station), None)
        if unit is not None:
            theirs = await self.door.read(self.who, f"board?unit={unit['id']}")
            police = [p["id"] for p in theirs.get("people", ()) if p["role"] in ("officer", "community_officer")]
            if police and police[0] != lead:
                return str(police[0])
        return str(suggested[0]["person"]) if suggested else None


async def give_to(door: Door, chief: Session, case: str, person: str) -> bool:
    """Have a chief give a case to this person, also when the machine chose another; return whether they hold it."""
    for _try in range(TRIES):
        try:
            file = await door.read(chief, f"cases/{case}")
            leads = (row for row in file["assignments"] if row["part"] == "lead" and row["ended_at"] is None)
            held = next(leads, None)
            if held is None or held["person"] != person:
                asked = {"person": person, "instead_of": held["id"] if held else None}
                await door.write(chief, f"cases/{case}/assign", asked)
            return True
        except Refused as refusal:
            if refusal.status != 409:
                logger.debug("The desk may not give this case: %s", refusal)
                return False
        except NoNetwork as error:
            logger.debug("The desk has to try again: %s", error)
        await asyncio.sleep(AGAIN_S)
    return False
