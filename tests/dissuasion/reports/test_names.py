"""The results of a visit have one name each: in the figures as on the phone."""

import pytest
from django.utils.translation import gettext, override

from dissuasion.reports.figures_table import RESULTS
from tests.browser.support.words import word


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_figures_name_results_as_the_phone_does(language):
    with override(language):
        named = {code: gettext(words) for code, words in RESULTS.items()}
    assert named == {code: word(f"record:{code}", language).lower() for code in RESULTS}
