"""How the names in a worklist are read, for whoever reads it in English: each name once, beside the parts."""

from collections.abc import Iterator

from config.lib.words.readings import dialect_reading, person_reading, place_reading
from dissuasion.queries.work_document import AssignmentPart, DonePart


def readings_in(assignments: list[AssignmentPart], done_today: list[DonePart]) -> dict[str, str]:
    """Return the reading of every name of a person, division or dialect, by the name; what is not Chinese has none."""
    people = {*_people(assignments), *(row["short_name"] for row in done_today)}
    divisions = {name for assignment in assignments for name in assignment["place"]["divisions"]}
    found = {name: person_reading(name) for name in people} | {name: place_reading(name) for name in divisions}
    found |= {name: dialect_reading(name) for name in {each["resident"]["dialect"] for each in assignments}}
    return {name: reading for name, reading in found.items() if reading}


def _people(assignments: list[AssignmentPart]) -> Iterator[str]:
    for assignment in assignments:
        yield assignment["resident"]["name"]
        yield assignment["resident"]["short_name"]
        yield from (contact["name"] for contact in assignment["contacts"])
        yield from (colleague["name"] for colleague in assignment["team"])
        yield from (visit["by"] for visit in assignment["history"]["visits"])
