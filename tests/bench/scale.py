"""How large each part of the benchmark is: as it is measured, and the miniature in which the suite runs every part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Counts of people, alerts and rows, and seconds; goals are for the full scale only."""

    ground: str = "city"
    phones: tuple[int, ...] = (200, 1000)  # of which the last count also meets the burst
    burst: int = 300
    seconds: int = 30  # of each steady stretch
    sockets: int = 1000  # whose memory is weighed
    alerts: int = 6000  # rows of the batch intake
    intake_phones: int = 400
    everybody: int = 4000  # phones of people on whose ground residents are looked for
    batch: int = 1000
    crew: int = 300
    crew_settle_s: float = 75.0  # the second officer is asked after a minute where the first is offline or silent
    ladders: int = 500
    ladder_pace: float = 1.0
    idle_s: float = 20.0
    history: int = 1_000_000
    short_history: int = 10_000
    hostile_phones: int = 200
    hostile_s: int = 20
    hostile_begins_s: float = 4.0  # before the first alert: then an attack is in full swing
    attackers: float = 1.0  # of those that each attack names


FULL = Scale()
MINIATURE = Scale(
    ground="small", phones=(50,), burst=6, seconds=1, sockets=12, alerts=24, intake_phones=50, everybody=50, batch=12,
    crew=50, crew_settle_s=2.0, ladders=2, ladder_pace=0.1, idle_s=1.0, history=300, short_history=100,
    hostile_phones=50, hostile_s=2, hostile_begins_s=1.0, attackers=0.25,
)  # fmt: skip
