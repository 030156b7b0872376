"""The desk of a demo in which nobody plays: it takes back what nobody has answered for long, so that ladders end."""

import asyncio
import datetime as dt
import logging
from typing import Any

from django.utils import timezone

from dissuasion.demo.crew.door import Door, NoNetwork, Refused, Session

logger = logging.getLogger(__name__)
LOOK_EVERY_S = 30.0
# Long enough to watch three rounds of a ladder.
UNANSWERED_FOR = dt.timedelta(minutes=15)
REASON = "demo: nobody answers"


class Caretaker:
    """Looks at one desk's board now and then; what somebody has taken, or a person has decided, is left alone."""

    def __init__(self, door: Door, who: Session) -> None:
        self.door, self.who = door, who

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look()
            except (NoNetwork, Refused) as error:
                logger.debug("The caretaker has to look again: %s", error)

    async def look(self) -> None:
        """Read the board once and take back what waits for nobody."""
        board = await self.door.read(self.who, "board")
        for case in board["cases"]:
            if _is_unanswered(case):
                await self._take_back(case["id"])

    async def _take_back(self, case: str) -> None:
        try:
            await self.door.write(self.who, f"cases/{case}/recall", {"reason": REASON})
        except Refused as refusal:
            if refusal.status != 409:  # it has just ended
                raise


def _is_unanswered(case: dict[str, Any]) -> bool:
    """Return whether a case is old and everybody who was asked has still to answer."""
    asked = [member for member in case["team"] if member["status"] == "assigned"]
    old = timezone.now() - dt.datetime.fromisoformat(case["opened_at"]) > UNANSWERED_FOR
    return bool(asked) and len(asked) == len(case["team"]) and old
