"""A lost phone, a new card, a password set by an admin, deactivation: whatever a phone could do for its person ends."""

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import people
from accounts.models import Card, Person, PushSubscription
from accounts.people import deactivate
from dissuasion.actions.field.handover import key_of
from tests.accounts.authenticator import Authenticator as Key
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_passkeys import lin as phone  # noqa: F401  the fixture by its role here
from tests.accounts.test_passkeys import make, sign_in_by
from tests.dissuasion.admin.conftest import form_of

pytestmark = pytest.mark.django_db
LIST, WORK = "/admin/accounts/person/", "/api/v1/work"
NEW = {"password1": "another-long-one-8", "password2": "another-long-one-8"}


def by_list(action):
    return lambda cast: cast.client("sun").post(LIST, {"action": action, "_selected_action": [str(cast.lin.pk)]})


def by_form(cast):
    page, sun = reverse("admin:accounts_person_change", args=[cast.lin.pk]), cast.client("sun")
    data = form_of(sun, page)
    data.pop("is_active")
    return sun.post(page, data)


def by_password(cast):
    return cast.client("sun").post(f"/admin/accounts/person/{cast.lin.pk}/password/", NEW)


WAYS = {
    "new card": by_list("renew_card"), "deactivated": by_list("deactivate"),
    "by form": by_form, "password": by_password,
}  # fmt: skip


def now_of(cast):
    return Person.objects.get(pk=cast.lin.pk)


@pytest.fixture(params=WAYS)
def ended(request, passwords, phone):  # noqa: F811
    """Lin with everything that a phone may hold; then an admin ends it. Returns what there was."""
    cast, key = passwords, Key()
    assert make(phone, key).status_code == 200
    PushSubscription.objects.create(
        person=cast.lin, device="x", endpoint="https://x", endpoint_index="x", p256dh="x", auth="x",
        made_at=timezone.now(),
    )  # fmt: skip
    there = {
        "phone": phone, "key": key, "secret": phone.get("/api/v1/card").json()["secret"],
        "handover": key_of(now_of(cast), "x"), "before": now_of(cast),
    }  # fmt: skip
    assert phone.get(WORK).status_code == 200
    assert WAYS[request.param](cast).status_code == 302
    return there


def test_nothing_is_left(ended, passwords):
    lin, before = now_of(passwords), ended["before"]
    assert ended["phone"].get(WORK).status_code == 401
    assert sign_in_by(ended["key"])[1].status_code in (400, 401)
    assert not PushSubscription.objects.exists()
    assert not Authenticator.objects.exists()
    assert ended["secret"] not in {one.secret for one in Card.objects.all()}
    assert key_of(lin, "x") != ended["handover"]
    assert lin.auth_epoch > before.auth_epoch


def test_nothing_lives_again_when_the_person_is_active_again(ended, passwords, sign_in):
    Person.objects.filter(pk=passwords.lin.pk).update(is_active=True)
    # A client forgets its cookie with the first refusal; whoever copied it does not.
    assert ended["phone"].get(WORK).status_code == 401
    assert sign_in_by(ended["key"])[1].status_code == 400
    password = NEW["password1"] if now_of(passwords).password != ended["before"].password else PASSWORD
    client, answer = sign_in("lin", password)
    assert answer.status_code == 200
    assert client.get("/api/v1/card").json()["secret"] != ended["secret"]


def test_a_session_does_not_live_again_after_reactivation(cast):
    client = cast.client("lin")
    deactivate(cast.lin)
    Person.objects.filter(pk=cast.lin.pk).update(is_active=True)
    assert client.get(WORK).status_code == 401
    assert cast.client("mei").get(WORK).status_code == 200


def test_a_session_of_before_this_change_goes_on(cast):
    store = import_module(django_settings.SESSION_ENGINE).SessionStore
    client = cast.client("lin")
    kept = store(client.cookies[django_settings.SESSION_COOKIE_NAME].value)["_auth_user_hash"]
    assert "." not in kept


def test_admins_who_set_their_own_password_stay_and_lose_the_rest(passwords):
    sun = passwords.client("sun")
    other = passwords.client("sun")
    assert sun.post(f"/admin/accounts/person/{passwords.sun.pk}/password/", NEW).status_code == 302
    assert sun.get(LIST).status_code == 200
    assert other.get(LIST).status_code == 302


def test_an_own_new_password_keeps_the_own_passkey(passwords, phone):  # noqa: F811
    key = Key()
    make(phone, key)
    body = {"current_password": PASSWORD, "new_password": "another-long-one-8"}
    headers = {"x-csrftoken": phone.cookies[django_settings.CSRF_COOKIE_NAME].value}
    door = "/_allauth/browser/v1/account/password/change"
    assert phone.post(door, body, "application/json", headers=headers).status_code == 200
    assert phone.get(WORK).status_code == 200
    assert sign_in_by(key)[1].status_code == 200


def test_an_own_new_password_undoes_nothing_that_an_admin_does_meanwhile(passwords, phone, monkeypatch):  # noqa: F811
    plain = Person.set_password

    def meanwhile(self, raw):
        deactivate(self)
        plain(self, raw)

    monkeypatch.setattr(Person, "set_password", meanwhile)
    body = {"current_password": PASSWORD, "new_password": "another-long-one-8"}
    headers = {"x-csrftoken": phone.cookies[django_settings.CSRF_COOKIE_NAME].value}
    phone.post("/_allauth/browser/v1/account/password/change", body, "application/json", headers=headers)
    assert (now_of(passwords).is_active, now_of(passwords).session_epoch) == (False, 1)
    assert phone.get(WORK).status_code == 401


def test_an_admin_sees_passkeys_and_takes_one_away(passwords, phone):  # noqa: F811
    kept, lost = Key(), Key()
    make(phone, lost)
    make(phone, kept)
    page, sun = reverse("admin:accounts_person_change", args=[passwords.lin.pk]), passwords.client("sun")
    told = sun.get(page).content.decode()
    assert "passkeys" in told.lower()
    assert "phone" in told
    data = form_of(sun, page)
    (first,) = [name for name, value in data.items() if name.startswith("authenticator_set") and name.endswith("0-id")]
    assert sun.post(page, data | {first.replace("-id", "-DELETE"): "on"}).status_code == 302
    assert sign_in_by(lost)[1].status_code == 400
    assert sign_in_by(kept)[1].status_code == 200
    assert phone.get(WORK).status_code == 200


def test_an_admin_makes_no_passkey(passwords, phone):  # noqa: F811
    make(phone, Key())
    page, sun = reverse("admin:accounts_person_change", args=[passwords.lin.pk]), passwords.client("sun")
    data = form_of(sun, page)
    forged = {"authenticator_set-TOTAL_FORMS": "2", "authenticator_set-1-type": "webauthn"}
    sun.post(page, data | forged | {"authenticator_set-1-data": "{}", "authenticator_set-0-data": "{}"})
    assert Authenticator.objects.count() == 1
    assert Authenticator.objects.get().data != {}


def test_nobody_else_sees_them(passwords, phone):  # noqa: F811
    page = reverse("admin:accounts_person_change", args=[passwords.lin.pk])
    assert passwords.client("gu").get(page).status_code in (302, 403)
    assert Client().get(page).status_code == 302


OWN = {"current_password": PASSWORD, "new_password": "another-long-one-8"}


@pytest.mark.parametrize("whose", ["an admin's", "an own"])
def test_a_new_password_without_its_end_is_none(passwords, phone, monkeypatch, whose):  # noqa: F811
    """Either both are saved or nothing: a new password beside the old sessions would end nothing."""

    def fails(_person):
        raise OSError("The database has gone away.")

    before = now_of(passwords).password
    monkeypatch.setattr(people, "end_everything" if whose == "an admin's" else "renew_handover_key", fails)
    client = passwords.client("sun") if whose == "an admin's" else phone
    client.raise_request_exception = False
    if whose == "an admin's":
        client.post(f"/admin/accounts/person/{passwords.lin.pk}/password/", NEW)
    else:
        headers = {"x-csrftoken": phone.cookies[django_settings.CSRF_COOKIE_NAME].value}
        client.post("/_allauth/browser/v1/account/password/change", OWN, "application/json", headers=headers)
    assert now_of(passwords).password == before
