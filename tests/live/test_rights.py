"""Who may hold a socket, and how it ends when the right ends: accepted first, then closed with a code."""

import pytest
from django.conf import settings

from accounts import people
from accounts.models import Person
from dissuasion.consumers.hub import hub
from dissuasion.models import Epoch
from tests.acts.phone import Phone
from tests.live.line import caught_up, connected, outside

pytestmark = pytest.mark.django_db(transaction=True)


FOREIGN = ("https://evil.example", "null", "http://testserver.evil.example", "http://testserver:81", "http://[")


async def test_it_refuses_the_pages_of_others(lin):
    for origin in FOREIGN:
        async with connected(lin.client, origin=origin) as line:
            assert await line.closed() == 4403, origin


async def test_it_lets_our_own_page_and_programs_in(lin):
    for origin in ("http://testserver", "https://testserver", ""):
        async with connected(lin.client, origin=origin) as line:
            assert (await line.document())["assignments"] == []


async def test_it_lets_a_trusted_origin_in(lin, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://desk.example"]
    async with connected(lin.client, origin="https://desk.example") as line:
        await line.document()


async def test_it_turns_strangers_away(transactional_db):
    for cookie in ("", "sessionid=", "sessionid=stolen", "other=1", "sessionid=%00", "=;;,"):
        async with connected(None, cookie=cookie) as line:
            assert await line.closed() == 4401, cookie


async def test_it_turns_away_who_was_deactivated(lin):
    await outside(people.deactivate, lin.person)
    async with connected(lin.client) as line:
        assert await line.closed() == 4401


async def test_it_hangs_up_when_somebody_is_deactivated(lin):
    async with connected(lin.client) as line:
        await line.document()
        await outside(people.deactivate, lin.person)
        await caught_up()
        assert await line.closed() == 4403


async def test_it_sends_nothing_to_who_was_just_deactivated(lin, send_alert):
    async with connected(lin.client) as line:
        await line.document()
        await outside(people.deactivate, lin.person)
        await outside(send_alert)
        assert await line.silent()


async def test_it_hangs_up_on_signing_out_and_leaves_the_other_phone_alone(lin, live_cast):
    other = await outside(Phone, live_cast, "lin")
    async with connected(lin.client) as line, connected(other.client) as still:
        await line.document(), await still.document()
        answer = await outside(lin.client.delete, "/_allauth/browser/v1/auth/session")
        assert answer.status_code == 401
        await caught_up()
        assert await line.closed() == 4401
        assert await still.silent()


async def test_it_hangs_up_on_signing_out_by_the_form(lin):
    async with connected(lin.client) as line:
        await line.document()
        assert (await outside(lin.client.post, "/accounts/logout/")).status_code == 302
        await caught_up()
        assert await line.closed() == 4401


def new_password(person: Person) -> None:
    person.set_password("a-long-new-password-7")
    person.save()
    people.hang_up(person)


async def test_it_hangs_up_when_the_password_was_changed(lin):
    async with connected(lin.client) as line:
        await line.document()
        await outside(new_password, await outside(Person.objects.get, pk=lin.person.pk))
        await caught_up()
        assert await line.closed() == 4401


async def test_it_asks_for_a_full_refresh_when_the_history_was_renewed(lin):
    async with connected(lin.client) as line:
        await line.document()
        await caught_up()
        await outside(Epoch.objects.all().delete)
        await caught_up()
        assert await line.closed() == 4410


async def test_it_does_not_hang_up_a_phone_that_came_after_the_renewal(lin):
    async with connected(lin.client):
        await caught_up()
    await outside(Epoch.objects.all().delete)
    async with connected(lin.client) as line:
        await line.document()
        await caught_up()
        assert await line.silent()


async def test_it_refuses_more_sockets_than_a_process_can_serve(lin, monkeypatch):
    monkeypatch.setattr("dissuasion.consumers.work.CEILING", 1)
    async with connected(lin.client) as first:
        await first.document()
        async with connected(lin.client) as second:
            assert await second.closed() == 1013


async def test_it_keeps_no_cookie_in_memory(lin):
    async with connected(lin.client) as line:
        await line.document()
        (socket,) = hub().sockets[lin.person.pk]
        assert lin.client.cookies[settings.SESSION_COOKIE_NAME].value not in str(socket.scope)
