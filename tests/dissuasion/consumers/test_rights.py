"""Who may hold a socket, and how it ends when the right ends: accepted first, then closed with a code."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts import people
from accounts.models import Person
from dissuasion.consumers import work
from dissuasion.consumers.hub import hub
from dissuasion.models import Epoch
from tests.dissuasion.actions.field.phone import Phone
from tests.dissuasion.consumers.line import caught_up, connected, outside

pytestmark = pytest.mark.django_db(transaction=True)
SESSION = settings.SESSION_COOKIE_NAME


FOREIGN = ("https://evil.example", "null", "http://testserver.evil.example", "http://testserver:81", "http://[")


async def test_it_refuses_the_pages_of_others(lin):
    for origin in FOREIGN:
        async with connected(lin.client, origin=origin) as line:
            assert await line.closed() == 4403, origin


async def test_it_lets_our_own_page_and_programs_in(lin):
    for origin in ("http://testserver", ""):
        async with connected(lin.client, origin=origin) as line:
            assert (await line.document())["assignments"] == []


async def test_it_lets_in_whom_forms_let_in(lin, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://desk.example", "https://*.county.example", "http://old.example:80"]
    trusted = ("https://desk.example", "https://a.county.example", "https://county.example", "http://old.example")
    for origin in trusted:
        async with connected(lin.client, origin=origin) as line:
            await line.document()
    for origin in (
        "http://desk.example",
        "http://a.county.example",
        "https://evilcounty.example",
        "https://old.example",
    ):
        async with connected(lin.client, origin=origin) as line:
            assert await line.closed() == 4403, origin


async def test_it_knows_its_own_page_behind_a_proxy_that_speaks_https(lin, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = {"x-forwarded-proto": "https", "host": "testserver:443"}
    async with connected(lin.client, origin="https://testserver", **secure) as line:
        await line.document()
    async with connected(lin.client, origin="http://testserver", **secure) as line:
        assert await line.closed() == 4403


async def test_it_reads_cookies_as_the_other_doors_do(lin):
    session = lin.client.cookies[settings.SESSION_COOKIE_NAME].value
    for cookie in ('prefs={"a": "b"}; ', "a=b=c; ", '"; ', "m[0]={1,2}; ", "=; ; "):
        async with connected(None, cookie=f"{cookie}{SESSION}={session}") as line:
            await line.document()


async def test_it_asks_a_phone_to_come_back_while_the_database_is_away(lin, monkeypatch):
    def away(_session):
        raise OperationalError("the database system is starting up")

    monkeypatch.setattr(work, "authenticate", away)
    async with connected(lin.client) as line:
        assert await line.closed() == 1013


async def test_it_turns_strangers_away(transactional_db):
    for cookie in (
        "",
        f"{SESSION}=",
        f"{SESSION}=stolen",
        "other=1",
        f"{SESSION}=%00",
        "=;;,",
        f'{SESSION}="\\000aaaaaaaaaaaaa"',
    ):
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


async def test_it_says_that_the_right_is_gone_when_everything_was_ended(lin):
    async with connected(lin.client) as line:
        await line.document()
        await outside(people.end_everything, lin.person)
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


def soon(client: Client, milliseconds: int) -> None:
    """Let this client's session end so soon."""
    ends_at = timezone.now() + dt.timedelta(milliseconds=milliseconds)
    Session.objects.filter(pk=client.cookies[settings.SESSION_COOKIE_NAME].value).update(expire_date=ends_at)


async def test_it_hangs_up_when_the_session_is_over(lin, live_cast):
    other = await outside(Phone, live_cast, "lin")
    await outside(soon, lin.client, 400)
    async with connected(lin.client) as line, connected(other.client) as still:
        await line.document(), await still.document()
        await caught_up()
        assert await line.silent(0.4)
        await caught_up()
        assert await line.closed() == 4401
        assert await still.silent()


async def test_it_stays_when_the_session_was_prolonged(lin):
    await outside(soon, lin.client, 300)
    async with connected(lin.client) as line:
        await line.document()
        await outside(soon, lin.client, 60_000)
        assert await line.silent(0.3)
        await caught_up()
        assert await line.silent()


async def test_a_newer_socket_of_the_same_session_replaces_the_older(lin, send_alert):
    async with connected(lin.client) as older:
        await older.document()
        async with connected(lin.client) as newer:
            await newer.document()
            assert await older.closed() == 4409
            await outside(send_alert)
            assert len((await newer.document())["assignments"]) == 1
            assert await older.silent()


async def test_the_oldest_gives_way_when_a_person_has_too_many(lin, live_cast, monkeypatch):
    monkeypatch.setattr("dissuasion.consumers.hub.MAX_SOCKETS_A_PERSON", 2)
    second, third = [await outside(Phone, live_cast, "lin") for _ in range(2)]
    async with connected(lin.client) as one:
        await one.document()  # it is there before the next one comes
        async with connected(second.client) as two:
            await two.document()
            async with connected(third.client) as three:
                await three.document()
                assert await one.closed() == 4409
                assert await two.silent()
                assert len(hub().sockets[lin.person.pk]) == 2


def new_password(person: Person) -> None:
    person.set_password("a-long-new-password-7")
    person.save()
    people.recheck_sockets(person)


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
    monkeypatch.setattr("dissuasion.consumers.work.MAX_SOCKETS", 1)
    async with connected(lin.client) as first:
        await first.document()
        async with connected(lin.client) as second:
            assert await second.closed() == 1013


async def test_it_keeps_no_cookie_in_memory(lin):
    async with connected(lin.client) as line:
        await line.document()
        (socket,) = hub().sockets[lin.person.pk]
        assert lin.client.cookies[settings.SESSION_COOKIE_NAME].value not in str(socket.scope)
