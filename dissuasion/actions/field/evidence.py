"""Takes photos and signatures (佐证) in pieces: a bad line goes on where it broke, and the original stays sealed."""

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
# A phone that three times sends other bytes than it promised has lost them.
MOST_MISSES = 3
# Of one person, without an act that lists them: enough for a long day without a network, too few to fill a disk.
MOST_UNLISTED = 60
UNLISTED_FOR = dt.timedelta(days=7)  # what no act ever listed must not stand in a person's way for ever
BYTES_A_DAY = 500 * 1024 * 1024  # of one person


@dataclass(frozen=True)
class Piece:
    """Some bytes of a file from `offset` on, and what the phone promised about the whole."""

    offset: int
    data: bytes
    size: int
    sha256: str
    mime: str


def want(act: Act, photos: Iterable[dict[str, Any]], *, at: dt.datetime) -> tuple[list[PhotoStanding], list[str]]:
    """Note which files belong to an act; return how each stands and the flags of those that can't be what they say."""
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
    """Return how the files that a receipt listed stand now."""
    mine = Evidence.objects.filter(person=act.person_id).in_bulk([photo["uuid"] for photo in listed])
    now = {str(pk): _standing(kept) for pk, kept in mine.items()}
    return [photo if photo["state"] == State.REFUSED else now.get(photo["uuid"], photo) for photo in listed]


def take_piece(person: Person, uuid: UUID, piece: Piece, *, at: dt.datetime) -> Evidence:
    """Keep one piece, on the disk when this returns; return the file as it then stands. A repeated piece is harmless.

    Raises Conflict (wrong_offset with `have`, uuid_reused, hash_differs) and Problem (not_an_image, too_many_files).
    """
    kept = _row_for(person, uuid, piece, at=at)
    if kept.state in COMING and piece.offset + len(piece.data) > kept.have:
        if piece.offset != kept.have or not _keep(kept, piece):
            raise _wrong_offset(uuid)
        kept.refresh_from_db()
    return judge(kept, at=at)


def judge(kept: Evidence, *, at: dt.datetime) -> Evidence:
    """Look at a file whose last byte has come: the promised hash, and a picture. Raises Conflict or Problem if not."""
    if kept.state == State.RECEIVING and kept.have == kept.size:
        try:
            data = original(kept)
        except CannotOpen:
            _from_the_start(kept)
            raise _wrong_offset(kept.pk) from None
        if hashlib.sha256(data).hexdigest() != kept.sha256:
            return _missed(kept, at=at)
        try:
            _end(kept, State.COMPLETE, at=at, mime=pictures.media_type_of(data))
        except pictures.NotAPicture as fault:
            _end(kept, State.REFUSED, at=at, reason=fault.code)
    if kept.state == State.REFUSED:
        raise Problem("not_an_image", _("This file is no picture that can be kept here."), status=415)
    return kept


def original(kept: Evidence) -> bytes:
    """Return the bytes as they came; raise CannotOpen when the file is not what was written."""
    return b"".join(sealed_file.pieces(_file(kept), place=_place(kept), length=kept.stored))


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
    if kept.state == State.WANTED and _bytes_today(person, at) + piece.size > BYTES_A_DAY:
        text = _("More photos than one day may bring. Keep them; they are sent again tomorrow.")
        raise Problem("too_many_files", text, status=429)
    return kept


def _bytes_today(person: Person, at: dt.datetime) -> int:
    mine = Evidence.objects.filter(person=person, made_at__gt=at - dt.timedelta(days=1))
    return mine.aggregate(bytes=Sum("have"))["bytes"] or 0


def _same(kept: Evidence, person: Person, *, size: int, sha256: str) -> bool:
    return (kept.person_id, kept.size, kept.sha256) == (person.pk, size, sha256)


def _keep(kept: Evidence, piece: Piece) -> bool:
    """Add a piece where `have` still stands as it was read; return whether it did.

    The row is held while the file is written: nobody else writes there, and a crash in between leaves `have` and
    `stored` as they were, so that the same bytes are written over what was left behind.
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
        text = _("The server could not take this now. Keep it; it is sent again.")
        raise Problem("busy", text, status=503) from error
    return True


def _missed(kept: Evidence, *, at: dt.datetime) -> Evidence:
    """Other bytes than were promised: they are sent again from the first one, but not for ever."""
    if kept.misses + 1 >= MOST_MISSES:
        _end(kept, State.REFUSED, at=at, reason="hash_differs")
        return judge(kept, at=at)
    _from_the_start(kept)
    raise Conflict("hash_differs", _("What came is not what the phone promised. It is sent again."), have=0)


def _from_the_start(kept: Evidence) -> None:
    as_read = {"have": kept.have, "stored": kept.stored, "state": kept.state, "misses": kept.misses}
    again = {"have": 0, "stored": 0, "state": State.WANTED, "misses": F("misses") + 1, "completed_at": None}
    Evidence.objects.filter(pk=kept.pk, **as_read).update(**again)


def _end(kept: Evidence, state: str, *, at: dt.datetime, mime: str = "", reason: str = "") -> None:
    """Settle a file by compare-and-set; the history of its case hears of one that can't be read."""
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
    return Conflict("wrong_offset", _("This piece does not follow what is here. Go on from where it ends."), have=have)


def _standing(kept: Evidence) -> PhotoStanding:
    state = State.WANTED if kept.state == State.RECEIVING else State(kept.state)
    return {"uuid": str(kept.pk), "state": state.value, "have": kept.have}


def _path(uuid: UUID, at: dt.datetime) -> str:
    return f"{at:%Y-%m}/{uuid}"


def _file(kept: Evidence) -> Path:
    return Path(settings.STATE) / "evidence" / kept.path


def _place(kept: Evidence) -> str:
    return f"evidence:{kept.pk}"
