"""A crew is dealt from a mix: exactly its parts, the same for the same seed; a text that names none gets a sentence."""

from collections import Counter
from itertools import islice
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.utils import translation

from dissuasion.demo.crew.crew import Crew
from dissuasion.demo.crew.mix import EVERYDAY, Mix
from dissuasion.demo.crew.phone import Member
from dissuasion.demo.crew.profile import PROFILES
from dissuasion.demo.crew.world import World
from dissuasion.management.commands.demo import crew_of

MIX = Mix.parse("steady=8, silent=1,offline=1")


def names(mix: Mix, seed: str, count: int) -> list[str]:
    return [profile.name for profile in islice(mix.deal(seed), count)]


def test_each_pack_holds_exactly_the_parts():
    for start in (0, 10, 20):
        assert Counter(names(MIX, "s", 30)[start : start + 10]) == {"steady": 8, "silent": 1, "offline": 1}


def test_the_same_seed_deals_the_same_crew():
    assert names(MIX, "s", 40) == names(MIX, "s", 40)
    assert names(MIX, "s", 40) != names(MIX, "other", 40)


def test_whoever_comes_back_on_duty_is_who_they_were():
    crew = Crew(SimpleNamespace(clock_ahead_s=0), World(), mix=MIX)
    lin, mei = (Member(name, name, (33.4, 114.8)) for name in ("lin", "mei"))
    first = [crew._cast(member).profile for member in (lin, mei)]
    assert [crew._cast(member).profile for member in (mei, lin)] == first[::-1]


def test_the_demos_own_crew_is_friendly_and_not_always_there():
    parts = {profile.name: count for profile, count in EVERYDAY.parts}
    assert parts["steady"] > sum(parts.values()) / 2
    assert parts["silent"] == 1


@pytest.mark.parametrize("text", ["", "steady", "stedy=1", "steady=0", "steady=-1", "steady=1,steady=2", "silent=x"])
def test_what_names_no_crew_is_answered_with_what_is_allowed(text):
    with pytest.raises(CommandError) as said:
        crew_of(text)
    assert all(name in str(said.value) for name in PROFILES)


def test_it_is_answered_in_the_language_of_the_demo():
    with translation.override("zh-hans"), pytest.raises(CommandError, match="“stedy=8”看不懂"):
        crew_of("stedy=8,silent=2")


def test_on_off_and_a_chinese_comma_are_understood():
    assert crew_of("on") == EVERYDAY
    assert crew_of("off") is None
    assert crew_of("steady=8，silent=1，offline=1") == MIX
