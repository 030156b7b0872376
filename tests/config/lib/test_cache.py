"""The cache with a time limit: what it reads again, and when."""

import threading

import pytest

from config.lib import cache


class Store:
    """What is cached: it counts how often each key is read."""

    def __init__(self) -> None:
        self.values = {"a": 1, "b": 2}
        self.reads: list[list[str]] = []

    def load(self, keys: list[str]) -> dict[str, int]:
        self.reads.append(keys)
        return {key: self.values[key] for key in keys if key in self.values}


class Timer:
    now = 1000.0


@pytest.fixture
def timer(monkeypatch, settings):
    settings.REMEMBER_S = 5
    monkeypatch.setattr(cache.time, "monotonic", lambda: Timer.now)
    monkeypatch.setattr(Timer, "now", 1000.0)
    return Timer


def test_it_reads_a_key_once_in_its_time(timer):
    kept, store = cache.TimedCache(), Store()
    assert kept.get_many(["a", "b"], store.load) == kept.get_many(["a", "b"], store.load) == {"a": 1, "b": 2}
    assert store.reads == [["a", "b"]]


def test_each_key_has_its_own_time(timer):
    kept, store = cache.TimedCache(), Store()
    kept.get_many(["a"], store.load)
    timer.now += 3
    kept.get_many(["a", "b"], store.load)
    timer.now += 3
    kept.get_many(["a", "b"], store.load)
    assert store.reads == [["a"], ["b"], ["a"]]


def test_it_leaves_out_what_is_not_there_and_does_not_ask_again(timer):
    kept, store = cache.TimedCache(), Store()
    assert kept.get_many(["a", "c"], store.load) == kept.get_many(["a", "c"], store.load) == {"a": 1}
    assert store.reads == [["a", "c"]]


def test_it_may_have_a_shorter_time(timer):
    kept, store = cache.TimedCache(max_age_s=2), Store()
    kept.get_or_load("a", lambda: store.load(["a"])["a"])
    timer.now += 2.1
    assert kept.get_or_load("a", lambda: store.load(["a"])["a"]) == 1
    assert store.reads == [["a"], ["a"]]


def test_with_no_time_it_caches_nothing(timer, settings):
    settings.REMEMBER_S = 0
    kept, store = cache.TimedCache(), Store()
    kept.get_many(["a"], store.load)
    kept.get_many(["a"], store.load)
    assert store.reads == [["a"], ["a"]]


def test_many_threads_may_share_it(settings):
    settings.REMEMBER_S = 0.0001
    kept, store, wrong = cache.TimedCache(), Store(), []

    def read() -> None:
        for _ in range(300):
            try:
                if kept.get_many(["a", "b", "c"], store.load) != {"a": 1, "b": 2}:
                    wrong.append("values")
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
