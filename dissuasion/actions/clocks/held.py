"""Tries held acts again (待定记录), in a loop of its own, so that many of them make no rung late."""

import datetime as dt
import time

from dissuasion.actions.clocks.due import Due
from dissuasion.actions.field.held_acts import take_up
from dissuasion.models import Act

AT_ONCE = 25
MOST_S = 0.3  # seconds a tick: the rest of the second is left to whatever is urgent


def tick(*, at: dt.datetime) -> int:
    """Try a few of the acts that are due at `at`, the oldest moment first; return how many were tried."""
    end = time.monotonic() + MOST_S
    waiting = Act.objects.filter(retry_at__lte=at).order_by("retry_at").values_list("pk", flat=True)
    tried = 0
    for key in list(waiting[:AT_ONCE]):
        if tried and time.monotonic() > end:
            break
        Due(Act, "retry_at", key, (key,), take_up).carry_out(at=at)
        tried += 1
    return tried
