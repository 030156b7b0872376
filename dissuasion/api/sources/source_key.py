"""Authenticates alert sources by their bearer key; a revoked key or an inactive source is refused."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from dissuasion.models import AlertSource, SourceKey


class SourceKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <source key>`; the source is then in `request.auth`."""

    def authenticate(self, request: Request) -> tuple[None, AlertSource] | None:
        scheme, _space, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not key.strip():
            return None
        keys = SourceKey.objects.select_related("source__unit").filter(revoked_at=None, source__is_active=True)
        found = keys.filter(key_hash=SourceKey.digest(key.strip())).first()
        if found is None:
            raise AuthenticationFailed(_("This source key is not known or was revoked."), code="bad_source_key")
        return None, found.source

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class IsSource(BasePermission):
    """Only an alert source may send alerts."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, AlertSource)


def source_of(request: Request) -> AlertSource:
    """Return the source that sent the request; raise AuthenticationFailed for anybody else."""
    if not isinstance(request.auth, AlertSource):
        raise AuthenticationFailed(code="bad_source_key")
    return request.auth


class SourceKeyScheme(OpenApiAuthenticationExtension):
    """How the schema names the source key."""

    target_class = SourceKeyAuthentication
    name = "sourceKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
