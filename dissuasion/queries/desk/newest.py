"""Limits the lists of a case's file to their newest rows, so that no file is slow to read."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
LISTED = 100


def newest_of(rows: QuerySet[Row]) -> tuple[list[Row], bool]:
    """Return the last hundred of ordered rows, in their order, and whether there are rows before them."""
    found = list(rows.reverse()[: LISTED + 1])
    return found[:LISTED][::-1], len(found) > LISTED


@dataclass
class Newest:
    """Reads lists of a document; `cut` names those of which older rows are left out."""

    cut: list[str] = field(default_factory=list)

    def of(self, name: str, rows: QuerySet[Any]) -> list[Any]:
        """Return the last hundred of ordered rows, in their order."""
        found, more = newest_of(rows)
        if more:
            self.cut.append(name)
        return found
