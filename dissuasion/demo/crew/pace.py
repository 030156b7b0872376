"""The speed of the simulation. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """A minute on the road or at the door lasts `minute` real seconds; `speed` makes everything that much faster.

    What hands do on a phone and what the network does stays real: those are the times worth looking at.
    """

    minute: float = 0.5
    speed: float = 1.0

    def hand_seconds(self, seconds: float) -> float:
        """Return the real seconds of something that a hand does in `seconds`."""
        return seconds / self.speed

    def story_seconds(self, minutes: float) -> float:
        """Return the real seconds that `minutes` of the story last."""
        return minutes * self.minute / self.speed
