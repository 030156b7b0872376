"""The lanes: how many work at once, in which order, who is turned away, and that the connection goes back early."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

from config.lib.http import request_limit as module
from config.lib.http.request_limit import Lane, RequestLimitHandler

ACTS = Lane("acts", at_once=2, waiting=10, patience_s=60)
PULLS = Lane("pulls", at_once=1, waiting=10, patience_s=60)
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
PATHS = {"/api/v1/acts": ACTS, "/api/v1/work": PULLS}


class Works:
    """Stands for everything behind the limit: each piece of work goes on until it is let go."""

    def __init__(self) -> None:
        self.begun: list[Any] = []
        self.ends: dict[Any, asyncio.Event] = {}

    async def work(self, name: Any) -> Any:
        self.begun.append(name)
        self.ends[name] = asyncio.Event()
        await self.ends[name].wait()
        return name

    async def let_go(self, name: Any) -> None:
        self.ends[name].set()
        await settled()


async def settled() -> None:
    """Let everything that can go on do so, and threads end."""
    await asyncio.sleep(0.05)


@pytest.fixture
def works(monkeypatch) -> Works:
    works = Works()
    monkeypatch.setattr(module, "close_old_connections", lambda: None)  # that thread may hold one of an earlier test
    monkeypatch.setattr(ASGIHandler, "get_response_async", lambda _handler, request: works.work(request.name))
    return works


def handling(*lanes: Lane) -> RequestLimitHandler:
    """Return a handler with these lanes instead of the usual ones."""
    paths = PATHS | {f"/api/v1/{lane.name}": lane for lane in lanes}
    return RequestLimitHandler(lambda request: paths.get(request.path_info))


def ask(
    handler: RequestLimitHandler, name: str, path: str = "/api/v1/acts", session: str = "", address: str = ""
) -> "asyncio.Task[Any]":
    request = SimpleNamespace(
        name=name, path_info=path, COOKIES={settings.SESSION_COOKIE_NAME: session or name}, headers={},
        META=ENGLISH | {"REMOTE_ADDR": address},
    )  # fmt: skip
    return asyncio.create_task(handler.get_response_async(request))


async def test_it_works_on_so_many_at_a_time_in_their_order(works):
    handler = handling()
    asked = [ask(handler, name) for name in "abcd"]
    await settled()
    assert works.begun == ["a", "b"]
    await works.let_go("b")
    assert works.begun == ["a", "b", "c"]
    for name in "acd":
        await works.let_go(name)
    assert await asyncio.gather(*asked) == list("abcd")


async def test_it_lets_a_phone_that_comes_back_pull_beside_a_rush_of_acts(works):
    handler = handling()
    asked = [ask(handler, name) for name in "abc"]
    pulls = [ask(handler, name, "/api/v1/work") for name in "xy"]
    await settled()
    assert works.begun == ["a", "b", "x"]
    await works.let_go("x")
    assert works.begun == ["a", "b", "x", "y"]
    for name in "yabc":
        await works.let_go(name)
    await asyncio.gather(*asked, *pulls)


@pytest.mark.parametrize("path", ["/up", "/static/built/app.js"])
async def test_it_makes_nobody_wait_who_asks_nothing_of_the_database(works, path):
    handler = handling()
    asked = [ask(handler, name) for name in "abc"]
    alive = ask(handler, "alive", path)
    await settled()
    assert sorted(works.begun) == ["a", "alive", "b"]
    for name in ("alive", *"abc"):
        await works.let_go(name)
    await asyncio.gather(*asked, alive)


async def test_it_forgets_whoever_hangs_up_while_waiting(works):
    handler = handling()
    a, b, c, d = (ask(handler, name) for name in "abcd")
    await settled()
    c.cancel()
    await works.let_go("a")
    assert works.begun == ["a", "b", "d"]
    await works.let_go("b"), await works.let_go("d")
    assert await asyncio.gather(a, b, d) == ["a", "b", "d"]


async def test_it_keeps_the_slot_of_whoever_hung_up_until_the_work_has_ended(works):
    handler = handling()
    a, b, c = (ask(handler, name) for name in "abc")
    await settled()
    a.cancel()
    await settled()
    assert works.begun == ["a", "b"]
    await works.let_go("a")
    assert works.begun == ["a", "b", "c"]
    await works.let_go("b"), await works.let_go("c")
    assert await asyncio.gather(b, c) == ["b", "c"]


async def test_it_gives_a_slot_back_when_the_work_fails(works, monkeypatch):
    async def fails(_handler, request):
        raise RuntimeError("broken")

    handler = handling()
    with monkeypatch.context() as broken:
        broken.setattr(ASGIHandler, "get_response_async", fails)
        for _time in range(3):
            with pytest.raises(RuntimeError, match="broken"):
                await ask(handler, "a")
    a = ask(handler, "a")
    await settled()
    await works.let_go("a")
    assert await a == "a"


async def test_it_gives_the_connection_back_before_the_answer_is_sent(works, monkeypatch):
    given_back = []
    monkeypatch.setattr(module, "close_old_connections", lambda: given_back.append("back"))
    asked = ask(handling(), "a")
    await settled()
    assert given_back == []
    await works.let_go("a")
    assert (await asked, given_back) == ("a", ["back"])


async def test_it_gives_the_connection_back_when_the_work_fails(works, monkeypatch):
    async def fails(_handler, request):
        raise RuntimeError("broken")

    given_back = []
    monkeypatch.setattr(module, "close_old_connections", lambda: given_back.append("back"))
    monkeypatch.setattr(ASGIHandler, "get_response_async", fails)
    with pytest.raises(RuntimeError, match="broken"):
        await ask(handling(), "a")
    assert given_back == ["back"]


def refusal(task):
    answer = task.result()
    return answer.status_code, answer["Content-Type"], 2 <= int(answer["Retry-After"]) <= 6


async def test_it_turns_away_at_once_whom_the_lane_cannot_take_soon(works):
    handler = handling(Lane("acts", at_once=1, waiting=2, patience_s=60))
    asked = [ask(handler, name) for name in "abcd"]
    await settled()
    assert [task.done() for task in asked] == [False, False, False, True]
    assert refusal(asked[3]) == (503, "application/problem+json", True)
    for name in "abc":
        await works.let_go(name)
    assert await asyncio.gather(*asked[:3]) == list("abc")
    assert works.begun == list("abc")


async def test_a_rush_in_one_lane_turns_nobody_away_in_another(works):
    handler = handling(Lane("acts", at_once=1, waiting=0, patience_s=60))
    asked = [ask(handler, name) for name in "abcdef"]
    pull = ask(handler, "pull", "/api/v1/work")
    await settled()
    assert works.begun == ["a", "pull"]
    for name in ("a", "pull"):
        await works.let_go(name)
    await asyncio.gather(*asked, pull)


async def test_it_lets_nobody_wait_longer_than_the_lane_says(works):
    handler = handling(Lane("acts", at_once=1, waiting=5, patience_s=0.1))
    a, b = ask(handler, "a"), ask(handler, "b")
    await asyncio.sleep(0.2)
    assert refusal(b) == (503, "application/problem+json", True)
    assert not a.done()
    c = ask(handler, "c")
    await works.let_go("a")
    assert works.begun == ["a", "c"]
    await works.let_go("c")
    assert await asyncio.gather(a, c) == ["a", "c"]


async def test_one_caller_does_not_fill_the_lane(works):
    handler = handling(Lane("acts", at_once=3, waiting=10, patience_s=60, each=2))
    asked = [ask(handler, name, session="one") for name in "abcd"]
    other = ask(handler, "other")
    await settled()
    assert works.begun == ["a", "b", "other"]
    assert [task.done() for task in asked] == [False, False, True, True]
    await works.let_go("a")
    asked.append(ask(handler, "e", session="one"))
    await settled()
    assert works.begun == ["a", "b", "other", "e"]
    for name in ("b", "other", "e"):
        await works.let_go(name)
    await asyncio.gather(*asked, other)


async def test_one_address_does_not_fill_the_lane_whatever_sessions_it_invents(works):
    handler = handling(Lane("acts", at_once=3, waiting=10, patience_s=60, each=2, of_address=2))
    asked = [ask(handler, name, address="192.0.2.1") for name in "abcd"]
    other = ask(handler, "other", address="192.0.2.2")
    await settled()
    assert works.begun == ["a", "b", "other"]
    assert [refusal(task) for task in asked[2:]] == [(503, "application/problem+json", True)] * 2
    await works.let_go("a")
    asked.append(ask(handler, "e", address="192.0.2.1"))
    await settled()
    assert works.begun == ["a", "b", "other", "e"]
    for name in ("b", "other", "e"):
        await works.let_go(name)
    await asyncio.gather(*asked, other)


async def test_a_session_that_looks_like_an_address_takes_nothing_from_it(works):
    handler = handling(Lane("acts", at_once=3, waiting=10, patience_s=60, each=1, of_address=1))
    asked = [
        ask(handler, "a", session="192.0.2.2", address="192.0.2.1"),
        ask(handler, "b", session="own", address="192.0.2.2"),
    ]
    await settled()
    assert works.begun == ["a", "b"]
    for name in "ab":
        await works.let_go(name)
    await asyncio.gather(*asked)


ALERTS = Lane("alerts", at_once=1, waiting=5, patience_s=60, leads=True)


async def test_others_begin_when_no_alert_is_at_work(works):
    handler = handling(ALERTS, Lane("acts", at_once=2, waiting=5, patience_s=60, gives_way_s=30))
    alert = ask(handler, "alert", "/api/v1/alerts")
    await settled()
    asked = [ask(handler, name) for name in "ab"]
    pull = ask(handler, "pull", "/api/v1/work")
    await settled()
    assert works.begun == ["alert", "pull"]
    await works.let_go("alert")
    assert works.begun == ["alert", "pull", "a", "b"]
    for name in ("a", "b", "pull"):
        await works.let_go(name)
    await asyncio.gather(alert, pull, *asked)


async def test_others_do_not_wait_for_alerts_without_end(works):
    handler = handling(ALERTS, Lane("acts", at_once=1, waiting=5, patience_s=60, gives_way_s=0.1))
    alert = ask(handler, "alert", "/api/v1/alerts")
    await settled()
    a = ask(handler, "a")
    await asyncio.sleep(0.2)
    assert works.begun == ["alert", "a"]
    for name in ("alert", "a"):
        await works.let_go(name)
    await asyncio.gather(alert, a)


async def test_who_hangs_up_while_giving_way_leaves_the_slot(works):
    handler = handling(ALERTS, Lane("acts", at_once=1, waiting=5, patience_s=60, gives_way_s=30))
    alert = ask(handler, "alert", "/api/v1/alerts")
    await settled()
    a, b = ask(handler, "a"), ask(handler, "b")
    await settled()
    a.cancel()
    await settled()
    await works.let_go("alert")
    assert works.begun == ["alert", "b"]
    await works.let_go("b")
    assert (await alert, await b) == ("alert", "b")


async def test_a_crowded_lane_rests_as_long_as_it_worked(works):
    handler = handling(Lane("acts", at_once=1, waiting=5, patience_s=60, rests=2))
    asked = [ask(handler, name) for name in "ab"]
    await asyncio.sleep(0.1)
    await works.let_go("a")
    assert works.begun == ["a"]
    await asyncio.sleep(0.3)
    assert works.begun == ["a", "b"]
    await works.let_go("b")
    c = ask(handler, "c")  # nobody waited: no rest
    await settled()
    assert works.begun == ["a", "b", "c"]
    await works.let_go("c")
    await asyncio.gather(*asked, c)


def test_a_page_is_turned_away_in_a_sentence():
    request = SimpleNamespace(path_info="/verify", headers={}, COOKIES={}, META=ENGLISH)
    answer = module.refuse(request)
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert answer["X-Content-Type-Options"] == "nosniff"
