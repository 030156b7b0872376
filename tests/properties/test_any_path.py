"""Whatever happens in whatever order: one holder, no dead end, always a clock, a line for each step (B11, A7)."""

import time

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from dissuasion.models import Case
from dissuasion.transports import push
from tests.properties.invariants import Invariants
from tests.properties.often import LONG, WALK, times
from tests.properties.world import ALERTS, FIELD, OUTCOMES, PAYLOADS, REPORTS, World

NAMES, SOME = st.sampled_from(FIELD), st.integers(0, 5)
ASKS = [
    "assign lin", "assign qin", "assign mei", "assign qin mei", "recall", "high", "medium", "low",
    "decide close", "decide go_on",
]  # fmt: skip
SECONDS = st.sampled_from([1, 10, 15, 16, 30, 45, 60, 61, 120, 121, 180, 301, 1201, 3600, 4 * 3600, 20 * 3600])
PUSHED = [push.Outcome.SENT, push.Outcome.LATER]


def machine_of(world: World, ran: list[int]) -> type[RuleBasedStateMachine]:
    """Return the state machine over this world; it counts its runs and steps in `ran`."""

    class Station(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.all = transaction.atomic()
            self.all.__enter__()
            ran[0] += 1
            if LONG and ran[0] % 20 == 0:
                print(f"{ran[0]} runs, {ran[1]} steps, {time.process_time():.0f} s", flush=True)

        @initialize()
        def begins(self) -> None:
            world.begin()
            self.watched = Invariants(world)
            world.warn("high")

        @rule(what=st.sampled_from(sorted(ALERTS)))
        def a_warning(self, what: str) -> None:
            world.warn(what)

        @rule(name=NAMES, what=st.sampled_from(sorted(PAYLOADS)), which=SOME, late_s=st.sampled_from([0, 0, 20, 1800]))
        def an_act(self, name: str, what: str, which: int, late_s: int) -> None:
            world.acts(name, what, which=which, late_s=late_s)

        @rule(name=NAMES, what=st.sampled_from(["acknowledge", "decline", "receipt"]))
        def an_answer(self, name: str, what: str) -> None:
            world.acts(name, what, which=0, late_s=0)

        @rule(name=NAMES, disposition=st.sampled_from(["dissuaded", "refused", "no_fraud", "not_met"]))
        def a_correction(self, name: str, disposition: str) -> None:
            world.corrects(name, disposition)

        @rule(which=st.integers(0, 50))
        def an_act_again(self, which: int) -> None:
            world.repeats(which)

        @rule(what=st.sampled_from(ASKS))
        def the_desk(self, what: str) -> None:
            world.asks(what)

        @rule(seconds=SECONDS)
        def time_unwatched(self, seconds: int) -> None:
            world.waits(seconds)

        @rule(seconds=SECONDS)
        def time_watched(self, seconds: int) -> None:
            world.waits(seconds)
            world.watches()

        @rule(seconds=SECONDS, statements=st.integers(1, 60))
        def a_watch_that_dies(self, seconds: int, statements: int) -> None:
            world.waits(seconds)
            world.watches(killed=statements)

        @rule(outcome=st.sampled_from(OUTCOMES), pushed=st.sampled_from(PUSHED))
        def the_network(self, outcome: object, pushed: object) -> None:
            world.answers(outcome, pushed)

        @rule(which=SOME, to=st.sampled_from(REPORTS))
        def a_report(self, which: int, to: object) -> None:
            world.reports(which, to)

        @rule(name=NAMES, on=st.booleans())
        def duty(self, name: str, on: bool) -> None:
            world.duty(name, on=on)

        @invariant()
        def everything_holds(self) -> None:
            ran[1] += 1
            if hasattr(self, "watched"):
                self.watched.check()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.all.__exit__(None, None, None)

    return Station


def test_it_holds_on_any_path(world):
    ran, begun = [0, 0], time.monotonic()
    how = settings(WALK, max_examples=times(8, long=5000), stateful_step_count=50 if LONG else 30)
    run_state_machine_as_test(machine_of(world, ran), settings=how)
    print(f"{ran[0]} runs, {ran[1]} steps in {time.monotonic() - begun:.0f} s")
    assert ran[1] > ran[0]


@pytest.mark.parametrize("name", ["lin", "qin"])
def test_it_reaches_the_end_from_anywhere(world, name):
    world.begin()
    watched = Invariants(world)
    world.warn("high")
    world.acts("lin", "decline", which=0, late_s=0)
    for happens in (world.watches, lambda: world.asks(f"assign {name}")):
        happens()
        watched.check()
    world.acts(name, "visit dissuaded", which=0, late_s=0)
    watched.check()
    assert Case.objects.get().status == "monitoring"
