"""The tables that the phone takes over are fresh; the other rules of its house stand in tests/phone/house."""

from django.conf import settings

from dissuasion.api.app_tables import module


def test_it_takes_over_the_tables_as_they_are_now():
    assert (settings.ROOT / "static/shared/server/generated.ts").read_text() == module(), "stale: run make types"
