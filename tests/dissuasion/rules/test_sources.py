"""Superiors and advisers: whose word binds, how it is written, and that every strength has a level."""

import pytest

from dissuasion.rules import sources
from dissuasion.rules.sources import SPELLINGS, Instruction


@pytest.mark.parametrize(
    ("instruction", "risk", "instructs", "binds"),
    [
        ("high", "low", True, "high"),
        ("urgent", "", True, "urgent"),
        ("medium", "high", True, "medium"),
        ("", "high", True, "high"),
        ("", "medium", True, "medium"),
        ("", "low", True, ""),
        ("", "", True, ""),
        ("urgent", "high", False, ""),
        ("", "high", False, ""),
    ],
)
def test_only_a_source_that_instructs_binds(instruction, risk, instructs, binds):
    assert sources.binding(instruction, risk, instructs=instructs) == binds


@pytest.mark.parametrize(
    ("instruction", "risk", "level"),
    [("urgent", "", "high"), ("medium", "low", "medium"), ("medium", "high", "high"), ("", "", ""), ("", "low", "low")],
)
def test_what_does_not_bind_is_still_a_claim(instruction, risk, level):
    assert sources.claimed(instruction, risk) == level


def test_the_strongest_of_several_counts():
    assert sources.strongest("high", "", "urgent", "medium") == "urgent"
    assert sources.strongest() == ""


def test_every_instruction_has_a_level_and_a_chinese_word():
    assert set(sources.LEVEL) == set(Instruction)
    assert set(SPELLINGS.values()) == set(Instruction)
    assert SPELLINGS["紧急"] == "urgent"


def test_nobody_both_knows_and_only_advises():
    assert not sources.OFFICIAL & sources.ADVISERS
    assert set(sources.SourceKind) == sources.OFFICIAL | sources.ADVISERS
