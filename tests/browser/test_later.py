"""Screens whose code is still on its way, and one whose code comes in the moment in which it is opened."""

import pytest
from django.conf import settings

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
# Preact runs effects after the next frame, or after 35 ms where there is none: on a busy phone that frame comes late.
NO_FRAME = """() => {
  const { setTimeout: after } = window;
  const late = [];
  window.requestAnimationFrame = (call) => late.push(call);
  window.setTimeout = (call, ms, ...more) => (ms === 35 ? late.push(call) : after(call, ms, ...more));
  window.frame = () => late.forEach((call) => call());
}"""


@pytest.fixture
def rest() -> str:
    """The address of the script with the screens that the first paint does not need."""
    (file,) = (settings.BUILT / "assets").glob("all-lazy-*.js")
    return f"/static/assets/{file.name}"


def test_a_screen_that_is_opened_before_its_code_has_come_waits_for_it(phone, weather, rest):
    weather.holds(rest)
    lin = phone()
    lin.sees("work:empty")
    lin.goes("/app/scripts")
    lin.sees("core:screen.coming")
    weather.clears()
    lin.page.get_by_role("heading", level=1).wait_for()
    lin.sees_not("core:screen.coming")


def test_a_screen_whose_code_comes_less_than_a_frame_after_it_was_opened_is_drawn(phone, weather, rest):
    weather.holds(rest)
    lin = phone()
    lin.sees("work:empty")
    lin.goes("/app/scripts")
    lin.sees("core:screen.coming")  # its code is asked for
    lin.goes("/")
    lin.sees("work:empty")
    lin.page.evaluate(NO_FRAME)
    lin.goes("/app/scripts")
    weather.clears()
    lin.page.evaluate("path => import(path)", rest)
    lin.page.evaluate("() => window.frame()")
    lin.page.get_by_role("heading", level=1).wait_for()
    lin.sees_not("core:screen.coming")
