"""Takes over what a phone could not send any more (转交): a box that only this server can open, brought by anybody."""

import base64
import datetime as dt
import json
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Person
from config.lib.problems import Problem
from config.lib.sealing import KEY_BYTES, NONCE_BYTES, decode_key
from dissuasion.actions import field
from dissuasion.actions.field import ActIn

BOUND_TO = b"doorstep-handover"


class Unreadable(Problem):
    """The box does not open: another person's, another phone's, altered, or no box at all."""

    def __init__(self) -> None:
        text = _("This hand-over can't be opened. Let the phone that made it show it again.")
        super().__init__("handover_unreadable", text, status=422)


def key_of(person_id: UUID, device: str) -> bytes:
    """Return the 32 bytes with which one phone of one person seals a hand-over.

    Made anew from the server's own key each time: it is kept on the phone and nowhere else.
    """
    info = b"doorstep handover\x00" + person_id.bytes + device.encode()
    secret = decode_key("INDEX_KEY", settings.INDEX_KEY)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)


def open_box(person_id: UUID, *, device: str, nonce: str, box: str) -> tuple[Person, list[Any]]:
    """Return the author and the acts in a box (base64 both, AES-256-GCM); raise Unreadable for anything else."""
    try:
        number = base64.b64decode(nonce, validate=True)
        if len(number) != NONCE_BYTES:
            raise Unreadable
        sealed = base64.b64decode(box, validate=True)
        content = AESGCM(key_of(person_id, device)).decrypt(number, sealed, BOUND_TO)
        acts = json.loads(content)["acts"]
    except (InvalidTag, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable from error
    author = Person.objects.filter(pk=person_id).first()
    if author is None or not isinstance(acts, list):
        raise Unreadable
    return author, acts


def take_carried(author: Person, act: ActIn, *, carrier: Person, at: dt.datetime) -> dict[str, Any]:
    """Keep and apply one act as its author's; who brought it is kept beside it. Returns the receipt."""
    return field.take(author, act, at=at, carrier=carrier)
