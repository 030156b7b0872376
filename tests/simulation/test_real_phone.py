"""Whoever signs in with the app takes over from the crew, and is warned of their station's recorded case."""

import asyncio
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import Device
from dissuasion.management.demo import register
from dissuasion.simulation.crew import Crew


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
