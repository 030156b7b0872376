"""Every address of the server."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from config import operations

# Of allauth's doors only these are open: nobody signs up, and nobody is written to by e-mail or text from there.
ACCOUNT_DOORS = "login|logout|inactive|password/change|reauthenticate"
PHONE_DOORS = "config|auth/login|auth/session|account/password/change"

urlpatterns = [
    path("", operations.front, name="front"),
    path("up", operations.up),
    path("ready", operations.ready),
    path("admin/", admin.site.urls),
    re_path(rf"^accounts/(?!({ACCOUNT_DOORS})/)", operations.closed),
    path("accounts/", include("allauth.account.urls")),
    re_path(rf"^_allauth/(?!browser/v1/({PHONE_DOORS})$)", operations.closed),
    path("_allauth/", include("allauth.headless.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path(
        "api/schema",
        SpectacularAPIView.as_view(authentication_classes=(), permission_classes=()),
        name="schema",
    ),
    path("api/v1/", include("dissuasion.urls")),
]
