"""How well a check-in proves presence (到场核验), grade A to D: a score, never a block. Pure.

A: at the door (15 m) · B: at the house (50 m) · C: coarse, the accuracy circle reaches the house · D: no proof.
"""

from dataclasses import dataclass

AT_THE_DOOR_M, AT_THE_HOUSE_M = 15, 50
FINE_M, USABLE_M, COARSE_M = 30, 100, 2000
OLD_AFTER_S = 120
LETTERS = "ABCD"
REASONS = (
    "no_position", "address_without_point", "no_distance", "a_little_off", "coarse_position", "far_away",
    "old_position", "accuracy_implausible",
)  # fmt: skip


@dataclass(frozen=True)
class Grade:
    """A letter, and the codes of the reasons why it is no better."""

    letter: str
    reasons: tuple[str, ...] = ()


def grade(
    *, distance_m: float | None, accuracy_m: float | None, age_s: float | None, address_known: bool = True
) -> Grade:
    """Return the grade of a position at `distance_m` from the address, with its accuracy (m) and age (s).

    `distance_m` is None where there is no position or no point for the address.
    """
    if accuracy_m is None:
        return Grade("D", ("no_position",))
    if distance_m is None:
        return Grade("C", ("address_without_point",) if not address_known else ("no_distance",))
    reasons: list[str] = []
    if distance_m <= AT_THE_DOOR_M and accuracy_m <= FINE_M:
        letter = "A"
    elif distance_m <= AT_THE_HOUSE_M and accuracy_m <= USABLE_M:
        letter = "B"
        reasons.append("a_little_off")
    elif distance_m <= accuracy_m + AT_THE_HOUSE_M and accuracy_m <= COARSE_M:
        letter = "C"
        reasons.append("coarse_position")
    else:
        return Grade("D", ("far_away",))
    if age_s is not None and age_s > OLD_AFTER_S:
        letter = LETTERS[min(LETTERS.index(letter) + 1, 3)]
        reasons.append("old_position")
    if accuracy_m <= 0:  # no receiver is that good: a made-up position
        letter = max(letter, "C")
        reasons.append("accuracy_implausible")
    return Grade(letter, tuple(reasons))
