"""Every test that docs/promises.md names is there."""

import re

import pytest
from django.conf import settings

PAGE = settings.ROOT / "docs" / "promises.md"
NAMED = re.findall(r"`(tests/[\w./]+?)(?:::(\w+))?`", PAGE.read_text())


def test_it_names_tests():
    assert len(NAMED) > 40


@pytest.mark.parametrize("path", sorted({path for path, _name in NAMED}))
def test_they_are_there(path):
    text = (settings.ROOT / path).read_text()
    gone = [name for where, name in NAMED if where == path and name and f"def {name}(" not in text]
    assert gone == []
