"""A crew of every kind at work: how soon an alert is with somebody, and what is missing when all is handed over."""

import asyncio
import datetime as dt
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async

from dissuasion.demo.crew.crew import Crew
from dissuasion.demo.crew.door import Door
from dissuasion.demo.crew.mix import Mix
from dissuasion.demo.crew.pace import Pace
from dissuasion.demo.crew.phone import Member
from dissuasion.demo.crew.profile import PROFILES
from dissuasion.demo.crew.world import World
from dissuasion.models import Act, Assignment
from tests.bench.city import KEY, PhoneOf, alert

# As many quick ones as of all others together; a minute of the story takes 0.1 s, so nobody is offline for over 24 s.
MIX = Mix(tuple((profile, len(PROFILES) if name == "steady" else 1) for name, profile in PROFILES.items()))
PACE = Pace(minute=0.1)
PLACE = (33.6, 114.9)
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Worked:
    """Milliseconds from an alert's request until a phone had it, and what was missing at the end."""

    delays: list[float]
    alerts: int
    unseen: int  # alerts whose case came to nobody's phone
    acts: int
    unanswered: int  # acts that have no receipt
    unkept: int  # acts with a receipt that stand in no row


async def work(port: int, phones: list[PhoneOf], numbers: list[str], *, per_second: float, settle_s: float) -> Worked:
    """Switch the crew on, send one high-risk alert a resident at a steady rate, and wait until all is handed over.

    After `settle_s` the last records go out.
    """
    members = [Member(phone.person, phone.person, PLACE, session=phone.cookie) for phone in phones]
    async with Door(f"http://127.0.0.1:{port}") as door, asyncio.TaskGroup() as group:
        crew = Crew(door, World(pace=PACE, seed="bench"), mix=MIX)
        await crew.keep(members, per_second=60)
        sent: dict[str, dt.datetime] = {}

        async def send(number: int, phone: str) -> None:
            begun = dt.datetime.now(dt.UTC)
            answer = await door.alert(KEY, alert(f"crew-{number}", phone, high=True))
            sent[answer["case"]] = begun

        first = time.monotonic()
        for number, phone in enumerate(numbers):
            await asyncio.sleep(max(0.0, first + number / per_second - time.monotonic()))
            group.create_task(send(number, phone))
        await asyncio.sleep(settle_s)
        staff, end = crew.phones, time.monotonic() + PATIENCE_S
        while any(phone.outbox.waiting for phone in staff) and time.monotonic() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
        await crew.close()
        return await sync_to_async(_compare)([phone.ledger.to_dict() for phone in staff], sent)


def _compare(ledgers: list[dict[str, Any]], sent: dict[str, dt.datetime]) -> Worked:
    shown = [(row["assignment"], dt.datetime.fromisoformat(row["at"])) for each in ledgers for row in each["shown"]]
    cases = dict(Assignment.objects.filter(pk__in=[key for key, _at in shown]).values_list("pk", "case_id"))
    first: dict[str, dt.datetime] = {}
    for key, at in shown:
        case = str(cases[UUID(key)])
        first[case] = min(at, first.get(case, at))
    acts = [act for each in ledgers for act in each["acts"]]
    answered = [act["act"]["uuid"] for act in acts if act["receipt"]]
    kept = set(map(str, Act.objects.filter(pk__in=answered).values_list("pk", flat=True)))
    delays = [(first[case] - begun).total_seconds() * 1000 for case, begun in sent.items() if case in first]
    return Worked(
        delays, len(sent), len(sent) - len(delays), len(acts), len(acts) - len(answered), len(set(answered) - kept)
    )
