"""Takes over what a phone could not send any more (转交): a box that only this server can open, brought by anybody."""

import base64
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Person
from config.lib.http.problems import Problem
from config.lib.sealing.keys import KEY_BYTES, NONCE_BYTES, decode_key
from dissuasion.actions.field.acts import ActIn, Arrival, take
from dissuasion.actions.field.receipts import Receipt

BOUND_TO = b"doorstep-handover"
EPOCHS = 5  # how many keys back a box is still opened: a record is held rather than lost


class Unreadable(Problem):
    """The box does not open: another person's, another phone's, altered, or no box at all."""

    def __init__(self) -> None:
        text = _("This hand-over can't be opened. Let the phone that made it show it again.")
        super().__init__("handover_unreadable", text, status=422)


def key_of(person: Person, device: str, *, epoch: int | None = None) -> bytes:
    """Return the 32 bytes with which one phone of `person` seals a hand-over, now or in an earlier `epoch`.

    Made anew from the server's own key each time: it is kept on the phone and nowhere else.
    """
    number = person.handover_epoch if epoch is None else epoch
    info = b"doorstep handover\x00" + person.pk.bytes + number.to_bytes(8, "big") + device.encode()
    secret = decode_key("INDEX_KEY", settings.INDEX_KEY)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)


@dataclass(frozen=True)
class Opened:
    """What lay in a box. `outdated` when it was sealed with a key from before a new password, card or deactivation."""

    author: Person
    acts: list[Any]
    outdated: bool


def open_box(person_id: UUID, *, device: str, nonce: str, box: str) -> Opened:
    """Return what lies in a box (base64 both, AES-256-GCM); raise Unreadable for anything else."""
    author = Person.objects.filter(pk=person_id).first()
    if author is None:
        raise Unreadable
    try:
        number = base64.b64decode(nonce, validate=True)
        if len(number) != NONCE_BYTES:
            raise Unreadable
        sealed = base64.b64decode(box, validate=True)
        epoch, content = _opened(author, device, number, sealed)
        acts = json.loads(content)["acts"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(acts, list):
        raise Unreadable
    return Opened(author, acts, outdated=epoch != author.handover_epoch)


def _opened(author: Person, device: str, nonce: bytes, sealed: bytes) -> tuple[int, bytes]:
    """Return the epoch whose key opens a box, and what is in it."""
    for epoch in range(author.handover_epoch, max(author.handover_epoch - EPOCHS, 0), -1):
        try:
            return epoch, AESGCM(key_of(author, device, epoch=epoch)).decrypt(nonce, sealed, BOUND_TO)
        except InvalidTag:
            continue
    raise Unreadable


def take_carried(opened: Opened, act: ActIn, *, carrier: Person, at: dt.datetime) -> Receipt:
    """Keep one act as its author's, with who brought it, and apply it; from an outdated box it is held for a person
    to look at, as from somebody who may not act any more. Returns the receipt.
    """
    arrival = Arrival.DOUBTED if opened.outdated else Arrival.NEW
    return take(opened.author, act, at=at, carrier=carrier, arrival=arrival)
