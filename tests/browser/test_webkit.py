"""The rehearsal for iPhones: WebKitGTK, which has neither Background Sync nor web push, signs in, records and sends."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from dissuasion.models import Visit
from tests.browser.support.phone import until
from tests.browser.support.words import word

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
MISSING = (
    "This test needs WebKitGTK's driver and a screen that nobody looks at. "
    "On Debian: apt install webkit2gtk-driver xvfb fonts-noto-cjk"
)
MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
NAMED = "//*[self::button or self::a or self::label][contains(normalize-space(.), {0}) or contains(@aria-label, {0})]"
ACTIVE = """const done = arguments[0];
navigator.serviceWorker.getRegistration().then((held) => done(held?.active?.state === "activated"));"""
FOLLOW = """const link = document.createElement("a");
link.href = arguments[0]; document.body.append(link); link.click();"""
TAP = """const found = document.evaluate(arguments[0], document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
for (let at = 0; at < found.snapshotLength; at++) {
  const one = found.snapshotItem(at);
  if (one.getClientRects().length === 0 || getComputedStyle(one).visibility !== "visible") continue;
  if (one.closest("[data-deaf]")) continue; // it has only just been painted
  one.scrollIntoView({ block: "center" });
  one.click();
  return true;
}
return false;"""
PASSWORD = "rehearsal-on-another-engine"


@pytest.fixture
def display() -> Iterator[str]:
    """A screen in memory, on the first free number."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        pytest.fail(MISSING)
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "480x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    screen.terminate()
    screen.wait(5)


@pytest.fixture
def webkit(display: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[WebDriver]:
    """WebKit on that screen, with a home of its own."""
    for name, value in {
        "DISPLAY": display, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "no_proxy": "127.0.0.1",
        "GDK_BACKEND": "x11", "LANG": "en_GB.UTF-8",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    options = webdriver.WebKitGTKOptions()
    options.binary_location = MINI_BROWSER
    options.add_argument("--automation")
    service = webdriver.WebKitGTKService(executable_path=shutil.which("WebKitWebDriver"))
    driver = webdriver.WebKitGTK(options=options, service=service)
    driver.set_script_timeout(10)
    yield driver
    driver.quit()


PRESSED = """document.querySelectorAll("[aria-pressed='true']").length >= {}"""


class Officer:
    """Taps on words."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    def finds(self, key: str):
        """Wait for a button, link or label with the text of a key; return it."""
        where = NAMED.format(f'"{self.text(key)}"')

        def shown():
            return next((one for one in self.driver.find_elements(By.XPATH, where) if one.is_displayed()), None)

        try:
            return until(shown, seconds=20, what=key)
        except AssertionError as late:
            late.add_note(f"The screen says: {self.asks('document.body.innerText')}")
            raise

    def text(self, key: str) -> str:
        """Return the text of a key up to its first value."""
        return word(key).split("{")[0].strip()

    def taps(self, key: str, there: str = "") -> None:
        """Tap it, wherever on the page it is, and wait until a script says that it was heard.

        It is found and tapped in one go: between two the screen may be drawn anew, and a tap then meets what is gone.
        """
        where = NAMED.format(f'"{self.text(key)}"')
        until(lambda: self.driver.execute_script(TAP, where), seconds=20, what=key)
        until(lambda: not there or self.asks(there), seconds=20, what=f"{key}: {there}")

    def goes(self, path: str) -> None:
        """Go to another screen as a tap does. Loading the page anew in the middle of a write, which no officer does,
        can leave WebKit's storage waiting for that write until the browser is closed."""
        self.driver.execute_script(FOLLOW, path)

    def asks(self, script: str):
        """Return what a script says."""
        return self.driver.execute_script(f"return {script}")


def test_it_records_without_background_sync_or_push(address, weather, live_cast, source, webkit):
    live_cast.lin.set_password(PASSWORD)
    live_cast.lin.save()
    lin = Officer(webkit)
    webkit.get(f"{address}/up")  # the app is loaded once: see `goes`
    webkit.execute_script("localStorage.setItem('doorstep.language', 'en')")
    webkit.get(address)
    assert lin.asks("'SyncManager' in window || 'PushManager' in window") is False
    lin.finds("sign-in:go")
    number, password = webkit.find_elements(By.CSS_SELECTOR, "form input")[:2]
    number.send_keys("lin")
    password.send_keys(PASSWORD)
    lin.taps("sign-in:go")
    lin.finds("app:tab.work")
    until(lambda: webkit.execute_async_script(ACTIVE))
    source.sends()
    lin.taps("app:next.acknowledge")
    lin.finds("app:next.depart")
    weather.answers("/api/", 502)
    weather.silent = True
    (assignment,) = lin.asks("location.pathname").split("/")[3:4]
    lin.taps("app:next.depart")
    lin.finds("app:next.arrive")
    lin.goes(f"/app/visit/{assignment}/record")
    lin.taps("record:met.yes", PRESSED.format(1))
    lin.taps("record:dissuaded", PRESSED.format(2))
    lin.taps("record:save", "!location.pathname.endsWith('/record')")
    lin.finds("app:tab.work")
    time.sleep(0.3)
    assert not Visit.objects.exists()
    weather.clears()
    lin.driver.execute_script("dispatchEvent(new Event('online'))")
    until(lambda: Visit.objects.exists(), seconds=20)
    assert Visit.objects.get().disposition == "dissuaded"
