"""Which kinds of people a crew is made of, written as `steady=8,silent=1,offline=1`. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from dissuasion.demo.crew.profile import PROFILES, Profile, random_for

MOST = 10_000


@dataclass(frozen=True)
class Mix:
    """How many of each kind a crew has, in proportion."""

    parts: tuple[tuple[Profile, int], ...]

    @classmethod
    def parse(cls, text: str) -> "Mix":
        """Return the mix that a text names; raise ValueError with the part that can't be read."""
        parts: dict[str, int] = {}
        for part in text.replace("，", ",").split(","):
            name, _equals, count = (word.strip() for word in part.partition("="))
            if name not in PROFILES or name in parts or not count.isdecimal() or int(count) > MOST:
                raise ValueError(part.strip())
            parts[name] = int(count)
        if not any(parts.values()):
            raise ValueError(text)
        return cls(tuple((PROFILES[name], count) for name, count in parts.items()))

    def deal(self, seed: str) -> Iterator[Profile]:
        """Yield profiles without end, in exactly these proportions, in an order that depends on the seed."""
        rng = random_for(seed, "mix")
        pack = [profile for profile, count in self.parts for _one in range(count)]
        while True:
            yield from rng.sample(pack, len(pack))


# Mostly steady; now and then somebody does not answer, so that others are asked.
EVERYDAY = Mix.parse("steady=6,slow=1,silent=1")
