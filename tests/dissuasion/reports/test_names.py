"""The results of a visit, and what its sums rest on, have one name each: in the figures as on the phone."""

import pytest
from django.utils.translation import gettext, override

from dissuasion.reports.figures_table import EVIDENCE, RESULTS
from tests.browser.support.words import word


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_figures_name_results_as_the_phone_does(language):
    with override(language):
        named = {code: gettext(words) for code, words in RESULTS.items()}
    assert named == {code: word(f"record:{code}", language).lower() for code in RESULTS}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_figures_name_the_grades_of_evidence_as_the_phone_does(language):
    with override(language):
        named = {code: str(words) for code, words in EVIDENCE.items()}
    assert named == {code: word(f"record:proof.{code}", language).lower() for code in EVIDENCE}
