"""One run of the demo in one event loop: the server, `watch`, the crew, the alert source and the narrator."""

import asyncio
import contextlib
import contextvars
import datetime as dt
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import uvicorn
from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import RenderableType

from config.lib.serving import server_config
from dissuasion.demo.city.alerts import AlertDeck
from dissuasion.demo.city.caretaker import Caretaker
from dissuasion.demo.city.desk import Desk, give_to
from dissuasion.demo.city.feeder import Feeder
from dissuasion.demo.crew.crew import Crew
from dissuasion.demo.crew.door import Door, Session
from dissuasion.demo.crew.mix import Mix
from dissuasion.demo.crew.pace import Pace
from dissuasion.demo.crew.profile import random_for
from dissuasion.demo.crew.stories import story_of
from dissuasion.demo.crew.world import World
from dissuasion.demo.seeding.recorded import recorded_cases, recorded_residents
from dissuasion.demo.seeding.rota import renew_shifts
from dissuasion.demo.seeding.work_data import DEMO_SOURCE_KEY
from dissuasion.demo.show import register
from dissuasion.demo.show.lan import Lan
from dissuasion.demo.show.narrator import Narrator
from dissuasion.demo.show.screen import Screen
from dissuasion.reports.figures import Period
from dissuasion.reports.figures_table import roots, tables
from dissuasion.workers.watch import run_watch

T = TypeVar("T")
logger = logging.getLogger(__name__)
GAP_S = 6.0
# Long enough for the slowest recorded case; then the city goes on without it.
RECORDED_AT_MOST_S = 150.0
# How long the desks wait before they decide, so that a person who tries the demo can decide first.
SOON_S, PATIENCE_S = 1.5, 30.0
REAL_EVERY_S = 1.0
JOIN_PER_SECOND, CREW_EVERY_S, SHIFTS_EVERY_S = 12.0, 60.0, 3600.0
FIRST_PHONES_S = 5.0
FAREWELL_S = 1.2


@dataclass(frozen=True)
class Options:
    """What the demo was asked for: who answers (None: nobody), alerts a day, how much faster than usual."""

    listening: socket.socket
    crew: Mix | None
    most_phones: int
    rate: float
    pace: float
    language: str
    lan: Lan | None = None

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"http://{self.listening.getsockname()[0]}:{self.listening.getsockname()[1]}"


class Server(uvicorn.Server):
    """uvicorn without its own hands on the signals: the demo ends everything in order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def reading(work: Callable[..., T], *args: Any) -> T:
    """Return `work(*args)`, run in a thread with a database connection of its own."""

    def with_connection() -> T:
        close_old_connections()
        try:
            return work(*args)
        finally:
            close_old_connections()

    return await sync_to_async(with_connection, thread_sensitive=False)()


class Demo:
    """Everything that runs until a signal comes."""

    def __init__(self, options: Options, screen: Screen, *, greeting: list[RenderableType]) -> None:
        self.options, self.screen, self.greeting = options, screen, greeting
        self.stop = asyncio.Event()
        self.begun_at = timezone.now()
        self.server = Server(server_config(log_config=None, timeout_graceful_shutdown=1))
        beside = options.lan.configs() if options.lan else []
        self.beside = [(Server(config), listening) for config, listening in beside]
        self.world = World(
            pace=Pace(speed=options.pace), run=f"{self.begun_at:%Y%m%d%H%M%S}",
            stories={recorded_residents()[c["key"]]["phone"]: story_of(c) for c in recorded_cases()},
        )  # fmt: skip
        self.sessions: list[str] = []

    async def run(self) -> Narrator:
        """Serve and play until told to stop; return who can tell what happened."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop.set)
        # In a context of its own: the terminal's language is not the visitors'.
        outside = contextvars.Context()
        serving = loop.create_task(self.server.serve(sockets=[self.options.listening]), context=outside)
        watching = loop.create_task(run_watch(self.stop), context=outside)
        beside = [loop.create_task(one.serve(sockets=[at]), context=outside) for one, at in self.beside]
        async with Door(self.options.address, language=self.options.language) as door:
            crew = Crew(door, self.world, mix=self.options.crew)
            narrator = Narrator(door, self.screen, connected=lambda: crew.connected)
            self.world.overheard = narrator.overheard
            playing = loop.create_task(self._play(door, crew, narrator))
            await asyncio.wait(
                [playing, serving, loop.create_task(self.stop.wait())], return_when=asyncio.FIRST_COMPLETED
            )
            self.stop.set()
            for server in (self.server, *(one for one, _at in self.beside)):
                server.should_exit = True
            await self._end(playing, crew)
        await asyncio.wait([serving, watching, *beside], timeout=FAREWELL_S)
        for task in (playing, serving, *beside):
            error = task.exception() if task.done() and not task.cancelled() else None
            if error is not None:
                raise error
        return narrator

    async def _end(self, playing: "asyncio.Task[None]", crew: Crew) -> None:
        self.screen.stop()
        playing.cancel()
        await asyncio.wait([playing], timeout=FAREWELL_S)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await crew.close()
                await reading(register.end_sessions, self.sessions)

    async def _play(self, door: Door, crew: Crew, narrator: Narrator) -> None:
        while not self.server.started:  # noqa: ASYNC110  uvicorn has no event for this
            await asyncio.sleep(0.02)
        self.screen.print(*self.greeting)
        self.screen.start()
        async with asyncio.TaskGroup() as group:
            fronts = group.create_task(reading(register.resident_homes))
            desks, counties = await reading(register.desk_people)
            narrator.desks = await self._passes(desks)
            group.create_task(narrator.run())
            if self.options.crew:
                for who in narrator.desks:
                    group.create_task(Desk(door, who, self.world, recorded=False, patience_s=PATIENCE_S).run())
                for who in await self._passes(counties):
                    group.create_task(Desk(door, who, self.world, recorded=True, patience_s=SOON_S).run())
                group.create_task(self._keep_crew(crew))
                await self._first_phones(crew)
            else:
                for who in narrator.desks:
                    group.create_task(Caretaker(door, who).run())
            feeder = Feeder(door, DEMO_SOURCE_KEY, self.world, heard=narrator.heard)
            group.create_task(self._make_room(door, crew, feeder))
            group.create_task(self._hear_others(narrator))
            await self._play_recorded(feeder, narrator)
            deck = AlertDeck(await fronts, random_for(self.world.seed, self.world.run))
            if self.options.rate and deck.fronts:
                self.screen.print("")
                self.screen.print_minor(
                    _("Synthetic alerts from here on: %(rate)s a day.") % {"rate": f"{self.options.rate:,.0f}"}
                )
                group.create_task(feeder.play_synthetic(deck, per_day=self.options.rate))

    async def _play_recorded(self, feeder: Feeder, narrator: Narrator) -> None:
        """Play the four recorded cases; with a crew, see them to their end and show their figures."""
        began = timezone.now()
        await feeder.play_recorded(recorded_cases(), recorded_residents(), gap_s=GAP_S)
        if not self.options.crew:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RECORDED_AT_MOST_S):
                await narrator.idle.wait()
        self.screen.print(*await reading(self._figures, began))

    async def _make_room(self, door: Door, crew: Crew, feeder: Feeder) -> None:
        """Stop the simulated phone of whoever signs in with the app, and send them their station's recorded case."""
        taken: set[str] = set()
        while True:
            try:
                here = await reading(register.real_phones, self.begun_at)
            except DatabaseError as error:
                logger.warning("Who has signed in could not be read; again in a second. %s", error)
                here = []
            for who in here:
                if who.person not in taken and crew.give(who.person):
                    taken.add(who.person)
                    self.screen.print_minor(
                        _("%(name)s is you now: the crew has put that phone down") % {"name": who.name}
                    )
                    await self._play_for(door, feeder, who, f"{self.world.run}-{len(taken)}")
            await asyncio.sleep(REAL_EVERY_S)

    async def _play_for(self, door: Door, feeder: Feeder, who: register.Taken, run: str) -> None:
        """Send the recorded cases of somebody's station; the chief gives them what the machine gave to others."""
        chiefs = await self._passes([who.chief] if who.chief else [])
        for number, case in enumerate(who.cases):
            if number:
                await asyncio.sleep(self.world.pace.hand_seconds(GAP_S))
            opened = await feeder.play_recorded([case], recorded_residents(), gap_s=GAP_S, run=run)
            for chief in chiefs:
                for one in opened:
                    await give_to(door, chief, one, who.person)

    async def _hear_others(self, narrator: Narrator) -> None:
        """Show also the alerts that others send, for instance by hand with curl."""
        told: set[UUID] = set()
        while True:
            try:
                others = await reading(register.others_alerts, self.begun_at, self.world.run)
            except DatabaseError as error:
                logger.warning("Others' alerts could not be read; again in a second. %s", error)
                others = {}
            for key in others.keys() - told:
                narrator.heard(others[key])
            told |= others.keys()
            await asyncio.sleep(REAL_EVERY_S)

    def _figures(self, began: dt.datetime) -> list[Any]:
        period = Period(began, timezone.now())
        return tables(roots(period), period)

    async def _keep_crew(self, crew: Crew) -> None:
        """Keep everybody on duty connected; shifts change, and new days need new ones."""
        renewed = time.monotonic()
        while True:
            try:
                known = {phone.member.id for phone in crew.phones}
                members = await reading(register.on_duty, timezone.now(), known)
                self.sessions += [member.session for member in members if member.session]
                await crew.keep(members[: self.options.most_phones], per_second=JOIN_PER_SECOND)
                if time.monotonic() - renewed > SHIFTS_EVERY_S:
                    renewed = time.monotonic()
                    await reading(renew_shifts, timezone.now())
            except DatabaseError as error:
                logger.warning("The crew's rota could not be read; again in a minute. %s", error)
            await asyncio.sleep(CREW_EVERY_S)

    async def _first_phones(self, crew: Crew) -> None:
        """Wait until the phones at the recorded cases' places are connected, or for a few seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FIRST_PHONES_S):
                while not crew.ready:  # noqa: ASYNC110  many phones, and none knows of the others
                    await asyncio.sleep(0.05)

    async def _passes(self, people: list[Any]) -> list[Session]:
        sessions = await reading(register.make_sessions, people)
        self.sessions += sessions.values()
        return [Session.of_session(key) for key in sessions.values()]
