"""Which kinds of people a crew is made of, written as `steady=8,silent=1,offline=1`. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from dissuasion.demo.crew.profile import PROFILES, Profile, random_for

MOST = 10_000


@dataclass(frozen=True)
class Mix:
    """How many of each kind there are among each so many."""

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
        """Give profiles without end: of each so many exactly the parts, in an order that is the seed's."""
        rng = random_for(seed, "mix")
        pack = [profile for profile, count in self.parts for _one in range(count)]
        while True:
            yield from rng.sample(pack, len(pack))


# Friendly, and now and then somebody who does not answer, so that others are asked.
EVERYDAY = Mix.parse("steady=6,slow=1,silent=1")
