"""Starts the real server, the watcher and the floor as processes of their own, and ends them by their pid."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Return when something listens on `port`; raise when the process ends or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"A server of the benchmark ended with {process.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing listened on port {port} within {seconds} s.")


@contextlib.contextmanager
def running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with these arguments while the block lasts."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=os.environ | environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def web(module: str = "config.server", workers: int = 2) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run a web server as operations do, and give its port and process."""
    port = free_port()
    with running("-m", module, PORT=str(port), WORKERS=str(workers)) as process:
        wait_for(port, process)
        time.sleep(1.0)  # every worker, not only the first
        yield port, process


def memory_kb(process: subprocess.Popen[bytes]) -> int:
    """Return the proportional memory of a process and its children, in kB."""
    pids = [process.pid, *_children(process.pid)]
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total


def _children(pid: int) -> list[int]:
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_children(int(child))]
    return found
