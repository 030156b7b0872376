"""When something was done and by whom: what every change of a case is stamped with."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.models import Person


@dataclass(frozen=True)
class Stamp:
    """When something was done and by whom: `at` by the server's clock, `happened_at` when it was done, if earlier."""

    at: dt.datetime
    by: Person | None = None
    happened_at: dt.datetime | None = None

    @property
    def done_at(self) -> dt.datetime:
        """When it was done, as far as that is known."""
        return self.happened_at or self.at

    def to_dict(self) -> dict[str, Any]:
        """Return it as the arguments of an event."""
        return {"at": self.at, "by": self.by, "happened_at": self.happened_at}
