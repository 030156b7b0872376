"""The base of the data of every kind of event: how they are stored and looked up."""

from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, ClassVar

from dissuasion.models import CaseEvent

WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventData:
    """The data of one event: codes, seconds and ids, never personal data. Each kind declares its own fields.

    A field with a default (always None) is stored only where it was given. Free text is the field `words`, in kinds
    that have it: it is stored sealed in a column of its own and read from there.
    """

    kind: ClassVar[CaseEvent.Kind]

    def to_dict(self) -> dict[str, Any]:
        """Return what is stored in the clear, in the order of the fields."""
        given = [(field.name, field.default, getattr(self, field.name)) for field in in_the_clear(type(self))]
        return {name: value for name, default, value in given if default is MISSING or value is not None}

    @property
    def sealed_words(self) -> str | None:
        """The words that are stored sealed; None for a kind or an event without words."""
        return getattr(self, WORDS, None)

    @classmethod
    def column(cls, name: str) -> str:
        """Return the lookup of a field in a query of events; raise LookupError when the kind has no such field."""
        if name not in [field.name for field in in_the_clear(cls)]:
            raise LookupError(f"{cls.__name__} declares no {name}.")
        return f"data__{name}"


def in_the_clear(shape: "type[EventData]") -> "list[Field[Any]]":
    """Return the fields of a kind that are stored as they are: all but its words."""
    return [field for field in fields(shape) if field.name != WORDS]
