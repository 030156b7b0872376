"""An act lists its photos, before or after they come; the receipt says which are still wanted, and who may see them."""

import pytest

from dissuasion.models import Evidence
from tests.dissuasion.actions.field.evidence.conftest import File, picture
from tests.dissuasion.actions.field.phone import Phone, codes


def standing(receipt):
    return [(row["uuid"], row["state"], row["have"]) for row in receipt["photos"]]


def test_it_says_which_photos_of_a_visit_are_wanted(lin, photo):
    receipt = lin.records(photos=[photo.listed()])
    assert (receipt["verdict"], standing(receipt)) == ("applied", [(photo.uuid, "wanted", 0)])


def test_it_knows_what_came_before_the_act(lin, photo):
    here, half = File(lin.client, picture(colour="red")), photo
    here.put_all()
    half.put(0, 1000)
    receipt = lin.records(photos=[here.listed(), half.listed()])
    assert standing(receipt) == [(here.uuid, "complete", len(here.data)), (half.uuid, "wanted", 1000)]


def test_it_tells_the_present_state_when_the_act_is_sent_again(lin, photo):
    act = lin.envelope("visit", {"met": True, "disposition": "dissuaded", "photos": [photo.listed()]})
    lin.send(act)
    photo.put_all()
    (again,) = lin.send(act)
    assert (again["verdict"], standing(again)) == ("already_applied", [(photo.uuid, "complete", len(photo.data))])


def test_it_takes_two_photos_at_the_door(lin, photo):
    receipt = lin.does("arrive", companion=True, photos=[photo.listed(kind="photo")])
    assert (receipt["grade"], standing(receipt)) == ("D", [(photo.uuid, "wanted", 0)])
    assert Evidence.objects.get().act.check_in.companion is True


def test_it_keeps_a_signature_as_one(lin, photo):
    lin.records(photos=[photo.listed(kind="signature")])
    assert Evidence.objects.get().kind == "signature"


def test_it_keeps_the_record_when_a_photo_is_not_what_it_says(lin, cast, photo):
    foreign = File(cast.client("wen"), picture())
    foreign.put(0, 1000)
    photo.put(0, 1000)
    wrong = [foreign.listed(), photo.listed(sha256="0" * 64), photo.listed(uuid=str(lin.person.pk), bytes=9 * 2**20)]
    receipt = lin.records(photos=wrong)
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["photo_differs"])
    assert [row["state"] for row in receipt["photos"]] == ["refused"] * 3
    assert Evidence.objects.get(pk=foreign.uuid).act is None


def test_it_names_the_place_of_a_photo_that_can_not_be_read(lin, photo):
    receipt = lin.records(photos=[photo.listed(sha256="short")])
    assert (receipt["verdict"], receipt["errors"][0]["field"]) == ("held", "photos.0.sha256")


@pytest.mark.parametrize(
    ("name", "status"),
    [("lin", 200), ("gu", 200), ("zhao", 200), ("city", 200), ("wen", 404), ("wengu", 404), ("qin", 404), ("sun", 404)],
)
def test_it_shows_a_photo_to_its_author_and_the_desks_of_its_case(lin, cast, photo, name, status):
    lin.records(photos=[photo.listed()])
    photo.put_all()
    assert cast.client(name).get(photo.path).status_code == status


def test_it_shows_a_photo_of_no_case_to_nobody_else(lin, gu, photo):
    photo.put_all()
    assert lin.client.get(photo.path).status_code == 200
    assert gu.client.get(photo.path).status_code == 404


def test_it_stands_in_the_file_of_the_case(lin, gu, photo):
    lin.records(photos=[photo.listed()])
    assert [row["id"] for row in gu.case(lin)["evidence"]] == [photo.uuid]


def test_it_leaves_a_photo_with_the_first_record_when_a_correction_names_it_too(lin, photo):
    act = lin.envelope("visit", {"met": True, "disposition": "dissuaded", "photos": [photo.listed()]})
    lin.send(act)
    record = {"met": True, "disposition": "wavering", "photos": [photo.listed()]}
    receipt = lin.does("correction", corrects=act["uuid"], reason="slip", record=record)
    assert standing(receipt) == [(photo.uuid, "wanted", 0)]
    assert str(Evidence.objects.get().act_id) == act["uuid"]


def test_it_takes_a_photo_after_the_case_has_gone(lin, gu, photo):
    lin.records("no_fraud", photos=[photo.listed()])
    assert photo.put_all().json()["complete"] is True


def test_it_gives_nobody_else_a_say(lin, cast, photo):
    lin.records(photos=[photo.listed()])
    assert File(Phone(cast, "wen").client, photo.data, uuid=photo.uuid).put_all().status_code == 409
