"""Checks whether a page of ours opened a socket, by the rule that Django has for forms."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.http import is_same_domain

from config.lib.addresses import plain_origin


def is_trusted(origin: str, request: HttpRequest) -> bool:
    """Return whether `origin` is this server itself, under a host that it is known by, or one of CSRF_TRUSTED_ORIGINS.

    An entry counts for its scheme only; `https://*.desk.example` covers every name below that one, and itself.
    """
    said = plain_origin(origin)
    try:
        own = plain_origin(f"{request.scheme}://{request.get_host()}")
        parts = urlsplit(said)
    except (DisallowedHost, ValueError):
        return False
    if said == own:
        return True
    trusted = [plain_origin(entry) for entry in settings.CSRF_TRUSTED_ORIGINS]
    if said in trusted:
        return True
    below = [urlsplit(entry) for entry in trusted if "*" in entry]
    return any(
        parts.scheme == entry.scheme and is_same_domain(parts.netloc, entry.netloc.lstrip("*")) for entry in below
    )
