"""Reports from several sides at the same moment, really committed: one of them moves, one repetition is planned."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from dissuasion.actions.messages import notices, sender
from dissuasion.models import Delivery
from tests.dissuasion.actions.field.crowd import at_once


@pytest.fixture
def sending(clock, live_cast, send_alert):
    """The message about Lin's visit, whose sender died half a minute ago."""
    send_alert()
    clock.shift(dt.timedelta(seconds=60))
    case = live_cast.zhao_resident.cases.get()
    about = {"channel": "text", "purpose": "visit", "assignment": case.assignments.first()}
    Delivery.objects.all().delete()
    row = notices.tell(case, live_cast.lin, at=timezone.now(), **about)
    Delivery.objects.filter(pk=row.pk).update(state="sending", due_at=timezone.now())
    return row


def test_one_of_many_reports_moves(sending):
    said = {"message": sending.pk, "provider_id": "", "to": "failed", "at": timezone.now()}
    moved = at_once([partial(notices.reported, "text", **said)] * 6)
    assert sorted(moved) == [False] * 5 + [True]
    assert Delivery.objects.filter(repeats=sending).count() == 1


def test_a_report_and_who_gives_it_up_plan_one_repetition(sending):
    said = {"message": sending.pk, "provider_id": "", "to": "failed", "at": timezone.now()}
    at_once([partial(notices.reported, "text", **said), partial(sender._give_up, at=timezone.now())] * 3)
    sending.refresh_from_db()
    assert (sending.state, Delivery.objects.filter(repeats=sending).count()) == ("failed", 1)
