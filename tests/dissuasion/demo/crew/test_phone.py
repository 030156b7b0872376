"""Phones and desk against a real server: pull, listen, act, come back."""

import asyncio

import pytest

from accounts.models import Person
from accounts.people import deactivate
from dissuasion.demo.city.desk import Desk
from dissuasion.demo.crew.door import Door, Session
from dissuasion.demo.crew.pace import Pace
from dissuasion.demo.crew.phone import Phone
from dissuasion.demo.crew.stories import Stage, Story
from dissuasion.demo.crew.world import World
from dissuasion.models import Act, Assignment, Case, Visit
from tests.cast import PHONE, SOURCE_KEY, alert
from tests.dissuasion.demo.crew.phones import QUICK, idle, phone_of, read, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore::ResourceWarning")]


async def test_it_takes_an_alarm_to_a_recorded_visit(server, member):
    lin = await read(member)("lin")
    async with Door(server) as door, phone_of(lin, door, QUICK) as phone:
        await until(lambda: phone.connected)
        answer = await door.alert(SOURCE_KEY, alert())
        await until(lambda: Visit.objects.filter(case=answer["case"], decides=True).exists())
        await until(lambda: phone.document["assignments"] == [])
    kinds = await read(lambda: list(Act.objects.order_by("seq").values_list("kind", "verdict")))()
    assert [kind for kind, _verdict in kinds] == ["receipt", "acknowledge", "contact", "depart", "arrive", "visit"]
    assert {verdict for _kind, verdict in kinds} == {"applied"}
    held = await read(Assignment.objects.get)()
    assert held.shown_at
    assert held.arrived_at


async def test_what_it_has_is_what_a_fresh_pull_gives(server, member):
    lin = await read(member)("lin")
    async with Door(server) as door, phone_of(lin, door, QUICK, go_about=idle) as phone:
        await until(lambda: phone.connected)
        await door.alert(SOURCE_KEY, alert())
        await until(lambda: len(phone.document["assignments"]) == 1)
        assert await door.work(Session.of_session(lin.session), have="") == phone.document
        assert await door.work(Session.of_session(lin.session), have=phone.have) is None


async def test_a_deactivated_person_is_shut_out_for_good(server, member, live_cast):
    lin = await read(member)("lin")
    async with Door(server) as door:
        phone = Phone(lin, door, QUICK, go_about=idle)
        task = asyncio.create_task(phone.run())
        await until(lambda: phone.connected)
        await read(deactivate)(await read(Person.objects.get)(username="lin"))
        async with asyncio.timeout(6):
            await task


async def test_a_refusal_goes_over_the_desk_to_a_second_visit(server, member):
    stages = (Stage(1, "refused", "不听"), Stage(1, "dissuaded", "听了", audience="family"))
    world = World(pace=Pace(minute=0.01, speed=4), stories={PHONE: Story("told", stages, 200000, 10000)})
    lin, mei, gu = [await read(member)(name) for name in ("lin", "mei", "gu")]
    async with Door(server) as door, phone_of(lin, door, world) as phone, phone_of(mei, door, world) as other:
        await until(lambda: phone.connected and other.connected)
        desk = Desk(door, Session.of_session(gu.session), world, recorded=True, patience_s=0.1)
        looking = asyncio.create_task(desk.run())
        answer = await door.alert(SOURCE_KEY, alert())
        world.cases[answer["case"]] = world.stories[PHONE]
        await until(lambda: Case.objects.filter(disposition="dissuaded", status="monitoring").exists(), 12)
        looking.cancel()
    visits = await read(lambda: list(Visit.objects.filter(decides=True).values_list("disposition", flat=True)))()
    assert visits == ["refused", "dissuaded"]
    parts = await read(lambda: set(Assignment.objects.values_list("part", "person__username")))()
    assert parts == {("lead", "lin"), ("companion", "mei")}
