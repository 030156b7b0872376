"""The officer card: six digits that change each minute (RFC 6238), which a resident can check with the server."""

import base64
import datetime as dt
import hmac
import secrets

from django.utils import timezone

from accounts import people
from accounts.models import Card, Person
from accounts.roles import COMMANDS, MAY_VISIT

PERIOD_S, CODE_LENGTH = 60, 6
SECRET_BYTES = 20  # as RFC 4226 recommends for HMAC-SHA-1
# A phone's clock may be a minute off, and reading digits aloud takes time.
MINUTES_OFF = (0, -1, 1)
# Roles that may act for the police at a door; an admin, an auditor or a bank's liaison officer never does.
HAS_CARD = MAY_VISIT | COMMANDS
# A number that nobody has is checked against this secret, so that the answer takes as long as any other.
DUMMY_SECRET = base64.b32encode(bytes(SECRET_BYTES)).decode()


def has_card(person: Person) -> bool:
    """Return whether `person` may prove at a door who they are."""
    return person.is_active and person.role in HAS_CARD


def card_secret(person: Person) -> str:
    """Return the base32 secret of the card of `person`; it is made when first asked for."""
    card = Card.objects.filter(person=person).first()
    if card is None:
        # Two phones may ask at once: the database keeps one row, and both read that one.
        Card.objects.bulk_create([_new(person)], ignore_conflicts=True)
        card = Card.objects.get(person=person)
    return str(card.secret)


def renew_card(person: Person) -> None:
    """Make the codes of the card of `person` invalid, and end everything else by which a phone acts for them.

    A phone gets the new secret when it next asks for its card.
    """
    people.end_everything(person)


def _new(person: Person) -> Card:
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return Card(person=person, secret=secret, made_at=timezone.now())


def code_for_counter(secret: str, counter: int, *, length: int = CODE_LENGTH) -> str:
    """Return the code of one minute (RFC 4226): `secret` is base32, `counter` the number of the minute."""
    mac = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 0xF
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**length).zfill(length)


def code_is_valid(secret: str, code: str, *, at: dt.datetime) -> bool:
    """Return whether `code` is that of the minute of `at`, of the one before or of the one after."""
    counter = int(at.timestamp()) // PERIOD_S
    # All three are always compared, so that the time it takes tells nothing.
    found = [
        hmac.compare_digest(code_for_counter(secret, counter + off).encode(), code.encode()) for off in MINUTES_OFF
    ]
    return True in found


def find_person(number: str) -> Person | None:
    """Return the person with a staff number, in capitals or not, with unit and card; None where nobody has it."""
    return Person.objects.filter(username__iexact=number).select_related("unit", "card").first()


def verify_officer(person: Person | None, code: str, *, at: dt.datetime) -> Person | None:
    """Return `person` when their card shows `code` now, else None; it takes as long for nobody as for a wrong code."""
    card = getattr(person, "card", None)
    right = code_is_valid(card.secret if card else DUMMY_SECRET, code, at=at)
    return person if right and card and person and has_card(person) else None
