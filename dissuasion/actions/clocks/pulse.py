"""Writes a watcher's sign of life, and forgets those of watchers that are gone."""

import datetime as dt

from dissuasion.models import Pulse

# A watcher that starts takes over from whoever has been silent this long.
GONE = dt.timedelta(seconds=30)


def beat(name: str, *, process: str, version: str, at: dt.datetime) -> None:
    """Write that this loop of this process is alive at `at`."""
    if not Pulse.objects.filter(name=name, process=process).update(version=version, at=at):
        Pulse.objects.bulk_create([Pulse(name=name, process=process, version=version, at=at)], ignore_conflicts=True)


def forget_silent(*, at: dt.datetime) -> None:
    """Delete the pulses of watchers that are silent at `at`, and those that a wrong clock put into the future."""
    Pulse.objects.exclude(at__range=(at - GONE, at + GONE)).delete()
