"""What is kept about people: units, persons, their duty and their phone's presence."""

from accounts.models.duty import Presence, Shift
from accounts.models.person import Person
from accounts.models.unit import Unit

__all__ = ["Person", "Presence", "Shift", "Unit"]
