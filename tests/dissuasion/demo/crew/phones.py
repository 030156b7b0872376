"""Phones that are switched on for a test, and waiting for what they do."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager

from asgiref.sync import sync_to_async

from dissuasion.demo.crew import errand
from dissuasion.demo.crew.pace import Pace
from dissuasion.demo.crew.phone import Phone
from dissuasion.demo.crew.world import World

QUICK = World(pace=Pace(minute=0.01, speed=2))
read = sync_to_async


async def until(holds: Callable[[], bool], seconds: float = 8.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not await read(holds)():  # noqa: ASYNC110
            await asyncio.sleep(0.03)


@asynccontextmanager
async def phone_of(member, door, world, go_about=errand.run):
    """Switch a phone on."""
    phone = Phone(member, door, world, go_about=go_about)
    task = asyncio.create_task(phone.run())
    try:
        yield phone
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def idle(phone: Phone, key: str) -> None:
    """Leave the alarm alone."""
