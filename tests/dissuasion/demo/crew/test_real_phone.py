"""Whoever signs in with the app takes over from the crew, and is warned of their station's recorded case."""

import asyncio
import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import Device
from dissuasion.demo.city.desk import give_to
from dissuasion.demo.crew.crew import Crew
from dissuasion.demo.crew.door import Door, Session
from dissuasion.demo.show import register
from dissuasion.demo.show.narrator import Narrator
from dissuasion.models import Assignment
from tests.cast import SOURCE_KEY, alert
from tests.dissuasion.demo.crew.phones import read, until


@pytest.mark.django_db
def test_an_app_that_reported_itself_is_a_real_phone(cast):
    began = timezone.now()
    assert register.real_phones(began) == []
    Device.objects.create(person=cast.lin, code="app", app_version="1", heard_at=timezone.now())
    (lin,) = register.real_phones(began)
    assert (lin.name, [case["person"] for case in lin.cases]) == (cast.lin.name, ["赵某"])


@pytest.mark.django_db
def test_an_app_of_an_earlier_run_is_not(cast):
    Device.objects.create(person=cast.lin, code="app", app_version="1", heard_at=timezone.now())
    assert register.real_phones(timezone.now()) == []


@pytest.mark.django_db
def test_the_chief_of_the_station_is_known(cast):
    Device.objects.create(person=cast.lin, code="app", app_version="1", heard_at=timezone.now())
    (lin,) = register.real_phones(timezone.now() - dt.timedelta(minutes=1))
    assert lin.chief == cast.gu


@pytest.mark.django_db
def test_it_tells_what_others_send(cast, send_alert):
    began = timezone.now()
    send_alert(external_id="demo-17-000001")
    send_alert(external_id="my-first")
    send_alert(external_id="nobody", resident={"phone": "10099000000"})
    mine, nobody = register.others_alerts(began, "17").values()
    assert (mine.body["channel"], mine.answer["risk"], mine.answer["way"]) == ("Funds centre", "high", "case")
    assert (nobody.answer["way"], nobody.place) == ("triage", "")
    narrator = Narrator(None, SimpleNamespace(print_minor=lambda line: None), connected=lambda: 0)
    narrator.heard(mine)
    narrator.heard(nobody)
    assert ([way.place for way in narrator.timelines.values()], narrator.counts["triage"]) == ([mine.place], 1)
    assert register.others_alerts(timezone.now() + dt.timedelta(seconds=1), "17") == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_the_chief_gives_the_case_to_whoever_is_at_the_phone(server, member, live_cast):
    chief = Session.of_session((await read(member)("gu")).session)
    async with Door(server) as door:
        case = (await door.alert(SOURCE_KEY, alert()))["case"]
        lead = Assignment.objects.filter(case=case, part="lead", status="assigned")
        await until(lambda: lead.exists())
        for person in (live_cast.qin, live_cast.qin, live_cast.lin):
            assert await give_to(door, chief, case, str(person.pk)) is True
            assert (await read(lead.get)()).person_id == person.pk
        assert await give_to(door, chief, case, str(live_cast.mei.pk)) is False


async def test_the_crew_finishes_what_it_has_in_hand_and_never_takes_the_phone_again():
    async def rings() -> None:
        await asyncio.sleep(60)

    member = SimpleNamespace(id="lin", first=False)
    phone = SimpleNamespace(member=member, busy=True, connected=False, socket=None)
    crew = Crew(door=None, world=None)
    task = asyncio.create_task(rings())
    crew._phones["lin"] = (phone, task)
    assert crew.give("lin") is False
    phone.busy = False
    assert crew.give("lin") is True
    await crew.keep([member], per_second=100)
    assert crew.phones == []
    with pytest.raises(asyncio.CancelledError):
        await task
