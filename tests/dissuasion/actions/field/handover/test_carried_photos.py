"""Photos in a box: a phone whose person may not act any more seals them as well, and they arrive as their author's."""

import base64
import hashlib
import json
from uuid import uuid4

import pytest
from django.db import OperationalError

from accounts.people import deactivate
from config.lib.database import patience
from dissuasion.actions.field import evidence
from dissuasion.models import Evidence
from tests.dissuasion.actions.field.evidence.conftest import picture as drawn
from tests.dissuasion.actions.field.evidence.conftest import state  # noqa: F401
from tests.dissuasion.actions.field.handover.test_handover import brings, sealed


@pytest.fixture
def picture():
    return drawn(size=(1600, 1200))


def photo_of(data, **changes):
    digest = hashlib.sha256(data).hexdigest()
    return {
        "uuid": str(uuid4()), "sha256": digest, "mime": "image/jpeg", "content": base64.b64encode(data).decode(),
    } | changes  # fmt: skip


def box_of(phone, *photos):
    return sealed(phone, json.dumps({"acts": [], "photos": photos}).encode())


def verdicts(answer):
    assert answer.status_code == 200, answer.content
    return [row["verdict"] for row in answer.json()["receipts"]]


def test_they_arrive_as_their_authors(lin, cast, picture):
    photo = photo_of(picture)
    assert verdicts(brings(cast.client("mei"), box_of(lin, photo))) == ["applied"]
    kept = Evidence.objects.get()
    assert (str(kept.pk), kept.person, kept.state) == (photo["uuid"], cast.lin, "complete")
    assert evidence.original(kept) == picture


def test_they_arrive_though_their_author_may_not_act_any_more(lin, cast, picture):
    box = box_of(lin, photo_of(picture), photo_of(drawn(size=(90, 60))))
    deactivate(cast.lin)
    assert verdicts(brings(cast.client("mei"), box)) == ["applied", "applied"]
    assert set(Evidence.objects.values_list("state", flat=True)) == {"complete"}


def test_they_arrive_once_and_go_on_where_they_stood(lin, cast, picture):
    photo = photo_of(picture)
    begun = picture[:1000]
    headers = {"X-Sha256": photo["sha256"], "X-Bytes": str(len(picture)), "X-Mime": "image/jpeg"}
    path = f"/api/v1/evidence/{photo['uuid']}?offset=0"
    assert lin.client.put(path, begun, "application/octet-stream", headers=headers).status_code == 200
    for _time in range(2):
        assert verdicts(brings(cast.client("mei"), box_of(lin, photo))) == ["applied"]
    assert evidence.original(Evidence.objects.get()) == picture


@pytest.mark.parametrize(
    "change",
    [{"content": "no base64"}, {"content": ""}, {"content": 7}, {"sha256": "x"}, {"sha256": "0" * 64},
     {"mime": "text/html"}, {"uuid": "x"}, {"uuid": None}],
)  # fmt: skip
def test_one_that_is_none_does_not_hold_up_the_others(lin, cast, picture, change):
    answer = brings(cast.client("mei"), box_of(lin, photo_of(picture) | change, 7, photo_of(picture)))
    assert verdicts(answer) == ["refused", "refused", "applied"]


def test_nobody_takes_over_anothers_photo(lin, cast, picture):
    photo = photo_of(picture)
    brings(cast.client("mei"), box_of(lin, photo))
    other = photo_of(drawn(size=(90, 60)), uuid=photo["uuid"])
    assert verdicts(brings(cast.client("mei"), box_of(lin, other))) == ["refused"]
    assert evidence.original(Evidence.objects.get()) == picture


def test_what_is_no_list_opens_nothing(lin, cast):
    assert brings(cast.client("mei"), sealed(lin, b'{"acts": [], "photos": 7}')).status_code == 422


@pytest.mark.parametrize("failure", [OperationalError("held"), OSError(28, "No space left on device"), RuntimeError])
def test_one_that_can_not_be_taken_now_is_brought_again(lin, cast, picture, monkeypatch, failure):
    """The others of the box, acts and photos, are kept; the same box again brings it."""
    first, second, act = photo_of(picture), photo_of(drawn(size=(90, 60))), lin.envelope("note", {"text": "x"})
    box = sealed(lin, json.dumps({"acts": [act], "photos": [first, second]}).encode())
    take_piece = evidence.take_piece

    def fails(person, uuid, piece, *, at):
        if str(uuid) == first["uuid"]:
            raise held_error(failure)
        return take_piece(person, uuid, piece, at=at)

    with monkeypatch.context() as broken:
        broken.setattr(evidence, "take_piece", fails)
        assert verdicts(brings(cast.client("mei"), box)) == ["flagged", "busy", "applied"]
    assert verdicts(brings(cast.client("mei"), box)) == ["flagged", "applied", "applied"]


def held_error(failure):
    """Return a failure as the drivers raise it: of the database, that somebody holds a row."""
    if isinstance(failure, OperationalError):
        failure.__cause__ = DriverError("55P03")
    return failure


class DriverError(Exception):
    """A driver's error with its code."""

    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize("write", ["_begin", "_end"])
def test_the_disk_and_the_database_may_fail_anywhere(lin, cast, picture, monkeypatch, write):
    def fails(*_args, **_options):
        raise OSError(28, "No space left on device")

    box = box_of(lin, photo_of(picture))
    with monkeypatch.context() as broken:
        broken.setattr(evidence, write, fails)
        assert verdicts(brings(cast.client("mei"), box)) == ["busy"]
    assert verdicts(brings(cast.client("mei"), box)) == ["applied"]


def test_photos_wait_no_longer_than_their_box(lin, cast, picture, monkeypatch):
    """Whoever has waited three seconds for some is told to bring the others again."""
    box = box_of(lin, *(photo_of(drawn(size=(90 + number, 60))) for number in range(3)))
    monkeypatch.setattr(patience.LockBudget, "turn", lambda _self: 0.0)
    assert verdicts(brings(cast.client("mei"), box)) == ["busy"] * 3
    assert not Evidence.objects.exists()
