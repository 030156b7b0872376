"""How the four recorded interventions went, as the newspapers tell it: visit by visit. Pure.

The words are the officers' notes of the demo; amounts and outcomes come from the record itself.
"""

from dataclasses import dataclass, replace
from typing import Any

from dissuasion.demo.crew.plan import Plan, Record


@dataclass(frozen=True)
class Stage:
    """One visit: minutes of talking, what is recorded, and what was noted on the way there.

    `with_station` names the station whose officer the county desk sends along next time.
    """

    talk_min: float
    disposition: str
    note: str
    on_the_way: str = ""
    audience: str = "resident"
    objections: tuple[str, ...] = ()
    evidence: str = "seen"
    with_station: str = ""


@dataclass(frozen=True)
class Story:
    """The visits of one recorded case, with its amounts in yuan."""

    key: str
    stages: tuple[Stage, ...]
    saved: int
    already_transferred: int

    def stage(self, number: int) -> Stage:
        """Return the visit of this number, counted from 0; the last one stands for all that come after it."""
        return self.stages[min(number, len(self.stages) - 1)]


STAGES: dict[str, tuple[Stage, ...]] = {
    "xiangcheng-investment": (
        Stage(
            18, "dissuaded", "当面讲清虚假投资的套路，第二笔没有转出。",
            on_the_way="接单即打电话，驱车前往。", objections=("already_earned", "frozen_second_transfer"),
        ),
    ),
    "shenqiu-loan": (
        Stage(
            12, "refused", "起初不配合。由两个派出所一起做工作。",
            objections=("refuses_to_cooperate",), with_station="东城派出所",
        ),
        Stage(
            66, "dissuaded", "两个派出所一起劝了一个多小时，放弃贷款。",
            objections=("refuses_to_cooperate", "only_they_lend"),
        ),
    ),
    "fugou-credit": (
        Stage(
            24, "dissuaded", "当面讲清冒充客服的套路；三张银行卡已同步保护。",
            on_the_way="同步联系银行保护银行卡，立即上门。", objections=("bad_credit_mark", "knows_my_details"),
            evidence="bank",
        ),
    ),
    "yutian-police": (
        Stage(
            9, "refused", "当面仍否认，骗子还在来电。联系家属一起再劝。",
            on_the_way="电话里否认接到过诈骗电话，说钱是给孩子买房用的。",
            objections=("buying_house_for_child", "police_said_keep_secret"),
        ),
        Stage(
            34, "dissuaded", "和家属一起劝了半个多小时，钱款保住。",
            audience="family", objections=("buying_house_for_child", "police_said_keep_secret"),
        ),
    ),
}  # fmt: skip


def story_of(case: dict[str, Any]) -> Story:
    """Return the story of one entry of recorded_cases.json."""
    return Story(case["key"], STAGES[case["key"]], case["saved"], case["already_transferred"])


def plan_for_story(usual: Plan, story: Story, number: int) -> Plan:
    """Return the plan of a person who plays this visit of the story: they acknowledge, and they arrive."""
    stage = story.stage(number)
    amounts: tuple[tuple[str, str, int], ...] = ()
    if stage.disposition == "dissuaded":
        lost = (("lost", "seen", story.already_transferred),) if story.already_transferred else ()
        amounts = (("protected", stage.evidence, story.saved), *lost)
    record = Record(stage.disposition, stage.audience, stage.objections, amounts, note=stage.note)
    lived = replace(usual, talk_min=stage.talk_min, record=record, note=stage.on_the_way)
    return replace(lived, answer="acknowledge", shown=True)
