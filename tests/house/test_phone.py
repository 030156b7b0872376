"""The tables that the phone takes over are fresh; the other rules of its house stand in tests/phone/house."""

from django.conf import settings

from dissuasion.api.app_tables import modules


def test_it_takes_over_the_tables_as_they_are_now():
    for name, text in modules().items():
        assert (settings.ROOT / "static/shared/server" / name).read_text() == text, f"{name} is stale: run make types"
