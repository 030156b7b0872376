"""Takes photos and signatures (佐证) in pieces: a broken upload goes on where it stopped; originals stay sealed."""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from accounts.models import Person
from config.lib import pictures
from config.lib.http.problems import Conflict, Problem
from config.lib.sealing import sealed_file
from config.lib.sealing.keys import CannotOpen
from dissuasion.actions.dispatch import hold
from dissuasion.actions.field.receipts import PhotoStanding
from dissuasion.models import Act, Evidence
from dissuasion.telling import events, kinds, versions

logger = logging.getLogger(__name__)
State = Evidence.State
MOST_BYTES = 8 * 1024 * 1024
PIECE_BYTES = 256 * 1024
COMING = (State.WANTED, State.RECEIVING)
# A phone that has sent other bytes than it promised this often has lost the promised ones.
MOST_MISSES = 3
# Files of one person that no act lists: enough for a long day without a network, too few to fill a disk.
MOST_UNLISTED = 60
UNLISTED_FOR = dt.timedelta(days=7)  # older files that no act lists no longer count
BYTES_A_DAY = 500 * 1024 * 1024  # of one person


@dataclass(frozen=True)
class Piece:
    """Some bytes of a file from `offset` on, and what the phone promised about the whole."""

    offset: int
    data: bytes
    size: int
    sha256: str
    mime: str


def list_files(act: Act, photos: Iterable[dict[str, Any]], *, at: dt.datetime) -> tuple[list[PhotoStanding], list[str]]:
    """Note which files belong to an act; return the state of each, and a flag where a UUID stands for another file."""
    listed: list[PhotoStanding] = []
    flags = set()
    for photo in photos:
        promised: dict[str, Any] = {"size": photo["bytes"], "sha256": photo["sha256"]}
        refused = {"state": State.REFUSED, "reason": "too_large"} if photo["bytes"] > MOST_BYTES else {}
        kept, _made = Evidence.objects.get_or_create(
            pk=photo["uuid"],
            defaults={"person": act.person, "made_at": at, "path": _path(photo["uuid"], at), **promised, **refused},
        )
        if not _same(kept, act.person, **promised):
            flags.add("photo_differs")
            listed.append({"uuid": str(kept.pk), "state": State.REFUSED.value, "have": 0})
            continue
        # A file stays with the act that listed it first: a correction names the photos of the record before it.
        Evidence.objects.filter(pk=kept.pk, act=None).update(act=act, kind=photo["kind"])
        listed.append(_standing(kept))
    return listed, sorted(flags)


def standing_of(act: Act, listed: list[PhotoStanding]) -> list[PhotoStanding]:
    """Return the present state of the files that a receipt listed."""
    mine = Evidence.objects.filter(person=act.person_id).in_bulk([photo["uuid"] for photo in listed])
    now = {str(pk): _standing(kept) for pk, kept in mine.items()}
    return [photo if photo["state"] == State.REFUSED else now.get(photo["uuid"], photo) for photo in listed]


def take_piece(person: Person, uuid: UUID, piece: Piece, *, at: dt.datetime) -> Evidence:
    """Write one piece to the disk; return the file's row as it is then. A repeated piece is harmless.

    Raises Conflict (wrong_offset, uuid_reused, hash_differs) and Problem (not_an_image, too_many_files, busy).
    """
    kept = _row_for(person, uuid, piece, at=at)
    if kept.state in COMING and piece.offset + len(piece.data) > kept.have:
        if piece.offset != kept.have or not _keep(kept, piece):
            raise _wrong_offset(uuid)
        kept.refresh_from_db()
    return check_whole(kept, at=at)


def check_whole(kept: Evidence, *, at: dt.datetime) -> Evidence:
    """Check a file whose last byte has come: its hash, and that it is a picture. Raises Conflict or Problem if not."""
    if kept.state == State.RECEIVING and kept.have == kept.size:
        try:
            data = original(kept)
        except CannotOpen:
            _from_the_start(kept)
            raise _wrong_offset(kept.pk) from None
        if hashlib.sha256(data).hexdigest() != kept.sha256:
            return _wrong_hash(kept, at=at)
        try:
            drawn = pictures.draw(data)
        except pictures.NotAPicture as fault:
            _end(kept, State.REFUSED, at=at, reason=fault.code)
        else:
            _keep_copy(kept, drawn.copy)
            _end(kept, State.COMPLETE, at=at, mime=drawn.media_type)
    if kept.state == State.REFUSED:
        raise Problem("not_an_image", _("This file is not a picture that can be kept here."), status=415)
    return kept


def original(kept: Evidence) -> bytes:
    """Return the bytes as they came; raise CannotOpen when the file is not as it was written."""
    return b"".join(sealed_file.pieces(_file(kept), place=_place(kept), length=kept.stored))


def clean_copy(kept: Evidence) -> bytes:
    """Return the copy without metadata; draw it again where it is missing or can't be opened.

    Raises CannotOpen or NotAPicture when the original is not as it was written either.
    """
    try:
        length = _copy_file(kept).stat().st_size
        copy = b"".join(sealed_file.pieces(_copy_file(kept), place=_copy_place(kept), length=length))
    except (CannotOpen, OSError):
        copy = b""
    if not copy:
        copy = pictures.draw(original(kept)).copy
        _keep_copy(kept, copy)
    return copy


def _keep_copy(kept: Evidence, copy: bytes) -> None:
    """Write the sealed copy beside the original; if that fails, the next reader draws one."""
    try:
        sealed_file.add_piece(_copy_file(kept), copy, place=_copy_place(kept), begins=0, behind=0)
    except OSError:
        logger.exception("The copy of %s could not be written.", kept.pk)


def _row_for(person: Person, uuid: UUID, piece: Piece, *, at: dt.datetime) -> Evidence:
    promised: dict[str, Any] = {"size": piece.size, "sha256": piece.sha256}
    kept = Evidence.objects.filter(pk=uuid).first()
    if kept is None:
        unlisted = Evidence.objects.filter(person=person, act=None, made_at__gt=at - UNLISTED_FOR)
        if unlisted.count() >= MOST_UNLISTED:
            text = _("Too many files wait for their record. Send the records first.")
            raise Problem("too_many_files", text, status=429)
        made = {"person": person, "made_at": at, "path": _path(uuid, at), **promised}
        kept = Evidence.objects.get_or_create(pk=uuid, defaults=made)[0]
    if not _same(kept, person, **promised):
        raise Conflict("uuid_reused", _("This UUID was used before for something else."))
    if kept.state == State.WANTED:
        _begin(kept, person, at=at)
    return kept


@transaction.atomic
def _begin(kept: Evidence, person: Person, *, at: dt.datetime) -> None:
    """Count the promised size of a file against its person's last 24 hours; raise Problem beyond the limit.

    The person's row is locked meanwhile: of files that begin at the same time no more are admitted than fit.
    """
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    begun = Evidence.objects.filter(person=person, begun_at__gt=at - dt.timedelta(days=1)).exclude(pk=kept.pk)
    if (begun.aggregate(bytes=Sum("size"))["bytes"] or 0) + kept.size > BYTES_A_DAY:
        text = _("The day's limit of photos is reached. Keep them; they will be sent again tomorrow.")
        raise Problem("too_many_files", text, status=429)
    Evidence.objects.filter(pk=kept.pk, state=State.WANTED).update(state=State.RECEIVING, begun_at=at)
    kept.state = State.RECEIVING


def _same(kept: Evidence, person: Person, *, size: int, sha256: str) -> bool:
    return (kept.person_id, kept.size, kept.sha256) == (person.pk, size, sha256)


def _keep(kept: Evidence, piece: Piece) -> bool:
    """Add a piece if `have` is still as it was read; return whether it was added.

    The row is locked while the file is written. A crash in between leaves `have` and `stored` as they were, and the
    same bytes are then written over what was left behind.
    """
    here = {"have": kept.have, "stored": kept.stored, "state__in": COMING}
    try:
        with transaction.atomic():
            mine = Evidence.objects.filter(pk=kept.pk, **here)
            if not mine.update(have=F("have") + len(piece.data), state=State.RECEIVING, mime=piece.mime):
                return False
            stored = sealed_file.add_piece(
                _file(kept), piece.data, place=_place(kept), begins=piece.offset, behind=kept.stored
            )
            Evidence.objects.filter(pk=kept.pk).update(stored=stored)
    except CannotOpen:
        _from_the_start(kept)
        return False
    except OSError as error:
        logger.exception("A piece of %s could not be written.", kept.pk)
        text = _("The server can't take this now. Keep it; it will be sent again.")
        raise Problem("busy", text, status=503) from error
    return True


def _wrong_hash(kept: Evidence, *, at: dt.datetime) -> Evidence:
    """Begin again after a wrong hash, from the first byte; refuse the file after `MOST_MISSES`."""
    if kept.misses + 1 >= MOST_MISSES:
        _end(kept, State.REFUSED, at=at, reason="hash_differs")
        return check_whole(kept, at=at)
    _from_the_start(kept)
    raise Conflict("hash_differs", _("What arrived is not what the phone announced. It will be sent again."), have=0)


def _from_the_start(kept: Evidence) -> None:
    as_read = {"have": kept.have, "stored": kept.stored, "state": kept.state, "misses": kept.misses}
    again = {"have": 0, "stored": 0, "state": State.WANTED, "misses": F("misses") + 1, "completed_at": None}
    Evidence.objects.filter(pk=kept.pk, **as_read).update(**again)


def _end(kept: Evidence, state: str, *, at: dt.datetime, mime: str = "", reason: str = "") -> None:
    """Settle a file by compare-and-set; the history of its case notes one that is refused."""
    with versions.one_change():
        case = kept.act.assignment.case if kept.act and kept.act.assignment else None
        if case is not None and state == State.REFUSED:
            case = hold.lock(case.pk)
        mine = Evidence.objects.filter(pk=kept.pk, state=State.RECEIVING, have=kept.size, misses=kept.misses)
        settled = mine.update(state=state, mime=mime or kept.mime, reason=reason, completed_at=at)
        if settled and case is not None and kept.act is not None and state == State.REFUSED:
            flagged = kinds.Flagged(flags=["photo_refused"], act=str(kept.act_id), act_kind=kept.act.kind)
            events.record(case, flagged, at=at, by=kept.person, assignment=kept.act.assignment)
    kept.refresh_from_db()


def _wrong_offset(uuid: UUID) -> Conflict:
    have = Evidence.objects.values_list("have", flat=True).get(pk=uuid)
    return Conflict(
        "wrong_offset", _("This piece doesn't follow on from what is here. Go on from where that ends."), have=have
    )


def _standing(kept: Evidence) -> PhotoStanding:
    state = State.WANTED if kept.state == State.RECEIVING else State(kept.state)
    return {"uuid": str(kept.pk), "state": state.value, "have": kept.have}


def _path(uuid: UUID, at: dt.datetime) -> str:
    return f"{at:%Y-%m}/{uuid}"


def _file(kept: Evidence) -> Path:
    return Path(settings.STATE) / "evidence" / kept.path


def _place(kept: Evidence) -> str:
    return f"evidence:{kept.pk}"


def _copy_file(kept: Evidence) -> Path:
    return Path(settings.STATE) / "evidence" / f"{kept.path}.copy"


def _copy_place(kept: Evidence) -> str:
    return f"evidence-copy:{kept.pk}"
