"""`manage.py demo` as people start it: the whole loop in a process of its own, from nothing to four outcomes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

RECORDED = ("赵某", "刘某兰", "齐某", "张某某")
# Services that the suite may run on have no part in this: the demo must do with nothing.
LEFT_OUT = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "COLUMNS")


def start(state: Path, *options: str, pace: str = "8") -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo", *options],
        env=kept | {"DEBUG": "1", "STATE_DIR": str(state), "DEMO_PACE": pace, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(demo: subprocess.Popen[str], words: str, *, seconds: float) -> str:
    """Return what the demo says up to and with the line that holds `words`; the time-out ends the demo."""
    watchdog, said = threading.Timer(seconds, demo.kill), ""
    watchdog.start()
    try:
        for line in demo.stdout:
            said += line
            if words in line:
                return said
    finally:
        watchdog.cancel()
    raise AssertionError(f"It ended with {demo.wait()} before it said {words!r}:\n{said}")


def end(demo: subprocess.Popen[str], with_signal: int) -> tuple[str, float]:
    """Return the last words of the demo and the seconds that its end took."""
    begun = time.monotonic()
    demo.send_signal(with_signal)
    said, _nothing = demo.communicate(timeout=15)
    return said, time.monotonic() - begun


@pytest.fixture(scope="module")
def state(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("demo")


def test_it_shows_the_four_recorded_cases_from_alert_to_outcome(state):
    demo = start(state, "--port", "0", "--rate", "200000")
    try:
        said = read_until(demo, "Synthetic alerts", seconds=90)
        said += read_until(demo, "text message", seconds=20)
        last, took = end(demo, signal.SIGINT)
    finally:
        demo.kill()
    for name in RECORDED:
        told = [line for line in said.splitlines() if line.startswith(f"[{name}]")]
        assert "= dissuaded" in told[-1], "\n".join(told)
        assert any("on the phone of" in line for line in told)
        assert any("check-in" in line for line in told)
    assert "doorstep-demo-only" in said
    assert "Traceback" not in said + last
    assert demo.returncode == 0
    assert "Ended after" in last
    assert took < 5


def test_it_starts_again_quickly_and_ends_on_a_plain_kill(state):
    begun = time.monotonic()
    demo = start(state, "--port", "0", "--crew", "off", "--rate", "0")
    try:
        read_until(demo, "http://127.0.0.1:", seconds=20)
        took = time.monotonic() - begun
        last, _seconds = end(demo, signal.SIGTERM)
    finally:
        demo.kill()
    assert took < 15  # under 5 s on a machine that does nothing else
    assert (demo.returncode, "Traceback" in last) == (0, False)


def test_a_taken_port_is_answered_with_a_sentence(state):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = start(state, "--port", str(port))
        said, _nothing = demo.communicate(timeout=30)
    assert demo.returncode == 1
    assert f"Port {port} can't be used" in said
    assert "Traceback" not in said
