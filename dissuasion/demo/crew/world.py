"""What all simulated people share: pace, seed, scripts, and the stories of the recorded cases."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dissuasion.demo.crew.door import Readable, Session
from dissuasion.demo.crew.pace import Pace
from dissuasion.demo.crew.stories import Story

# A case's id, and what was said about it on the way.
Overheard = Callable[[str, str], None]


@dataclass
class World:
    """One run of the simulation. `stories` are found by the resident's telephone number."""

    pace: Pace = field(default_factory=Pace)
    seed: str = "doorstep"
    run: str = "1"
    stories: dict[str, Story] = field(default_factory=dict)
    overheard: Overheard = lambda case, words: None
    visits_told: dict[str, int] = field(default_factory=dict)
    cases: dict[str, Story] = field(default_factory=dict)
    _shelf: dict[str, dict[str, Any]] = field(default_factory=dict)

    def story_at(self, assignment: dict[str, Any]) -> tuple[Story, int] | None:
        """Return the story of the assignment's resident and the number of the visit that comes now, if there is one."""
        story = self.stories.get(assignment["resident"]["phone"])
        return None if story is None else (story, self.visits_told.get(story.key, 0))

    def visited(self, story: Story) -> None:
        """Note that one more visit of this story has been recorded."""
        self.visits_told[story.key] = self.visits_told.get(story.key, 0) + 1

    async def script(self, door: Readable, who: Session, sha256: str) -> dict[str, Any]:
        """Return a script by its hash; all phones share one cache, because 1,700 would fetch the same bytes."""
        if sha256 not in self._shelf:
            self._shelf[sha256] = await door.read(who, f"scripts/{sha256}")
        return self._shelf[sha256]
