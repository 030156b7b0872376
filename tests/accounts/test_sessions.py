"""How a session ends: by signing out, by a new password, by deactivation; each makes open sockets look again."""

import pytest

from accounts.models import Person
from accounts.people import deactivate, recheck_sockets
from tests.accounts.conftest import DOOR

pytestmark = pytest.mark.django_db
WORK = "/api/v1/work"


def epoch(person):
    return Person.objects.values_list("auth_epoch", flat=True).get(pk=person.pk)


def test_it_ends_by_the_apps_door(cast):
    client, before = cast.client("lin"), epoch(cast.lin)
    assert client.delete(f"{DOOR}/auth/session").status_code == 401
    assert client.get(WORK).status_code == 401
    assert epoch(cast.lin) == before + 1


def test_it_ends_by_the_form(cast):
    client, before = cast.client("lin"), epoch(cast.lin)
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get(WORK).status_code == 401
    assert epoch(cast.lin) == before + 1


def test_it_does_not_end_by_following_a_link(cast):
    client = cast.client("lin")
    client.get("/accounts/logout/")
    assert client.get(WORK).status_code == 200


def test_it_leaves_the_other_phone_signed_in(cast):
    first, second = cast.client("lin"), cast.client("lin")
    first.delete(f"{DOOR}/auth/session")
    assert second.get(WORK).status_code == 200


def test_it_leaves_a_strangers_sign_out_alone(cast, client):
    before = epoch(cast.lin)
    assert client.delete(f"{DOOR}/auth/session").status_code == 401
    assert client.post("/accounts/logout/").status_code == 302
    assert epoch(cast.lin) == before


def test_it_ends_when_somebody_is_deactivated(cast):
    client, before = cast.client("lin"), epoch(cast.lin)
    deactivate(cast.lin)
    for path in (WORK, "/api/v1/duty", "/api/v1/scripts/none"):
        assert client.get(path).status_code == 401
    assert client.post("/api/v1/acts", {"acts": []}, "application/json").status_code == 401
    assert epoch(cast.lin) == before + 1


def test_it_ends_with_the_old_password(cast):
    client = cast.client("lin")
    cast.lin.set_password("another-password-8")
    cast.lin.save()
    assert client.get(WORK).status_code == 401


def test_it_does_not_end_when_sockets_are_hung_up(cast):
    client = cast.client("lin")
    recheck_sockets(cast.lin)
    assert client.get(WORK).status_code == 200


def test_it_raises_the_epoch_of_nobody_else(cast):
    before = epoch(cast.mei)
    cast.client("lin").delete(f"{DOOR}/auth/session")
    deactivate(cast.lin)
    assert epoch(cast.mei) == before
