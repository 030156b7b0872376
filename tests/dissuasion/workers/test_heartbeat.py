"""The heartbeat for a monitor outside: a file and an address, with codes and counts, and never an error of theirs."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from config.lib import addresses, heartbeat
from dissuasion.workers.watchdog import Finding, Heartbeat

WELL = Finding()
LATE = Finding(late={"dispatch": {"count": 3, "seconds": 42}}, silent={"watch": 25})


class Monitor(BaseHTTPRequestHandler):
    """A monitor that keeps what it is told; `status` is what it answers."""

    heard: list[tuple[str, str, str]]
    status = 200
    slow_s = 0.0

    def do_GET(self) -> None:
        time.sleep(self.slow_s)
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        self.heard.append((self.command, self.path, body))
        self.send_response(self.status)
        self.send_header("location", "/elsewhere")
        self.send_header("content-length", "0")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_args) -> None:
        pass


@pytest.fixture
def monitor():
    kind = type("ThisMonitor", (Monitor,), {"heard": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kind.address = f"http://127.0.0.1:{server.server_address[1]}/ping/abc?who=doorstep"
    yield kind
    server.shutdown()
    server.server_close()


def beat(finding: Finding, *, file: str = "", url: str = "") -> None:
    heart = Heartbeat(file=file, url=url)
    heart.send(finding, at=timezone.now())
    heart.sending.result(10)
    heart.close()


def test_it_writes_a_file_that_says_when_and_how(tmp_path):
    file = tmp_path / "heart.json"
    beat(WELL, file=str(file))
    assert json.loads(file.read_text()).items() >= {"ok": True, "late": {}}.items()
    beat(LATE, file=str(file))
    said = json.loads(file.read_text())
    assert (said["ok"], said["late"]["dispatch"]["count"], said["silent"]) == (False, 3, {"watch": 25})
    assert [path.name for path in tmp_path.iterdir()] == ["heart.json"]


def test_it_goes_on_where_the_file_cannot_be_written(tmp_path, caplog):
    beat(WELL, file=str(tmp_path / "nowhere" / "heart.json"))
    assert "HEARTBEAT_FILE could not be written" in caplog.text


def test_it_pings_when_all_is_well(monitor):
    beat(WELL, url=monitor.address)
    assert monitor.heard == [("GET", "/ping/abc?who=doorstep", "")]


def test_it_tells_of_trouble_with_counts_only(monitor):
    beat(LATE, url=monitor.address)
    ((method, path, body),) = monitor.heard
    assert (method, path) == ("POST", "/ping/abc/fail?who=doorstep")
    assert json.loads(body).keys() == {"at", "ok", "late", "silent"}


def test_it_follows_nobody_to_another_address(monitor, caplog):
    monitor.status = 302
    beat(WELL, url=monitor.address)
    assert len(monitor.heard) == 1
    assert "HEARTBEAT_URL answered 302" in caplog.text


def test_it_waits_for_no_monitor_and_says_no_address(monitor, caplog, monkeypatch):
    monkeypatch.setattr(heartbeat, "TIMEOUT_S", 0.2)
    monitor.slow_s = 1.0
    begun = time.monotonic()
    assert not heartbeat.ping_monitor(monitor.address, {}, ok=True)
    assert time.monotonic() - begun < 0.9
    assert not heartbeat.ping_monitor("http://127.0.0.1:1/secret", {}, ok=False)
    assert "HEARTBEAT_URL was not reached" in caplog.text
    assert "secret" not in caplog.text


def test_it_leaves_a_beat_out_rather_than_wait_for_the_last(monitor):
    monitor.slow_s = 0.5
    heart = Heartbeat(file="", url=monitor.address)
    begun = time.monotonic()
    for _ in range(5):
        heart.send(WELL, at=timezone.now())
    assert time.monotonic() - begun < 0.3
    heart.sending.result(10)
    heart.close()
    assert len(monitor.heard) == 1


@pytest.mark.parametrize("address", ["file:///etc/passwd", "monitor.example/ping", "https://"])
def test_it_starts_with_no_address_that_is_none(monkeypatch, address):
    monkeypatch.setenv("HEARTBEAT_URL", address)
    with pytest.raises(ImproperlyConfigured) as refused:
        addresses.web_address("HEARTBEAT_URL")
    assert address not in str(refused.value)
