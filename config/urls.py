"""Every address of the server."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from accounts import pages
from config import operations, shell

# Of allauth's doors only these are open: nobody signs up, and nobody is written to by e-mail or text from there.
ACCOUNT_DOORS = "login|logout|inactive|password/change|reauthenticate"
PHONE_DOORS = (
    "config|auth/login|auth/session|auth/reauthenticate|auth/webauthn/login|auth/webauthn/reauthenticate"
    "|account/password/change|account/authenticators|account/authenticators/webauthn"
)

urlpatterns = [
    path("", shell.shell, name="shell"),
    re_path(r"^(?:app/.*|handover)$", shell.shell),
    path("sw.js", shell.worker),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("start", operations.home, name="front"),
    path("verify", pages.verify, name="verify"),
    path("up", operations.up),
    path("ready", operations.ready),
    path("admin/", admin.site.urls),
    re_path(rf"^accounts/(?!({ACCOUNT_DOORS})/)", operations.not_found),
    path("accounts/", include("allauth.account.urls")),
    re_path(rf"^_allauth/(?!browser/v1/({PHONE_DOORS})$)", operations.not_found),
    path("_allauth/", include("allauth.headless.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path(
        "api/schema",
        SpectacularAPIView.as_view(authentication_classes=(), permission_classes=()),
        name="schema",
    ),
    path("api/v1/", include("dissuasion.urls")),
]
