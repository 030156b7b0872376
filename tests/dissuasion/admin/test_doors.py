"""Who may open the admin: the role admin with the right to it, through the one sign-in, and nobody else."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from config.lib.admin.middleware import PREFIX

TABLES = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
OURS = {"accounts", "households", "dissuasion"}


def test_it_has_only_tables_of_ours():
    assert {table.partition("_")[0] for table in TABLES} == OURS
    assert reverse("admin:index") == PREFIX
    assert Role.ADMIN == "admin"


@pytest.mark.django_db(transaction=True)
def test_it_opens_every_list_and_form_for_an_admin(work, script):
    sun = work.client("sun")
    assert sun.get("/admin/").status_code == 200
    for model, page in admin.site._registry.items():
        table = f"{model._meta.app_label}_{model._meta.model_name}"
        assert sun.get(reverse(f"admin:{table}_changelist")).status_code == 200, table
        added = sun.get(reverse(f"admin:{table}_add"))
        assert added.status_code == (200 if page.adds else 403), table
        row = model.objects.order_by("pk").first()
        assert row is not None, f"{table} has no row to look at"
        assert sun.get(reverse(f"admin:{table}_change", args=[row.pk])).status_code == 200, table


@pytest.mark.parametrize("name", ["lin", "mei", "gu", "zhao", "city", "wen"])
def test_it_is_closed_to_every_other_role(cast, name):
    client = cast.client(name)
    for table in TABLES:
        assert client.get(reverse(f"admin:{table}_changelist")).status_code == 403, table
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/autocomplete/").status_code == 403
    assert client.post(reverse("admin:households_resident_find"), {"q": "1"}).status_code == 403


@pytest.mark.parametrize("table", TABLES)
def test_it_sends_strangers_to_the_sign_in(db, table):
    for kind in ("changelist", "add"):
        address = reverse(f"admin:{table}_{kind}")
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={address}"


def test_a_right_without_the_role_opens_nothing(cast):
    cast.gu.is_staff = cast.gu.is_superuser = True
    cast.gu.save()
    assert cast.client("gu").get("/admin/").status_code == 403


def test_the_role_without_the_right_opens_nothing(cast):
    cast.sun.is_staff = False
    cast.sun.save()
    assert cast.client("sun").get("/admin/").status_code == 403


def test_it_needs_no_superuser(cast):
    cast.sun.is_superuser = False
    cast.sun.save()
    assert cast.client("sun").get(reverse("admin:accounts_person_changelist")).status_code == 200


@pytest.mark.parametrize(
    ("door", "instead"),
    [
        ("login/", "/accounts/login/"),
        ("logout/", "/accounts/logout/"),
        ("password_change/", "/accounts/password/change/"),
    ],
)
def test_its_own_doors_lead_to_the_one_of_each(sun, door, instead):
    assert sun.post(f"/admin/{door}")["Location"] == instead
