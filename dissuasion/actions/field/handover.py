"""Takes over what a phone could not send (转交): a sealed box that only this server opens, brought by anybody."""

import base64
import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError

from accounts.models import Person
from config.lib.database.patience import one_lock_waits
from config.lib.http.json_body import read_json_rows
from config.lib.http.problems import Problem
from config.lib.sealing.keys import KEY_BYTES, NONCE_BYTES, decode_key
from dissuasion.actions.field import evidence
from dissuasion.actions.field.acts import ActIn, Arrival, take
from dissuasion.actions.field.evidence import PIECE_BYTES, Piece
from dissuasion.actions.field.receipts import Receipt
from dissuasion.models import Evidence

BOUND_TO = b"doorstep-handover"
EPOCHS = 20  # how many earlier keys still open a box: its acts are then held rather than lost


class Unreadable(Problem):
    """The box does not open: another person's, another phone's, altered, or no box at all."""

    def __init__(self) -> None:
        text = _("This hand-over can't be opened. Let the phone that made it show it again.")
        super().__init__("handover_unreadable", text, status=422)


def key_of(person: Person, device: str, *, epoch: int | None = None) -> bytes:
    """Return the 32 bytes with which one phone of `person` seals a hand-over, now or in an earlier `epoch`.

    It is derived from the server's own key each time; only the phone stores it.
    """
    number = person.handover_epoch if epoch is None else epoch
    info = b"doorstep handover\x00" + person.pk.bytes + number.to_bytes(8, "big") + device.encode()
    secret = decode_key("INDEX_KEY", settings.INDEX_KEY)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)


@dataclass(frozen=True)
class Opened:
    """The content of a box. `outdated` when its key is from before a new password, a new card or a deactivation."""

    author: Person
    acts: list[Any]
    photos: list[Any]
    outdated: bool


@dataclass(frozen=True)
class PhotoIn:
    """A whole photo or signature from a box."""

    uuid: UUID
    content: bytes
    sha256: str
    mime: str


def open_box(person_id: UUID, *, device: str, nonce: str, box: str) -> Opened:
    """Return the content of a box (`nonce` and `box` are base64, AES-256-GCM); raise Unreadable for anything else."""
    author = Person.objects.filter(pk=person_id).first()
    if author is None:
        raise Unreadable
    try:
        number = base64.b64decode(nonce, validate=True)
        if len(number) != NONCE_BYTES:
            raise Unreadable
        sealed = base64.b64decode(box, validate=True)
        epoch, content = _opened(author, device, number, sealed)
        # What lies in a box is checked as any other body; an act or a photo that can't be read costs only itself.
        _inside, (acts, photos) = read_json_rows(content, lambda value: (value["acts"], value.get("photos", [])))
    except (ValueError, TypeError, KeyError, AttributeError, ParseError, Problem) as error:
        raise Unreadable from error
    if not isinstance(acts, list) or not isinstance(photos, list):
        raise Unreadable
    return Opened(author, acts, photos, outdated=epoch != author.handover_epoch)


def _opened(author: Person, device: str, nonce: bytes, sealed: bytes) -> tuple[int, bytes]:
    """Return the epoch whose key opens a box, and what is in it."""
    for epoch in range(author.handover_epoch, max(author.handover_epoch - EPOCHS, 0), -1):
        try:
            return epoch, AESGCM(key_of(author, device, epoch=epoch)).decrypt(nonce, sealed, BOUND_TO)
        except InvalidTag:
            continue
    raise Unreadable


def take_carried(
    opened: Opened, act: ActIn, *, carrier: Person, at: dt.datetime, waits_s: float | None = None
) -> Receipt:
    """Keep and apply one act as its author's, with who brought it; return the receipt.

    An act from an outdated box is held until a person has looked at it.
    """
    arrival = Arrival.DOUBTED if opened.outdated else Arrival.NEW
    return take(opened.author, act, at=at, carrier=carrier, arrival=arrival, waits_s=waits_s)


def take_photo(opened: Opened, photo: PhotoIn, *, at: dt.datetime, waits_s: float) -> str:
    """Keep a whole photo as its author's, from where it stands here; return a verdict as of an act.

    Only a phone whose person may not act any more seals its photos as well. One that may not wait is brought again.
    """
    if not waits_s:
        return "busy"
    with one_lock_waits(waits_s):
        return _taken(opened, photo, at=at)


def _taken(opened: Opened, photo: PhotoIn, *, at: dt.datetime) -> str:
    kept = Evidence.objects.filter(pk=photo.uuid, person=opened.author).first()
    # At least the last byte is written: a file that has come whole already is checked by that.
    begin = min(kept.have, len(photo.content) - 1) if kept else 0
    try:
        for offset in range(begin, len(photo.content), PIECE_BYTES):
            data = photo.content[offset : offset + PIECE_BYTES]
            piece = Piece(offset, data, size=len(photo.content), sha256=photo.sha256, mime=photo.mime)
            evidence.take_piece(opened.author, photo.uuid, piece, at=at)
    except Problem as refusal:
        # The fault may lie in what an earlier try left here. The file begins again: the carrier must keep the box.
        anew = refusal.code == "wrong_offset" or (refusal.code == "hash_differs" and begin > 0)
        again = anew or refusal.status in (429, 503)
        return "busy" if again else "refused"
    return "applied"
