"""Tells a phone whether its person's right was taken away, or only its session has run out."""

from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest

from accounts.known_devices import browser_of
from accounts.models import Person
from config.lib.http import authentication


class SessionAuthentication(authentication.SessionAuthentication):
    """Session sign-in; on a request without a person it notes whether a right on this browser was taken away."""

    def authenticate(self, request: Any) -> Any:
        asked: HttpRequest = request._request
        # Read first: Django deletes a session that was ended as soon as it looks up its person.
        claimed, kept_hash = asked.session.get(SESSION_KEY), asked.session.get(HASH_SESSION_KEY, "")
        found = super().authenticate(request)
        if found is None:
            removed = _right_removed(asked, claimed, kept_hash)
            setattr(asked, authentication.RIGHT_REMOVED, removed)
        return found


def _right_removed(request: HttpRequest, claimed: str | None, kept_hash: str) -> bool:
    """Return whether the person of this browser was deactivated, or all their sessions were ended.

    The session shows it once and is then deleted; the proof in the browser's cookie shows it for good. On a shared
    phone the person whom the request names (`X-Person`) counts.
    """
    person = _person(request.headers.get("X-Person") or claimed)
    if person is None:
        return False
    in_session = claimed == str(person.pk)
    ended = not person.is_active or kept_hash.partition(".")[2] != str(person.session_epoch or "")
    return (in_session and ended) or browser_of(request).lost(person)


def _person(text: str | None) -> Person | None:
    try:
        return Person.objects.filter(pk=UUID(text)).first() if text else None
    except ValueError:
        return None
