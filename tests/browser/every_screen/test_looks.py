"""Every screen: in both languages, by day, at night and in the sun, narrow, enlarged and turned; axe finds nothing."""

import pytest

from tests.browser.support import looks, shapes
from tests.browser.support.looks import SCREENS, Walk
from tests.browser.support.scene import afternoon, set_scene

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
NARROW, TURNED, TABLET = {"width": 320, "height": 640}, {"width": 780, "height": 360}, {"width": 820, "height": 1180}
SMALL, DESK = {"width": 320, "height": 568}, {"width": 1180, "height": 820}
# Where only the layout differs, one walk looks at every screen in all: viewport (None: the phone's own), size of text.
SHAPES = {
    "on its side": (TURNED, ""),
    "a tablet": (TABLET, ""),
    "a desk machine": (DESK, ""),
    "large text": (None, "200%"),
    "large text on a small phone": (SMALL, "200%"),
}
DRAWN_WITH = """async size => {
  document.documentElement.style.setProperty("font-size", size);
  for (let frame = 0; frame < 2; frame++) await new Promise((drawn) => requestAnimationFrame(drawn));
}"""


@pytest.fixture
def walk(phone, live_cast, source, desk):
    """Start a phone on an ordinary afternoon."""

    def start(*, language: str = "en", **options) -> Walk:
        set_scene(live_cast, language=language)
        afternoon(live_cast, source, desk)
        return Walk(phone(language=language, **options))

    return start


def every(walk: Walk, look, screens=SCREENS) -> None:
    """Look at every screen; tell all that was found at once. Where two can't be reached, the others are not tried."""
    found, unreached = [], 0
    for name in screens:
        try:
            SCREENS[name](walk)
        except Exception as error:
            found.append(f"{name}: not reached: {str(error).splitlines()[0]}")
            unreached += 1
            if unreached == 2:
                break
            continue
        found += [f"{name}: {fault}" for fault in look(walk.phone)]
    assert not found, "\n" + "\n".join(found)


def fits(phone) -> list[str]:
    """Return what does not fit: too wide, or the big act out of sight."""
    hidden = ["the main act is out of sight"] if looks.main_act_hidden(phone) else []
    return looks.overflow(phone) + hidden + shapes.faults(phone)


def contrast(phone) -> list[str]:
    """Return what can hardly be read."""
    return looks.axe(phone, only=["color-contrast"])


def test_axe_finds_nothing_by_day_and_thumbs_hit(walk):
    every(walk(language="zh-hans"), lambda phone: looks.axe(phone) + looks.small(phone))


def test_it_fits_a_narrow_phone_in_english_and_axe_finds_nothing(walk):
    every(walk(language="en", viewport=NARROW), lambda phone: fits(phone) + looks.axe(phone))


def test_it_fits_a_narrow_phone_in_the_dark(walk):
    every(walk(language="zh-hans", viewport=NARROW, theme="dark"), lambda phone: fits(phone) + contrast(phone))


def test_it_fits_with_text_twice_as_large_outdoors(walk):
    made = walk(language="zh-hans", theme="outdoor", path="")
    made.phone.context.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.documentElement.style.setProperty('font-size', '200%'))"
    )
    made.phone.open()
    every(made, lambda phone: fits(phone) + contrast(phone))


def test_it_fits_a_phone_on_its_side_a_tablet_and_text_twice_as_large(walk):
    every(walk(), fits_every_shape)


def fits_every_shape(phone) -> list[str]:
    """Return what does not fit in any of SHAPES; the phone has its own shape again afterwards."""
    own, found = phone.page.viewport_size, []
    for name, (viewport, size) in SHAPES.items():
        shaped(phone, viewport or own, size)
        found += [f"{name}: {fault}" for fault in fits(phone)]
    shaped(phone, own, "")
    return found


def shaped(phone, viewport, size: str) -> None:
    """Give the phone a shape and a size of its text, and let it draw."""
    phone.page.set_viewport_size(viewport)
    phone.page.evaluate(DRAWN_WITH, size)
