"""The small commands: watch, figures, new_epoch."""

import asyncio
import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from dissuasion.models import Epoch
from dissuasion.queries.worklist import current_epoch
from dissuasion.workers import watch


async def run(monkeypatch, ticks: list[object]) -> int:
    """Run `watch` through these ticks (errors are raised) and return how many there were."""
    stop, left = asyncio.Event(), list(ticks)

    def tick(**_at):
        now = left.pop(0)
        if not left:
            loop.call_soon_threadsafe(stop.set)
        if isinstance(now, Exception):
            raise now
        return now

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(watch.due, "tick", tick)
    for other in (watch.push, watch.sender):
        monkeypatch.setattr(other, "tick", lambda **_at: 0)
    # Its sign of life would wait for the test's own transaction.
    monkeypatch.setattr(watch, "with_pulse", lambda work, **_name: work)
    monkeypatch.setattr(watch, "TICK_S", 0.01)
    monkeypatch.setattr(watch, "FIRST_WAIT_S", 0.01)
    async with asyncio.timeout(5):
        await watch.run_watch(stop)
    return len(ticks) - len(left)


@pytest.mark.django_db
async def test_watch_survives_an_outage_and_says_so_once(monkeypatch, caplog):
    down = OperationalError("gone")
    with caplog.at_level(logging.WARNING):
        assert await run(monkeypatch, [1, down, down, down, 0, 0]) == 6
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


@pytest.mark.django_db
async def test_watch_goes_on_after_a_fault_of_its_own(monkeypatch, caplog):
    assert await run(monkeypatch, [ValueError("odd"), 0, 0]) == 3
    assert "odd" in caplog.text


def test_a_new_epoch_is_another_one(db):
    before, out = current_epoch(), StringIO()
    call_command("new_epoch", stdout=out)
    assert Epoch.objects.get().epoch != before
    assert str(Epoch.objects.get().epoch) in out.getvalue()


def test_figures_count_what_came_in(cast, send_alert, capsys):
    send_alert()
    call_command("figures")
    shown = capsys.readouterr().out
    assert "周口市反诈中心" in shown
    assert "assigned → acknowledged" in shown


def test_figures_of_a_unit_that_is_not_there_are_refused(cast):
    with pytest.raises(CommandError, match="nope"):
        call_command("figures", unit="nope")
