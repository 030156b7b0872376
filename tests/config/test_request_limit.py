"""The limit on concurrent requests: how many, in which order, and that the connection goes back early."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIHandler

from config.lib.http import request_limit as module
from config.lib.http.request_limit import RequestLimitHandler


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
def works(monkeypatch, settings) -> Works:
    settings.REQUESTS_AT_ONCE, settings.PULLS_AT_ONCE = 2, 1
    works = Works()
    monkeypatch.setattr(module, "close_old_connections", lambda: None)  # that thread may hold one of an earlier test
    monkeypatch.setattr(ASGIHandler, "get_response_async", lambda _handler, request: works.work(request.name))
    return works


def ask(handler: RequestLimitHandler, name: str, path: str = "/api/v1/acts") -> "asyncio.Task[Any]":
    return asyncio.create_task(handler.get_response_async(SimpleNamespace(name=name, path_info=path)))


async def test_it_works_on_so_many_at_a_time_in_their_order(works):
    handler = RequestLimitHandler()
    asked = [ask(handler, name) for name in "abcd"]
    await settled()
    assert works.begun == ["a", "b"]
    await works.let_go("b")
    assert works.begun == ["a", "b", "c"]
    for name in "acd":
        await works.let_go(name)
    assert await asyncio.gather(*asked) == list("abcd")


async def test_it_lets_a_phone_that_comes_back_pull_beside_a_rush_of_acts(works):
    handler = RequestLimitHandler()
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
    handler = RequestLimitHandler()
    asked = [ask(handler, name) for name in "abc"]
    alive = ask(handler, "alive", path)
    await settled()
    assert sorted(works.begun) == ["a", "alive", "b"]
    for name in ("alive", *"abc"):
        await works.let_go(name)
    await asyncio.gather(*asked, alive)


async def test_it_forgets_whoever_hangs_up_while_waiting(works):
    handler = RequestLimitHandler()
    a, b, c, d = (ask(handler, name) for name in "abcd")
    await settled()
    c.cancel()
    await works.let_go("a")
    assert works.begun == ["a", "b", "d"]
    await works.let_go("b"), await works.let_go("d")
    assert await asyncio.gather(a, b, d) == ["a", "b", "d"]


async def test_it_keeps_the_slot_of_whoever_hung_up_until_the_work_has_ended(works):
    handler = RequestLimitHandler()
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

    handler = RequestLimitHandler()
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
    asked = ask(RequestLimitHandler(), "a")
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
        await ask(RequestLimitHandler(), "a")
    assert given_back == ["back"]
