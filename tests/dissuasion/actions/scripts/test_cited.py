"""A visit says which words were used, by their hash."""

import pytest
from django.utils import timezone

from dissuasion.actions.scripts.publication import publish
from dissuasion.models import Visit
from tests.dissuasion.actions.field.phone import Phone, codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin(cast, published, send_alert):
    """Lin's phone with Mrs Zhao's case."""
    send_alert()
    phone = Phone(cast, "lin")
    phone.work()
    return phone


def test_it_keeps_which_version_was_used(lin, published):
    steps = [{"key": "calm", "seconds": 40}]
    receipt = lin.records(script=published.sha256, steps=steps)
    assert (receipt["verdict"], receipt["flags"]) == ("applied", [])
    assert (Visit.objects.get().script_version, Visit.objects.get().steps) == (published, steps)


def test_it_keeps_a_version_that_was_retired_meanwhile(cast, lin, published, draft):
    publish(draft, by=cast.sun, at=timezone.now())
    assert lin.records(script=published.sha256)["flags"] == []
    assert Visit.objects.get().script_version == published


def test_it_flags_a_hash_that_nobody_knows_and_keeps_the_visit(lin):
    receipt = lin.records(script="f" * 64)
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["script_unknown"])
    assert Visit.objects.get().script_version is None


def test_it_flags_the_hash_of_a_draft(lin, draft):
    assert codes(lin.records(script=draft.sha256)) == ["script_unknown"]


def test_it_asks_for_no_script(lin):
    assert lin.records(script="")["flags"] == []
    assert Visit.objects.get().script_version is None
