"""Which faults happen and when, and how much load runs meanwhile: data. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    WEB_KILL = "web process killed"
    WEB_RESTART = "web process restarted"
    WATCH_KILL = "watcher killed"
    WATCH_KILL_BOTH = "both watchers killed"
    REDIS_RESTART = "Redis restarted"
    REDIS_KILL = "Redis killed"
    REDIS_FLUSH = "Redis emptied (FLUSHALL)"
    REDIS_DEAF = "Redis cuts its subscribers"
    REDIS_FREEZE = "Redis frozen for 5 s"
    POSTGRES_RESTART = "PostgreSQL restarted at once"
    POSTGRES_CRASH = "a PostgreSQL backend killed"
    PHONE_FREEZE = "phones frozen"
    DUMP = "a dump taken"  # no fault by itself: what comes after it is lost with the next
    RESTORE = "the dump restored"


# Faults of the database: what falls due meanwhile has longer (promises.md 8).
OF_DATABASE = frozenset({Kind.POSTGRES_RESTART, Kind.POSTGRES_CRASH})
# Sockets stay open and hear nothing: the catch-up query and the phone's own patience have to mend it (promises.md 4).
OF_HEARING = frozenset({Kind.REDIS_RESTART, Kind.REDIS_KILL, Kind.REDIS_DEAF, Kind.REDIS_FREEZE})
# Both are away until the harness, as a supervisor would, has started them again.
OF_WATCHERS = frozenset({Kind.WATCH_KILL_BOTH})


@dataclass(frozen=True)
class Fault:
    """A fault, at so many seconds after the load began; `lasts_s` is how long what was frozen or stopped stays so."""

    kind: Kind
    at_s: float
    which: int = 0  # of two web processes or watchers
    lasts_s: float = 0.0


@dataclass(frozen=True)
class Load:
    """How many alerts in how many seconds: high-risk ones one by one, and batches of which every n-th is high-risk."""

    alerts: int
    seconds: float
    batch_rows: int
    batch_every_s: float
    high_every: int = 10

    @property
    def in_batches(self) -> int:
        """How many alerts come in batches, all of the same size."""
        return min(int(self.seconds / self.batch_every_s) * self.batch_rows, self.alerts)

    @property
    def singles(self) -> int:
        """How many come one by one."""
        return self.alerts - self.in_batches


@dataclass(frozen=True)
class Plan:
    """One run. `city` is the size of the seeded ground; `frozen` of the `phones` share the process that freezes."""

    city: str
    phones: int
    frozen: int
    load: Load
    faults: tuple[Fault, ...]
    acknowledge_s: int = 20  # the first deadline, short enough that watchers have something to do


MINIATURE = Plan(
    city="small", phones=60, frozen=4, load=Load(alerts=360, seconds=30, batch_rows=40, batch_every_s=5),
    faults=(
        Fault(Kind.PHONE_FREEZE, 1, lasts_s=16),
        Fault(Kind.WEB_KILL, 3, which=0),
        Fault(Kind.WATCH_KILL, 8, which=0),
        Fault(Kind.REDIS_RESTART, 11),
        Fault(Kind.POSTGRES_RESTART, 15),
        Fault(Kind.REDIS_FLUSH, 21),
        Fault(Kind.WEB_KILL, 24, which=1),
    ),
)  # fmt: skip

# What was taken in and done for six seconds is gone: phones that have seen it must not take the past for the present.
RESTORED = Plan(
    city="small", phones=50, frozen=2, load=Load(alerts=200, seconds=14, batch_rows=25, batch_every_s=2),
    faults=(Fault(Kind.DUMP, 2), Fault(Kind.RESTORE, 8)),
)  # fmt: skip

ROUND = (
    Kind.WEB_KILL, Kind.WATCH_KILL, Kind.REDIS_RESTART, Kind.POSTGRES_RESTART, Kind.PHONE_FREEZE, Kind.REDIS_FLUSH,
    Kind.WEB_RESTART, Kind.REDIS_KILL, Kind.POSTGRES_CRASH, Kind.REDIS_DEAF, Kind.WATCH_KILL_BOTH, Kind.REDIS_FREEZE,
)  # fmt: skip
LASTS_S = {Kind.PHONE_FREEZE: 18.0, Kind.REDIS_FREEZE: 5.0}
LEAD_S = 5.0
# Of a hundred alerts 1.6 are of people at high risk (published: 1.4, volumes.json): one is sent alone, the others stand
# in batches. A day's alerts come in ten minutes, for the ground of a thousand phones: with fewer people each officer is
# given dozens of visits at once, and what is measured is two cores that build worklists nobody could ever have.
IN_BATCHES, HIGH_EVERY, PHONES = 0.99, 250, 1000
# A third of what is published: each unanswered case asks somebody else at its end, and at 20 s a few silent people make
# three assignments of every case.
LONG_ACKNOWLEDGE_S = 90


def long(*, alerts: int, faults: int, seconds: float, phones: int = PHONES) -> Plan:
    """Return the long form: the kinds in turn, evenly over the load, each hitting the other process the next time."""
    apart = (seconds - LEAD_S) / faults
    planned = [
        Fault(kind, LEAD_S + number * apart, which=number // len(ROUND) % 2, lasts_s=LASTS_S.get(kind, 0.0))
        for number, kind in enumerate(ROUND[number % len(ROUND)] for number in range(faults))
    ]
    batches_s = 5.0
    rows = max(10, round(IN_BATCHES * alerts / (seconds / batches_s)))
    load = Load(alerts, seconds, batch_rows=rows, batch_every_s=batches_s, high_every=HIGH_EVERY)
    return Plan(
        city="city", phones=phones, frozen=6, load=load,
        faults=tuple(planned), acknowledge_s=LONG_ACKNOWLEDGE_S,
    )  # fmt: skip
