"""Screens whose code is still on its way, and a tap that falls into the moment in which it comes."""

import pytest
from django.conf import settings

from tests.browser.phone import until

pytestmark = pytest.mark.django_db(transaction=True)
# The screen is drawn between the arrival of the code and the app's note of it, less than a frame apart.
GOES_AS_IT_COMES = """path => {
  import(path).then(() => {
    history.pushState(null, "", "/app/scripts");
    dispatchEvent(new PopStateEvent("popstate"));
  });
}"""


@pytest.fixture
def rest() -> str:
    """The address of the script with the screens that the first paint does not need."""
    (file,) = (settings.BUILT / "assets").glob("rest-*.js")
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


def test_a_screen_that_is_opened_in_the_moment_in_which_its_code_comes_is_drawn(phone, weather, rest):
    weather.holds(rest)
    lin = phone()
    lin.sees("work:empty")
    until(lambda: any(asked.path == rest for asked in weather.asked))
    lin.page.evaluate(GOES_AS_IT_COMES, rest)
    weather.clears()
    lin.page.wait_for_function("() => location.pathname === '/app/scripts'")
    lin.sees_not("core:screen.coming")
    lin.page.get_by_role("heading", level=1).wait_for()
