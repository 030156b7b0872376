"""Every address of the server."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config import operations

urlpatterns = [
    path("", operations.front, name="front"),
    path("up", operations.up),
    path("ready", operations.ready),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path(
        "api/schema",
        SpectacularAPIView.as_view(authentication_classes=(), permission_classes=()),
        name="schema",
    ),
    path("api/v1/", include("dissuasion.urls")),
]
