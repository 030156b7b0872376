"""`make shots`: every screen as a picture into var/shots, for somebody to look at as an officer would."""

from pathlib import Path

import pytest

from tests.browser.every_screen.test_looks import DESK, NARROW, TABLET, TURNED, walk
from tests.browser.support.looks import SCREENS, Walk

__all__ = ["walk"]
pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).resolve().parents[3] / "var/shots"
SETS = {
    "zh-light": {"language": "zh-hans"},
    "zh-dark": {"language": "zh-hans", "theme": "dark"},
    "zh-outdoor": {"language": "zh-hans", "theme": "outdoor"},
    "zh-320": {"language": "zh-hans", "viewport": NARROW},
    "zh-200": {"language": "zh-hans", "double": True},
    "en-light": {},
    "en-dark": {"theme": "dark"},
    "en-320": {"viewport": NARROW},
    "en-200": {"double": True},
    "en-turned": {"viewport": TURNED},
    "zh-turned": {"language": "zh-hans", "viewport": TURNED},
    "zh-tablet": {"language": "zh-hans", "viewport": TABLET},
    "en-desk": {"viewport": DESK},
}
DOUBLE = "addEventListener('DOMContentLoaded', () => document.documentElement.style.setProperty('font-size', '200%'))"


@pytest.mark.parametrize("name", SETS)
def test_shots(walk, name):
    options = dict(SETS[name])
    double = options.pop("double", False)
    made: Walk = walk(path="", **options)
    if double:
        made.phone.context.add_init_script(DOUBLE)
    made.phone.open()
    FOLDER.mkdir(parents=True, exist_ok=True)
    missed = []
    for place, (screen, way) in enumerate(SCREENS.items(), 1):
        try:
            way(made)
        except Exception as error:
            missed.append(f"{screen}: {str(error).splitlines()[0]}")
        made.phone.page.wait_for_timeout(150)
        made.phone.page.screenshot(path=FOLDER / f"{name}-{place:02}-{screen}.png")
        whole = made.phone.page.evaluate("() => document.documentElement.scrollHeight > innerHeight * 1.15")
        if whole:
            made.phone.page.screenshot(path=FOLDER / f"{name}-{place:02}-{screen}-whole.png", full_page=True)
    assert not missed, "\n".join(missed)
