"""What is kept about people: units, persons, their duty, their phone and how to reach it."""

from accounts.models.card import Card
from accounts.models.device import Device, Readiness
from accounts.models.duty import Presence, Shift
from accounts.models.person import Person
from accounts.models.push import PushSubscription
from accounts.models.tries import Tries
from accounts.models.unit import Unit

__all__ = ["Card", "Device", "Person", "Presence", "PushSubscription", "Readiness", "Shift", "Tries", "Unit"]
