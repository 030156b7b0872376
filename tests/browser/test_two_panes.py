"""The worklist beside the open case: a keyboard takes nothing away, and one case is never taken for another."""

import pytest

from dissuasion.models import Assignment
from tests.browser.support import steps
from tests.browser.support.scene import set_scene

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = {"width": 1024, "height": 768}
WITH_KEYBOARD = {"width": 1024, "height": 340}


@pytest.fixture
def lin(phone, source, desk, live_cast):
    """Lin at a tablet, with two cases that are acknowledged."""
    set_scene(live_cast)
    made = phone(viewport=TABLET)
    source.sends()
    steps.acknowledges(made)
    case = source.sends(external_id="other", resident={"phone": "10000000014"})["case"]
    held = Assignment.objects.get(case=case, part="lead", status="assigned")
    if held.person_id != live_cast.lin.pk:
        desk("gu").asks(f"cases/{case}/assign", person=str(live_cast.lin.pk), instead_of=str(held.pk))
    made.holds(2)
    steps.acknowledges(made)
    return made


def test_the_record_of_one_case_never_holds_that_of_another(lin):
    first, second = (row["id"] for row in lin.holds(2))
    steps.opens_record(lin, first)
    steps.fills_record(lin, note="of the first")
    steps.opens_record(lin, second)
    lin.page.wait_for_function("() => document.querySelector('textarea')?.value !== 'of the first'")
    steps.opens_record(lin, first)
    lin.page.wait_for_function("() => document.querySelector('textarea')?.value === 'of the first'")


def test_a_keyboard_does_not_take_the_field_away(lin):
    list_beside = lin.page.locator(".pane--list")
    list_beside.wait_for()
    lin.taps("core:search")
    field = lin.page.get_by_role("searchbox")
    field.fill("甲")
    lin.page.set_viewport_size(WITH_KEYBOARD)
    lin.page.wait_for_timeout(700)  # longer than the panes wait for a keyboard that goes
    assert field.input_value() == "甲"
    assert field.evaluate("one => one === document.activeElement")
    field.evaluate("one => one.blur()")
    list_beside.wait_for(state="detached")
    lin.page.set_viewport_size(TABLET)
    list_beside.wait_for()
