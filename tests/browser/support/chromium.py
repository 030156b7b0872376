"""Chromium as the tests start it: the machine's own, headless, with a camera that needs no glass."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.cast import HOME

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "These tests need Chromium. On Debian: apt install chromium fonts-noto-cjk; elsewhere install Chromium or Chrome. "
    "Already there? CHROMIUM=/path/to/it"
)
# Chromium draws the list below its address line as a page of its own, with a process for every window: 40 % of what a
# window costs here, and nobody sees it; and it keeps an empty process ready beside every page.
# A later list replaces an earlier one, so Playwright's own is repeated.
FEATURES_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
    "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
ARGUMENTS = [
    f"--disable-features={','.join(FEATURES_OFF)}",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--disable-gpu",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
]
PERMISSIONS = ["geolocation", "notifications", "camera", "background-sync"]
SMALL_PHONE = {"width": 360, "height": 780}


def find() -> str:
    """Return where Chromium is: CHROMIUM or the first on the PATH; raise RuntimeError saying how to get it."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    raise RuntimeError(MISSING)


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Run Playwright; its loop runs in this thread, which Django must be told is on purpose."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as running:
            yield running
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def launch(running: Playwright) -> Browser:
    """Return a browser."""
    return running.chromium.launch(executable_path=find(), args=ARGUMENTS, chromium_sandbox=False)


def phone_options(address: str, *, language: str = "en", **changes: Any) -> dict[str, Any]:
    """Return the options of a context that is a phone, two streets from Mrs Zhao's door; `changes` replace some."""
    options: dict[str, Any] = {
        "base_url": address,
        "viewport": SMALL_PHONE,
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
        "locale": "en-GB" if language == "en" else "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "geolocation": {"latitude": HOME[0] + 0.002, "longitude": HOME[1], "accuracy": 12},
        "permissions": PERMISSIONS,
        "reduced_motion": "reduce",
    }
    return options | changes
