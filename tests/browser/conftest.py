"""What the walks in the browser share: the built app, a server with weather, Chromium, phones for the cast."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Playwright

from config.asgi import application
from tests.browser.support.chromium import launch, phone_options, playwright
from tests.browser.support.http import Desk, Source
from tests.browser.support.phone import PATIENCE_S, Phone, signed_in
from tests.browser.support.weather import Weather
from tests.cast import Cast
from tests.serving import serving

NOT_BUILT = "The phone's app is not built. Build it with: make build"


@pytest.fixture(scope="package")
def playing() -> Iterator[Playwright]:
    """Playwright, while tests of this folder run one after another."""
    with playwright() as running:
        yield running


@pytest.fixture(scope="package")
def chromium(playing: Playwright) -> Iterator[Browser]:
    """One browser a worker; every test gets contexts of its own."""
    browser = launch(playing)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def built() -> None:
    """The app as `make build` leaves it."""
    if not (settings.BUILT / "sw.js").is_file():
        pytest.fail(NOT_BUILT)


@pytest.fixture
def weather() -> Weather:
    """What stands between the phones and the server."""
    return Weather(application)


@pytest.fixture
def address(built: None, playing: Playwright, live_cast: Cast, weather: Weather) -> Iterator[str]:
    """The address of a server on the test's database."""
    with serving(weather) as where:
        yield where


@pytest.fixture
def source(address: str) -> Source:
    """Who sends warnings."""
    return Source(address)


@pytest.fixture
def desk(address: str, live_cast: Cast) -> Callable[[str], Desk]:
    """Somebody of the cast at a desk."""
    return lambda name: Desk(address, live_cast.people[name])


@pytest.fixture
def phone(address: str, chromium: Browser, live_cast: Cast) -> Iterator[Callable[..., Phone]]:
    """Somebody's phone with the app open: `phone("lin")`. More arguments change the browser's context."""
    contexts = []
    phones: list[Phone] = []

    def make(
        name: str = "lin", *, language: str = "en", theme: str = "light", path: str = "/", fresh: bool = False,
        local: dict[str, str] | None = None, **options: Any,
    ) -> Phone:  # fmt: skip
        person = live_cast.people[name]
        if not fresh:
            storage = signed_in(address, person, language=language, theme=theme, **(local or {}))
            options.setdefault("storage_state", storage)
        context = chromium.new_context(**phone_options(address, language=language, **options))
        context.set_default_timeout(1000 * PATIENCE_S)
        contexts.append(context)
        made = Phone(context, person, language=language)
        phones.append(made)
        return made.open(path) if path else made

    yield make
    for context in contexts:
        context.close()
    assert [fault for made in phones for fault in made.faults] == []
