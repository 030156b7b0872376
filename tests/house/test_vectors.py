"""The vectors that hold the phone's copies of the rules are those that Python makes now."""

import pytest

from tests.vectors.made import FOLDER, VECTORS, text_of


@pytest.mark.parametrize("name", sorted(VECTORS))
def test_they_are_fresh(name):
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text_of(name), "stale: run make types"
