"""Real Chromium for the benchmark: a browser for clean visits, and a profile that Lighthouse looks at as well."""

import contextlib
import sys
import tempfile
from collections.abc import Iterator

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.servers import free_port
from tests.browser.support.chromium import find


def executable() -> str:
    """Return the path of Chromium; end with a sentence where there is none."""
    try:
        return find()
    except RuntimeError as missing:
        sys.exit(str(missing))


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Run a browser while the block lasts; each visit gets a context of its own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


@contextlib.contextmanager
def profile() -> Iterator[tuple[BrowserContext, int]]:
    """Run a browser with one profile while the block lasts; give it and the port of its debugger."""
    port = free_port()
    arguments = [f"--remote-debugging-port={port}", "--no-sandbox"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(folder, executable_path=executable(), args=arguments)
        try:
            yield context, port
        finally:
            context.close()
