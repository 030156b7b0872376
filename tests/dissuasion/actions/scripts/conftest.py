"""The first set of scripts, published, and a draft of one of them."""

from typing import Any

import pytest
from django.utils import timezone

from dissuasion.actions.scripts.publication import new_draft
from dissuasion.demo.seeding.work_data import load_scripts
from dissuasion.models import ScriptVersion
from tests.cast import Cast


@pytest.fixture
def published(cast: Cast) -> ScriptVersion:
    """What to say about investments, in English, as the first set has it; the others are there as well."""
    assert load_scripts(now=timezone.now()) > 0
    versions = ScriptVersion.objects.select_related("script")
    return versions.get(script__scam_type="investment", script__audience="resident", script__language="en")


@pytest.fixture
def draft(published: ScriptVersion) -> ScriptVersion:
    """The second version of it, not published yet."""
    content: dict[str, Any] = published.content | {"title": "Fake investment, told anew"}
    return new_draft(published.script, content)
