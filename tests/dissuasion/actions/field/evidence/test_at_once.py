"""Two senders of one photo (page and service worker) on both databases: every byte once, and in its place."""

from functools import partial

import pytest

from dissuasion.actions.field import evidence
from dissuasion.models import Evidence
from tests.dissuasion.actions.field.crowd import at_once
from tests.dissuasion.actions.field.evidence.conftest import File, picture
from tests.dissuasion.actions.field.phone import committed

pytestmark = pytest.mark.django_db(transaction=True)
lin = pytest.fixture(committed)


def test_it_keeps_the_same_piece_of_ten_senders_once(lin, photo):
    answers = at_once([partial(photo.put, 0, 1000)] * 10)
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert {answer.json()["have"] for answer in answers} == {1000}
    assert photo.put(1000).json()["complete"] is True


def test_it_keeps_pieces_of_different_lengths_in_one_order(lin, photo):
    def send(length):
        offset = 0
        while offset < len(photo.data):
            offset = photo.put(offset, length).json()["have"]
        return offset

    assert set(at_once([partial(send, length) for length in (300, 500, 700, 1100)])) == {len(photo.data)}
    assert photo.state() == {"have": len(photo.data), "complete": True}


def test_it_takes_the_act_and_the_first_piece_at_the_same_moment(lin):
    photos = [File(lin.client, picture(colour=colour)) for colour in ("red", "green", "blue")]
    sends = [partial(lin.records, photos=[photo.listed() for photo in photos])] + [photo.put_all for photo in photos]
    at_once(sends)
    assert {photo.state()["complete"] for photo in photos} == {True}
    assert Evidence.objects.exclude(act=None).count() == 3


def test_of_many_that_begin_at_once_it_takes_no_more_than_a_day_may_bring(lin, monkeypatch):
    photos = [File(lin.client, picture(colour=colour)) for colour in ("red", "green", "blue", "white", "black")]
    monkeypatch.setattr(evidence, "BYTES_A_DAY", 2 * max(len(photo.data) for photo in photos))
    answers = at_once([partial(photo.put, 0, 10) for photo in photos])
    assert sorted(answer.status_code for answer in answers) == [200, 200, 429, 429, 429]
