"""Who sends warnings, and what a superior's instruction may say (上级指令). Pure."""

from enum import StrEnum

from dissuasion.rules.levels import ORDER, Risk


class SourceKind(StrEnum):
    """Whose system an alert source is."""

    POLICE = "police"
    BANK = "bank"
    CARRIER = "carrier"
    COMMERCIAL = "commercial"


class Instruction(StrEnum):
    """What a superior asks for, from the calmest to the most urgent; urgent (紧急) is high and goes first."""

    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


# These have seen the money; others have seen signs of it.
OFFICIAL = frozenset({SourceKind.POLICE, SourceKind.BANK})
# These only advise, whatever they call it.
ADVISERS = frozenset({SourceKind.CARRIER, SourceKind.COMMERCIAL})
# As the contract has them, and as superiors write them.
SPELLINGS: dict[str, Instruction] = {
    "medium": Instruction.MEDIUM,
    "high": Instruction.HIGH,
    "urgent": Instruction.URGENT,
    "中危": Instruction.MEDIUM,
    "高危": Instruction.HIGH,
    "紧急": Instruction.URGENT,
}
LEVEL: dict[str, Risk] = {"medium": Risk.MEDIUM, "high": Risk.HIGH, "urgent": Risk.HIGH}
_STRENGTH = {"": 0} | {instruction.value: place for place, instruction in enumerate(Instruction, 1)}


def strongest(*instructions: str) -> str:
    """Return the strongest of these instructions; an empty one asks for nothing."""
    return max(instructions, key=lambda instruction: _STRENGTH[instruction], default="")


def binding(instruction: str, risk: str, *, instructs: bool) -> str:
    """Return the instruction that a warning carries, empty where it only advises.

    A source that passes on instructions grades by them: where it names none, its high or medium is one.
    """
    if not instructs:
        return ""
    return instruction or (risk if risk in _STRENGTH else "")


def claimed(instruction: str, risk: str) -> str:
    """Return the level that a source claims, by its grade or by what it calls an instruction."""
    asked = LEVEL[instruction].value if instruction else ""
    return max(asked, risk, key=lambda level: ORDER[Risk(level)] if level else -1)
