"""Ladders under a watch that is killed anywhere and a clock that jumps: no rung skipped, doubled or too early (B8)."""

import datetime as dt
import random
import time
from collections import defaultdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dissuasion.models import Assignment, Case, CaseEvent, Delivery
from dissuasion.rules.ladder import FIRST_LADDER, REACH
from households.models import Household, Resident
from tests.cast import VILLAGE
from tests.properties.often import seed, times
from tests.properties.world import World

TOGETHER = 10  # ladders that run at once
JUMP = 3600
AT_LEAST_S = FIRST_LADDER["high"]["next"] + 60


def begin(world: World) -> None:
    """Warn of so many people: each case is given to somebody, whose ladder begins."""
    world.begin()
    for number in range(TOGETHER):
        home = Household.objects.create(division_id=VILLAGE, address=f"示范路{number}号")
        Resident.objects.create(household=home, name="某", phone=f"1006{number:07d}")
        world.warn("high", resident={"phone": f"1006{number:07d}"})


def travel(world: World, lots: random.Random) -> None:
    """Let the ladders run: seconds pass, watches die, the clock jumps an hour and back, some people answer."""
    gone, ahead = 0, 0
    while gone < AT_LEAST_S:
        seconds = lots.choice([1, 2, 7, 15, 15, 30, 30, 60, 61, 120])
        world.waits(seconds)
        gone += seconds
        if lots.random() < 0.15:
            jump = -JUMP if ahead else JUMP
            world.waits(jump)
            ahead += jump
        world.watches(killed=lots.randrange(1, 250) if lots.random() < 0.5 else None)
        if lots.random() < 0.2:
            somebody_answers(world, lots)
    world.waits(0 if ahead else JUMP)  # the machine comes back after its longest pause
    for _look in range(3):
        world.watches()


def somebody_answers(world: World, lots: random.Random) -> None:
    """One of those who are asked shows it on the phone, or takes it."""
    asked = list(Assignment.objects.filter(status="assigned", person__username__in=["lin", "qin"]).order_by("pk"))
    if asked:
        one = lots.choice(asked)
        phone = next(phone for phone in world.phones.values() if phone.person.pk == one.person_id)
        phone.assignment = str(one.pk)
        phone.does(lots.choice(["receipt", "acknowledge"]))


def check(world: World) -> tuple[int, int]:
    """Compare what was done with what the ladders said; return how many ladders and rungs there were."""
    lines: dict[UUID, list[CaseEvent]] = defaultdict(list)
    for line in CaseEvent.objects.filter(kind="rung").order_by("pk"):
        if line.data["do"] == "leads":
            lines[line.assignment_id] = []  # whoever leads from now on has a ladder that begins anew
        else:
            lines[line.assignment_id].append(line)
    rungs = 0
    for row in Assignment.objects.all():
        mine = lines[row.pk]
        done = [line.data["do"] for line in mine]
        order = [rung["do"] for rung in row.ladder[: row.rung]]
        skipped = [do for do in order if do not in done]
        assert done == [do for do in order if do not in skipped], f"doubled or out of order: {done} of {order}"
        assert not skipped or (row.shown_at and set(skipped) <= set(REACH)), f"skipped: {skipped}"
        for line in mine:
            due_at = row.assigned_at + dt.timedelta(seconds=line.data["after"])
            late = (line.at - due_at) // dt.timedelta(milliseconds=1)
            assert line.data["late_ms"] == max(0, late), "its lateness is wrong"
            assert late >= 0 or line.data["do"] in REACH, f"{line.data['do']} came too early"
            had_its_effect(row, line)
        if row.status == "assigned":
            assert row.due_at is None or row.due_at > timezone.now(), (
                f"{row.ladder[row.rung :]} is due and was not taken"
            )
        rungs += len(mine)
    for case in Case.objects.all():
        kinds = list(case.events.order_by("pk").values_list("kind", flat=True))
        after = kinds[kinds.index("acknowledged") :] if "acknowledged" in kinds else []
        assert "rung" not in after, "a rung after an answer"
    return len(Assignment.objects.exclude(ladder=[])), rungs


def had_its_effect(row: Assignment, line: CaseEvent) -> None:
    """A rung was not only written down: the message is there once, or the second person was asked."""
    told = Delivery.objects.filter(assignment=row, repeats=None, planned_at=line.at)
    match line.data["do"]:
        case "text" | "voice" | "messenger" as channel:
            assert told.filter(channel=channel, purpose="visit").count() == 1
        case "chief" | "county":
            people = told.filter(purpose="unanswered").values_list("person", flat=True)
            assert set(map(str, people)) >= set(line.data["who"])
        case "second":
            asked = Assignment.objects.filter(case=row.case_id, assigned_at=line.at, assigned_by=None)
            assert {str(one.person_id) for one in asked} == set(line.data["who"])


def test_no_rung_is_skipped_or_doubled_whatever_dies_and_jumps(world):
    lots, begun, total, rungs = random.Random(seed(8)), time.monotonic(), 0, 0
    most = times(100, long=2000)
    while total < most:
        with transaction.atomic():
            begin(world)
            travel(world, lots)
            ladders, taken = check(world)
            transaction.set_rollback(True)
        total, rungs = total + ladders, rungs + taken
    print(f"{total} ladders, {rungs} rungs in {time.monotonic() - begun:.0f} s")
    assert rungs > total
