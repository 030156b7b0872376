"""The outbox on its way: once, in order, over a road that breaks, by page, worker and two tabs."""

import pytest

from accounts.models import Person
from dissuasion.models import Act
from tests.browser.support.phone import Phone, until

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
FLUSH = "() => navigator.serviceWorker.controller.postMessage({ type: 'flush' })"
KICK = "() => dispatchEvent(new Event('online'))"


def queued(lin: Phone, number: int) -> list[str]:
    """Put acts into the outbox while there is no network."""
    lin.ready().offline()
    return lin.queue(number)


def test_page_and_worker_send_each_act_once(phone, weather):
    lin = phone()
    uuids = queued(lin, 30)
    lin.online()
    lin.page.evaluate(f"() => {{ ({KICK})(); ({FLUSH})(); ({KICK})(); }}")
    lin.sent()
    assert [act["uuid"] for act in weather.acts()] == uuids
    assert Act.objects.count() == 30


def test_two_tabs_send_each_act_once(phone, weather):
    lin = phone()
    uuids = queued(lin, 12)
    beside = lin.context.new_page()
    beside.goto("/")
    lin.online()
    for page in (lin.page, beside):
        page.evaluate(KICK)
    lin.sent()
    assert [act["uuid"] for act in weather.acts()] == uuids
    beside.get_by_text(lin.word("sync:ok", t="")).first.wait_for()


def test_an_answer_that_is_lost_costs_nothing(phone, weather):
    lin = phone()
    uuids = queued(lin, 3)
    weather.loses("/api/v1/acts")
    lin.online()
    lin.sent()
    assert [act["uuid"] for act in weather.acts()] == uuids * 2
    assert sorted(str(pk) for pk in Act.objects.values_list("pk", flat=True)) == sorted(uuids)


def test_it_sends_in_the_background_when_no_page_is_there(phone, weather):
    lin = phone()
    uuids = queued(lin, 2)
    lin.page.reload()  # the app sees what waits and asks the browser for a turn
    lin.sees("sync:off.count")
    tags = "async () => (await (await navigator.serviceWorker.ready).sync.getTags())"
    until(lambda: lin.page.evaluate(tags) == ["outbox"])
    registration = lin.registration()
    lin.page.goto("about:blank")
    lin.online()
    registration.sync("outbox")
    until(lambda: {act["uuid"] for act in weather.acts()} == set(uuids))
    until(lambda: Act.objects.count() == 2)  # sent again where the answer went with the page, kept once


def test_a_server_in_maintenance_is_said_and_waited_for(phone, weather):
    lin = phone()
    queued(lin, 2)
    weather.answers("/api/", 503, retry_after="2")
    lin.online()
    lin.sees("sync:away.count")
    weather.clears()
    lin.sent()
    lin.sees("sync:ok")


def test_a_session_that_ended_while_offline_keeps_everything(phone, weather, live_cast):
    lin = phone()
    uuids = queued(lin, 2)
    Person.objects.filter(pk=lin.person.pk).update(password="!changed")  # ends every session
    lin.online()
    lin.sees("sync:signed_out")
    assert [entry["uuid"] for entry in lin.outbox("waiting")] == uuids


def test_what_the_server_refuses_stays_in_sight(phone, weather):
    lin = phone()
    queued(lin, 1)
    weather.answers("/api/v1/acts", 422, body={"code": "strange", "detail": "This cannot be read."})
    lin.online()
    lin.sees("sync:you")
    (entry,) = lin.outbox("answered")
    assert (entry["needs"], entry["receipt"]["verdict"]) == (True, "refused")


def test_a_page_of_somebody_else_is_no_answer(phone, weather):
    lin = phone()
    queued(lin, 1)
    weather.answers("/api/v1/acts", 200, page="<h1>Welcome to the guest network</h1>")
    lin.online()
    until(lambda: len(weather.acts()) >= 1)
    lin.page.wait_for_timeout(400)
    assert len(lin.outbox("waiting")) == 1
    assert len(weather.acts()) < 4, "it must not hammer"
    weather.clears()
    lin.page.evaluate(KICK)
    lin.sent()


def test_a_socket_that_goes_silent_is_left(phone, weather, source):
    lin = phone(path="")
    lin.page.clock.install()
    lin.open().ready()
    until(lambda: weather.sockets >= 1)
    lin.sees("sync:ok")
    weather.silent = True
    source.sends(risk="medium")
    before = weather.sockets
    lin.page.clock.run_for(26_000)
    lin.page.clock.run_for(3_000)
    lin.sees("赵")
    assert weather.sockets > before or until(lambda: weather.sockets > before)


def test_two_hundred_records_go_in_order(phone, weather):
    lin = phone()
    uuids = queued(lin, 200)
    lin.online()
    lin.sent(seconds=40)
    assert [act["uuid"] for act in weather.acts()] == uuids
    assert list(Act.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 201))
