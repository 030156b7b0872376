"""What the data of every kind of event have in common: how they are stored and looked up."""

from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar

from dissuasion.models import CaseEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class EventData:
    """The data of one event: codes, seconds and ids, never personal data. Each kind declares its own fields.

    A field with a default (always None) is stored only where it was given.
    """

    kind: ClassVar[CaseEvent.Kind]

    def to_dict(self) -> dict[str, Any]:
        """Return what is stored, in the order of the fields."""
        given = [(field.name, field.default, getattr(self, field.name)) for field in fields(self)]
        return {name: value for name, default, value in given if default is MISSING or value is not None}

    @classmethod
    def column(cls, name: str) -> str:
        """Return the lookup of a field in a query of events; raise LookupError when the kind has no such field."""
        if name not in [field.name for field in fields(cls)]:
            raise LookupError(f"{cls.__name__} declares no {name}.")
        return f"data__{name}"
