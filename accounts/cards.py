"""The officer card: six digits that change each minute (RFC 6238), which a resident can check with the server."""

import base64
import datetime as dt
import hmac
import secrets

from django.utils import timezone

from accounts import people
from accounts.models import Card, Person
from accounts.roles import COMMANDS, MAY_VISIT

PERIOD_S, DIGITS = 60, 6
SECRET_BYTES = 20  # as RFC 4226 recommends for HMAC-SHA-1
# A phone's clock may be a minute off, and reading digits aloud takes time.
STEPS = (0, -1, 1)
# Who may stand at a door in the name of the police; an admin, an auditor or a bank's liaison officer never does.
HAS_CARD = MAY_VISIT | COMMANDS
# Against this one a number is checked that nobody has: the answer takes as long as for anybody.
NOBODYS = base64.b32encode(bytes(SECRET_BYTES)).decode()


def has_card(person: Person) -> bool:
    """Return whether `person` may prove at a door who they are."""
    return person.is_active and person.role in HAS_CARD


def secret_of(person: Person) -> str:
    """Return the base32 secret of the card of `person`; the first question makes it."""
    card = Card.objects.filter(person=person).first()
    if card is None:
        # Two phones at once: the database keeps one of the two, and both read that one.
        Card.objects.bulk_create([_new(person)], ignore_conflicts=True)
        card = Card.objects.get(person=person)
    return str(card.secret)


def renew(person: Person) -> None:
    """Put a new secret behind the card of `person`: the digits of every phone that holds the old one no longer count.

    A phone gets the new one when it next asks for its card.
    """
    people.renew_handover_key(person)
    card = _new(person)
    if Card.objects.filter(person=person).exists():
        card.save(force_update=True)
    else:
        Card.objects.bulk_create([card], ignore_conflicts=True)


def _new(person: Person) -> Card:
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return Card(person=person, secret=secret, made_at=timezone.now())


def digits(secret: str, counter: int, *, length: int = DIGITS) -> str:
    """Return the code of one step (RFC 4226): `secret` is base32, `counter` the number of the step."""
    mac = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 0xF
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**length).zfill(length)


def fits(secret: str, code: str, *, at: dt.datetime) -> bool:
    """Return whether `code` is that of the step of `at`, of the one before or of the one after."""
    step = int(at.timestamp()) // PERIOD_S
    # All are compared, always: the time it takes says nothing.
    found = [hmac.compare_digest(digits(secret, step + off).encode(), code.encode()) for off in STEPS]
    return True in found


def person_with(number: str) -> Person | None:
    """Return the person with a staff number, in capitals or not, with unit and card; None where nobody has it."""
    return Person.objects.filter(username__iexact=number).select_related("unit", "card").first()


def officer_with(person: Person | None, code: str, *, at: dt.datetime) -> Person | None:
    """Return `person` when their card shows `code` now; None alike, and as late, for nobody and for a wrong code."""
    card = getattr(person, "card", None)
    right = fits(card.secret if card else NOBODYS, code, at=at)
    return person if right and card and person and has_card(person) else None
