"""Sealed numbers and addresses as the admin finds, checks and shows them."""

from django.core.exceptions import ValidationError

from config.lib import identity
from config.lib.admin.pages import number_fault
from households.models.household import id_index, phone_index


def index_of_phone(typed: str) -> str:
    """Return the index of a typed telephone number; raise BadNumber when it is none."""
    return phone_index(identity.parse_phone(typed))


def index_of_id(typed: str) -> str:
    """Return the index of a typed ID number; raise BadNumber when it is none."""
    return id_index(identity.parse_id_number(typed))


def masked_address(address: str) -> str:
    """Return an address for lists: only its last two characters."""
    return f"····{address[-2:]}" if address else ""


def checked_phone(typed: str) -> str:
    """Return a telephone number in its one form; raise ValidationError in words."""
    try:
        return identity.parse_phone(typed) if typed else ""
    except identity.BadNumber as error:
        raise ValidationError(number_fault(error)) from error
