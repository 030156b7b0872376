"""Every screen of the phone stands in the table of acts that are tapped again, or says why it has none."""

from django.conf import settings

from tests.browser.support.taps import ACTS, WITHOUT


def test_no_screen_is_missing_in_the_table_of_acts():
    screens = {folder.name for folder in (settings.ROOT / "static/phone/screens").iterdir() if folder.is_dir()}
    named = {act.screen for act in ACTS}
    assert not named & set(WITHOUT)
    assert named | set(WITHOUT) == screens
