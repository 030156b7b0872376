"""One figure a function, each measured in the page itself, from the tap or the navigation that begins it."""

import gzip
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import Person
from dissuasion.models import ScriptVersion
from tests.bench.phone import in_page
from tests.bench.phone.chromium import profile

BUILT = Path("static/built")
CATEGORIES = ("performance", "accessibility", "best-practices")
NODE = shutil.which("node") or ".venv/bin/node"
HELLO = """
import { gzipSync } from "node:zlib";
import { build } from "vite";
const text = `import { h, render } from "preact"; import { signal } from "@preact/signals";
  import { LocationProvider, Router } from "preact-iso"; import { openDB } from "idb";
  const hello = signal("hello"); openDB("hello", 1);
  render(h(LocationProvider, null, h(Router, null, h("p", null, hello))), document.body);`;
const plugin = { name: "hello", resolveId: (id) => (id === "hello" ? id : null),
  load: (id) => (id === "hello" ? text : null) };
const made = await build({ configFile: false, logLevel: "silent", plugins: [plugin],
  build: { write: false, rolldownOptions: { input: "hello" } } });
console.log(made.output.reduce((sum, file) => sum + gzipSync(file.code ?? file.source, { level: 9 }).length, 0));
"""
POOR = {"latency": 400, "bits": 400_000}
FAIR = {"latency": 100, "bits": 1_000_000}


@dataclass(frozen=True)
class Site:
    """The server under measurement, and a session on it."""

    browser: Browser | None
    base: str
    cookie: str
    person: Person

    def visit(self, *, signed_in: bool) -> BrowserContext:
        """Return a fresh context, as a phone that is here for the first time."""
        assert self.browser is not None
        phone = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}
        context = self.browser.new_context(**phone, locale="zh-CN")  # type: ignore[arg-type]
        if signed_in:
            self.sign_in(context)
        return context

    def sign_in(self, context: BrowserContext) -> None:
        """Put the session and the app's memory of who is here into a context."""
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": self.cookie, "url": self.base}])
        me = {"id": str(self.person.pk), "name": self.person.name, "username": self.person.username}
        context.add_init_script(f"localStorage.setItem('doorstep.me', JSON.stringify({json.dumps(me)}))")


def _slow(page: Page, network: dict[str, int], *, cpu: int = 4) -> None:
    tool = page.context.new_cdp_session(page)
    tool.send("Network.enable")
    rate = network["bits"] / 8
    tool.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": network["latency"], "downloadThroughput": rate, "uploadThroughput": rate},
    )
    tool.send("Emulation.setCPUThrottlingRate", {"rate": cpu})


def first_load_bytes() -> int:
    """Return the compressed bytes of script and style that the first screen needs."""
    manifest = json.loads((BUILT / "manifest.json").read_text())
    wanted, files = [key for key, chunk in manifest.items() if chunk.get("isEntry")], set()
    while wanted:
        chunk = manifest[wanted.pop()]
        files |= {chunk["file"], *chunk.get("css", [])}
        wanted += [key for key in chunk.get("imports", []) if manifest[key]["file"] not in files]
    return sum(len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in files)


def hello_bytes() -> int:
    """Return the compressed bytes of an app of the same libraries that only says hello: the floor."""
    said = subprocess.run([NODE, "--input-type=module", "-e", HELLO], capture_output=True, check=True, text=True)
    return int(said.stdout)


def script_bytes() -> int:
    """Return the bytes of all published scripts as the phone fetches them."""
    published = ScriptVersion.objects.filter(status="published")
    return sum(len(json.dumps(version.content, ensure_ascii=False).encode()) for version in published)


def first_load(site: Site) -> float:
    """Return seconds from the navigation to a form that can be filled in, on a poor phone and network."""
    with site.visit(signed_in=False) as context:
        page = context.new_page()
        _slow(page, POOR)
        page.add_init_script(in_page.WHEN_USABLE % "document.querySelector('form input')")
        page.goto(site.base, wait_until="commit")
        return float(page.wait_for_function("() => window.__usable", timeout=60_000).json_value()) / 1000


def bare_load(site: Site) -> float:
    """Return seconds from the navigation to the end of an answer of three bytes: the floor."""
    with site.visit(signed_in=False) as context:
        page = context.new_page()
        _slow(page, POOR)
        page.goto(f"{site.base}/up")
        return float(page.evaluate("() => performance.getEntriesByType('navigation')[0].responseEnd")) / 1000


def offline_launches(site: Site, *, rounds: int, rows: int, cpu: int) -> tuple[list[float], list[float]]:
    """Return milliseconds from the navigation to a worklist with so many rows, offline, and to the splash (floor)."""
    taken, splash = [], []
    with site.visit(signed_in=True) as context:
        context.add_init_script(in_page.WHEN_USABLE % f"document.querySelectorAll('.job').length >= {rows}")
        page = context.new_page()
        page.goto(site.base)
        page.wait_for_function("() => window.__usable")
        page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=60_000)
        page.wait_for_timeout(2000)  # the worker has put everything away
        context.set_offline(True)
        for _ in range(rounds):
            page.close()
            page = context.new_page()
            _slow_cpu(page, cpu)
            page.goto(site.base, wait_until="commit")
            taken.append(float(page.wait_for_function("() => window.__usable").json_value()))
            splash.append(float(page.wait_for_function(in_page.FIRST_PAINT).json_value()))
    return taken, splash


def _slow_cpu(page: Page, times: int) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def taps(site: Site, assignments: list[str], *, cpu: int) -> tuple[list[float], list[float], list[float]]:
    """Return milliseconds from each tap to saved, to saved and shown, and those of bare writes to the same disk."""
    saved, shown = [], []
    with site.visit(signed_in=True) as context:
        context.add_init_script(in_page.WATCH_TAPS)
        page = context.new_page()
        page.goto(site.base)
        page.wait_for_selector(".job")
        _slow_cpu(page, cpu)
        for assignment in assignments:
            page.evaluate(in_page.GO_TO, f"/app/visit/{assignment}")
            button = page.locator(".dock .btn--go")
            button.wait_for()
            page.wait_for_timeout(150)
            page.evaluate("() => window.__arm()")
            button.tap()
            on_disk, on_screen = page.wait_for_function("() => window.__taken").json_value()
            saved.append(float(on_disk))
            shown.append(float(on_screen))
        floor: list[float] = page.evaluate(in_page.BARE_WRITES, len(assignments))
    return saved, shown, floor


def queue(site: Site, *, count: int) -> tuple[float, float]:
    """Return the seconds in which so many queued records reach the server, and those of their bytes alone."""
    with site.visit(signed_in=True) as context:
        page = context.new_page()
        page.goto(site.base)
        page.wait_for_selector(".job")
        context.set_offline(True)
        bytes_queued: int = page.evaluate(in_page.FILL_OUTBOX, [str(site.person.pk), count])
        page.close()
        context.set_offline(False)
        page = context.new_page()
        _slow(page, FAIR, cpu=1)
        page.goto(site.base, wait_until="commit")
        page.wait_for_selector(".sync")
        waiting = f"() => ({in_page.STILL_WAITING})('{site.person.pk}')"
        taken = page.evaluate(f"async () => {{ while ((await ({waiting})()) > 0) await new Promise("
                              "(go) => setTimeout(go, 100)); return performance.now() }")  # fmt: skip
    return float(taken) / 1000, bytes_queued * 8 / FAIR["bits"]


def lighthouse(site: Site, assignment: str) -> dict[str, dict[str, float]]:
    """Return Lighthouse's mobile scores of the first screen, of the worklist, and of an assignment and its record."""
    case = f"{site.base}/app/visit/{assignment}"
    with profile() as (context, port):
        first = _median_look(site.base, port)
        site.sign_in(context)
        page = context.new_page()
        page.goto(site.base)
        page.wait_for_selector(".job")
        page.close()
        inside = {"worklist": site.base, "assignment": case, "record": f"{case}/record"}
        return {"sign-in": first} | {screen: _median_look(url, port) for screen, url in inside.items()}


def _median_look(url: str, port: int) -> dict[str, float]:
    """Return the middle one of three looks: its own start-up costs the first one up to ten points."""
    looks = [_look(url, port) for _ in range(3)]
    return {name: sorted(look[name] for look in looks)[1] for name in CATEGORIES}


def _look(url: str, port: int) -> dict[str, float]:
    command = [
        NODE, "node_modules/lighthouse/cli/index.js", url, f"--port={port}",
        "--disable-storage-reset", "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, check=True, timeout=180, text=True)
    report: dict[str, Any] = json.loads(said.stdout)
    Path("var").mkdir(exist_ok=True)
    Path("var/lighthouse.json").write_text(said.stdout)
    return {name: report["categories"][name]["score"] * 100 for name in CATEGORIES}
