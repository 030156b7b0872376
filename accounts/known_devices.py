"""Who has signed in on this browser before: a cookie whose proofs only this server can make.

Whoever knows a staff number can use up the tries of strangers, but not those of a phone on which its owner was signed
in. The cookie signs nobody in. A proof becomes invalid when everything is ended for its person.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Person

COOKIE = f"{settings.COOKIE_PREFIX}device"
EARLIER = "device"  # its name before: a phone keeps for half a year what it was given then
MAX_AGE_S = 180 * 24 * 60 * 60
MOST = 10  # people of a shared phone
# With how many earlier epochs of a person's sessions a proof is compared.
ENDS_LOOKED_AT = 20
FORM = re.compile(r"([A-Za-z0-9_-]{22})((?:\.[0-9a-f]{32}){1,10})")
SIGNED_IN = "signed_in_person"


@dataclass(frozen=True)
class Browser:
    """A browser by an id of its own, and a proof for each person who has signed in on it, the latest last."""

    id: str
    proofs: tuple[str, ...] = ()

    def proof(self, person: Person, epoch: int) -> str:
        """Return the proof that `person` signed in here in this epoch of their sessions."""
        text = f"{self.id}:{person.pk.hex}:{epoch}"
        return salted_hmac("accounts.known_devices", text, algorithm="sha256").hexdigest()[:32]

    def has(self, proof: str) -> bool:
        """Return whether one of the proofs is this one."""
        # All are compared, so that the time it takes tells nothing.
        return True in [constant_time_compare(proof, one) for one in self.proofs]

    def knows(self, person: Person) -> bool:
        """Return whether `person` has signed in here since everything was last ended for them."""
        return self.has(self.proof(person, person.session_epoch))

    def lost(self, person: Person) -> bool:
        """Return whether `person` was signed in here when everything was ended for them."""
        if self.knows(person):
            return False
        earlier = range(max(0, person.session_epoch - ENDS_LOOKED_AT), person.session_epoch)
        return any(self.has(self.proof(person, epoch)) for epoch in earlier)

    def with_person(self, person: Person) -> "Browser":
        """Return this browser after `person` signed in on it."""
        first = max(0, person.session_epoch - ENDS_LOOKED_AT)
        theirs = {self.proof(person, epoch) for epoch in range(first, person.session_epoch + 1)}
        others = [one for one in self.proofs if one not in theirs]
        return Browser(self.id, (*others, self.proof(person, person.session_epoch))[-MOST:])


def browser_of(request: HttpRequest) -> Browser:
    """Return the browser behind a request; an unreadable cookie is that of a new one."""
    kept = request.COOKIES.get(COOKIE) or request.COOKIES.get(EARLIER, "")
    found = FORM.fullmatch(kept)
    if found is None:
        return Browser(secrets.token_urlsafe(16))
    return Browser(found[1], tuple(found[2][1:].split(".")))


class KnownDeviceMiddleware:
    """Gives a browser the proof of a sign-in, whichever way it was done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person = getattr(request, SIGNED_IN, None)
        if person is not None:
            browser = browser_of(request).with_person(person)
            response.set_cookie(
                COOKIE, ".".join((browser.id, *browser.proofs)), max_age=MAX_AGE_S, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response
