"""How people sign in and out: allauth's adapter, and the session behind a websocket's cookie."""

import datetime as dt
import secrets
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts import phones
from accounts.models import Person
from accounts.people import password_changed, recheck_sockets

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

    def logout(self, request: HttpRequest) -> None:
        person, session = request.user, str(request.session.get(SESSION_ID_KEY, ""))
        super().logout(request)
        if isinstance(person, Person):
            phones.forget_session(person, session=session)
            recheck_sockets(person)

    def set_password(self, user: Any, password: str) -> None:
        """A changed password ends the other sessions, and with them their sockets."""
        super().set_password(user, password)
        password_changed(user)


def push_session_id(session: SessionBase) -> str:
    """Return an id that a session keeps for its whole life; its key changes with the password."""
    mark: str = session.setdefault(SESSION_ID_KEY, secrets.token_urlsafe(16))
    return mark


def session_ends_at(session_key: str | None) -> dt.datetime | None:
    """Return when a session ends, or None when there is none.

    Read from its row: `get_expiry_date()` of a session that was just loaded counts its whole age from now.
    """
    rows = engine.SessionStore.get_model_class().objects.filter(pk=session_key).values_list("expire_date", flat=True)
    ends_at: dt.datetime | None = rows.first()
    return ends_at


def person_of_session(session_key: str | None) -> Person | None:
    """Return the active person behind a session cookie, or None; it checks what every HTTP request checks."""
    if not session_key:
        return None
    request: Any = SimpleNamespace(session=engine.SessionStore(session_key), META={})
    user = get_user(request)
    return user if isinstance(user, Person) else None
