"""Every address of the server."""

from django.contrib import admin
from django.urls import include, path, re_path

from accounts import pages
from config import operations, shell
from dissuasion.actions.field.card_tries import warn_officer

# Of allauth's doors only these are open: nobody signs up, and allauth sends no e-mails or texts.
ACCOUNT_DOORS = "login|logout|inactive|password/change|reauthenticate"
PHONE_DOORS = (
    "config|auth/login|auth/session|auth/reauthenticate|auth/webauthn/login|auth/webauthn/reauthenticate"
    "|account/password/change|account/authenticators|account/authenticators/webauthn"
)

handler500 = "config.operations.server_error"

urlpatterns = [
    path("", shell.shell, name="shell"),
    re_path(r"^(?:app/.*|handover)$", shell.shell),
    path("sw.js", shell.worker),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("start", operations.home, name="front"),
    path("verify", pages.verify, {"warn": warn_officer}, name="verify"),
    path("up", operations.up),
    path("ready", operations.ready),
    path("admin/", admin.site.urls),
    re_path(rf"^accounts/(?!({ACCOUNT_DOORS})/)", operations.not_found),
    path("accounts/", include("allauth.account.urls")),
    re_path(rf"^_allauth/(?!browser/v1/({PHONE_DOORS})$)", operations.not_found),
    path("_allauth/", include("allauth.headless.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/schema", operations.schema, name="schema"),
    path("api/v1/", include("dissuasion.urls")),
]
