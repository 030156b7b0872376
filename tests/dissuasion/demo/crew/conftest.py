"""A real server in a thread of the test's process, and phones for the cast."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from dissuasion.demo.crew.phone import Member
from dissuasion.demo.crew.profile import Profile
from tests.cast import HOME, Cast
from tests.serving import server_of_cast

server = pytest.fixture(server_of_cast)
# Nobody declines, nothing takes long: what is tested is the way, not the weather.
READY = Profile(
    "ready", acknowledge_s=(0, 0.01), record_s=(0, 0.01), declines=0, ignores=0, no_fix=0, turnout_min=(0, 0.01)
)


def ready(**traits: Any) -> Profile:
    """Return somebody who is ready, but for these traits."""
    return replace(READY, **traits)


@pytest.fixture
def member(live_cast: Cast) -> Callable[[str], Member]:
    """Somebody of the cast with a signed-in phone, two streets from Mrs Zhao's door."""

    def make(name: str, profile: Profile = READY) -> Member:
        person = live_cast.people[name]
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        place = (HOME[0] + 0.002, HOME[1])
        return Member(str(person.pk), name, place, session=session.session_key or "", profile=profile)

    return make
