"""How people sign in and out: allauth's adapter, and the session behind a websocket's cookie."""

import datetime as dt
import secrets
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import get_user_by_username
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts import known_devices, phones
from accounts.models import Person
from accounts.people import password_changed, recheck_sockets
from config.lib.http.client_address import client_address
from config.lib.identity import staff_number

# A phone on which somebody signed in before has its own count of their wrong passwords and no other.
KNOWN_DEVICE_RATES = {"login_failed": "6/5m/key"}
SESSION_ID_KEY = "push_mark"
engine = import_module(settings.SESSION_ENGINE)


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and signing out also closes the sockets of that session."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """A passkey replaces the password and is never asked besides it: phones are shared, lost and broken."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if not stage.startswith("allauth.mfa.")]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which tries are counted; allauth refuses a request without one."""
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return whose number and password these are, however the number was typed; None where they are nobody's."""
        if "username" in credentials:
            credentials["username"] = _as_kept(str(credentials["username"]))
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before the password is checked, by its person and by nothing that the request claims.

        Allauth counts by host and name: forty ports in the Host header were forty counts. A right password takes the
        try back (`authenticate`).
        """
        name = str(credentials.get("username", ""))
        person = get_user_by_username(name)  # found as at the sign-in: databases differ in which spellings they match
        key, rates = f"nobody {name.strip().lower()}", settings.ACCOUNT_RATE_LIMITS
        if isinstance(person, Person):
            key = f"person {person.pk.hex}"
            browser = known_devices.browser_of(request)
            if browser.knows(person):
                key, rates = f"{key} {browser.id}", KNOWN_DEVICE_RATES
        counted = ratelimit.consume(request, app="allauth.account", action="login_failed", config=rates, key=key)
        if not counted:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage = counted

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, whichever way, and give the browser the proof of it."""
        super().login(request, user)
        setattr(request, known_devices.SIGNED_IN, user)

    def logout(self, request: HttpRequest) -> None:
        person, session = request.user, str(request.session.get(SESSION_ID_KEY, ""))
        super().logout(request)
        if isinstance(person, Person):
            phones.forget_session(person, session=session)
            recheck_sockets(person)

    def set_password(self, user: Any, password: str) -> None:
        """A changed password ends the other sessions, and with them their sockets."""
        user.set_password(password)
        password_changed(user)


def _as_kept(number: str) -> str:
    """Return a staff number as we keep it: one that somebody has as it was typed stays."""
    return number if get_user_by_username(number) is not None else staff_number(number)


def push_session_id(session: SessionBase) -> str:
    """Return an id that a session keeps for its whole life; its key changes with the password."""
    mark: str = session.setdefault(SESSION_ID_KEY, secrets.token_urlsafe(16))
    return mark


def session_ends_at(session_key: str | None) -> dt.datetime | None:
    """Return when a session ends, or None when there is none.

    Read from its row: `get_expiry_date()` of a session that was just loaded counts its whole age from now.
    """
    store = engine.SessionStore(session_key)  # its key is None for a text that Django did not make
    rows = store.get_model_class().objects.filter(pk=store.session_key).values_list("expire_date", flat=True)
    ends_at: dt.datetime | None = rows.first()
    return ends_at


def person_of_session(session_key: str | None) -> Person | None:
    """Return the active person behind a session cookie, or None; it checks what every HTTP request checks."""
    if not session_key:
        return None
    session = engine.SessionStore(session_key)
    session.flush = lambda: None  # read only: an ended session stays, so that the next request can say why it ended
    request: Any = SimpleNamespace(session=session, META={})
    user = get_user(request)
    return user if isinstance(user, Person) else None
