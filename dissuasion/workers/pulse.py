"""The pulse: loops of `watch` write a sign of life every few seconds, which `watchdog` and /ready look for."""

import logging
import os
import socket
import time
from collections.abc import Callable

from django.utils import timezone

from config.lib.static import built
from dissuasion.actions.clocks import pulse

logger = logging.getLogger(__name__)
PULSE_EVERY_S = 5.0


def with_pulse(work: Callable[[], int], *, name: str) -> Callable[[], int]:
    """Return `work`, followed by a sign of life every five seconds: a loop whose work fails gives none."""
    process, version = f"{socket.gethostname()[:100]}:{os.getpid()}", built.code_id()
    next_at, first = 0.0, True

    def worked() -> int:
        nonlocal next_at, first
        done = work()
        if time.monotonic() < next_at:
            return done
        next_at = time.monotonic() + PULSE_EVERY_S
        try:
            pulse.beat(name, process=process, version=version, at=timezone.now())
            if first:
                pulse.forget_silent(at=timezone.now())
            first = False
        except Exception as error:  # the work itself is done all the same
            logger.warning(
                "%s could not write its sign of life; it tries again in %d s. %s", name, PULSE_EVERY_S, error
            )
        return done

    return worked
