"""Acts about a case that somebody takes again and again: many short waits are no longer than one long one."""

import sqlite3
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from dissuasion.api.phone import acts as door
from tests.dissuasion.actions.field.phone import Phone

pytestmark = pytest.mark.django_db(transaction=True)
ACTS, HELD_S = 25, 0.4
MOST_S = 6.0  # three seconds of waiting, and the work of a machine that is busy with other tests


class Holder:
    """Somebody else, who takes the case for `HELD_S` whenever an act begins and the case is free."""

    def __init__(self) -> None:
        asked = connection.get_connection_params()
        self.free = threading.Event()
        self.free.set()
        if connection.vendor == "sqlite":
            self.hold = "BEGIN IMMEDIATE"
            self.other = sqlite3.connect(
                connection.settings_dict["NAME"], isolation_level=None, timeout=20, check_same_thread=False
            )
        else:
            self.hold = "BEGIN; SELECT 1 FROM dissuasion_case FOR UPDATE"
            given = {name: asked[name] for name in ("dbname", "user", "password", "host", "port") if name in asked}
            self.other = psycopg.connect(**given, autocommit=True)

    def takes(self) -> None:
        if not self.free.is_set():
            return
        self.free.clear()
        self.other.execute(self.hold)
        threading.Timer(HELD_S, self.lets_go).start()

    def lets_go(self) -> None:
        self.other.execute("ROLLBACK")
        self.free.set()


@contextmanager
def held_at_each_act():
    holder, take = Holder(), door.take

    def take_once_held(*given, **named):
        holder.takes()
        return take(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(door, "take", take_once_held)
        yield
    assert holder.free.wait(10)
    holder.other.close()


def test_a_batch_waits_three_seconds_in_all(live_cast, send_alert):
    send_alert()
    lin = Phone(live_cast, "lin")
    lin.work()
    acts = [lin.envelope("note", {"text": "x"}) for _number in range(ACTS)]
    with held_at_each_act():
        began = time.monotonic()
        verdicts = [receipt["verdict"] for receipt in lin.send(*acts)]
        took = time.monotonic() - began
    assert took < MOST_S, verdicts
    assert (verdicts[0], verdicts[-1]) == ("applied", "busy")
    kept = [receipt["verdict"] for receipt in lin.send(*acts)]
    assert set(kept) == {"applied", "already_applied"}
