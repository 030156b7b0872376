"""Whatever fits the schema of a door, and whatever does not, is answered as the schema says and never by a stumble."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET

from tests import schema
from tests.cast import SOURCE_KEY, Cast
from tests.dissuasion.access.conftest import Things
from tests.dissuasion.access.doors import address
from tests.properties.often import LONG, times

pytestmark = pytest.mark.django_db
EXAMPLES = times(3, long=1000)  # at each door, for each person, of what fits and of what does not
few = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=not LONG, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def _operations() -> Iterator[Any]:
    for found in schema.doors().get_all_operations():
        yield found.ok()


def _send(client: Client, case: Any, path: str) -> None:
    """Send a drawn request; the client raises what the server stumbles over, and the fixture looks at the answer."""
    headers = {name: str(value) for name, value in (case.headers or {}).items()}
    headers = {name: value for name, value in headers.items() if value.isprintable() and value.isascii()}
    body, kind = b"", case.media_type or "application/json"
    if case.body is not NOT_SET:
        body = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode("utf-8", "replace")
    query = urlencode(case.query or {}, doseq=True)
    client.generic(case.method, f"{path}?{query}" if query else path, body, kind, headers=headers)


def _try(client: Client, operation: Any, things: Things, mode: GenerationMode) -> None:
    """Try one door: with the ids of things that there are, or with any."""
    route = operation.path.removeprefix("/api/v1/")

    @few
    @given(case=operation.as_strategy(mode), known=st.booleans())
    def tried(case: Any, known: bool) -> None:
        there = address(route.replace("{", "<uuid:").replace("}", ">"), things)
        _send(client, case, there if known else case.formatted_path)

    tried()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", ["gu", "lin", "source"])
def test_it_answers_as_its_schema_says(cast: Cast, things: Things, name: str, mode: GenerationMode) -> None:
    client = Client(headers={"authorization": f"Bearer {SOURCE_KEY}"}) if name == "source" else cast.client(name)
    for operation in _operations():
        told = operation.body or operation.query or operation.headers or operation.path_parameters
        mine = operation.path.startswith("/api/v1/alerts") is (name == "source")
        if mine and (told or mode is GenerationMode.POSITIVE):  # who is told nothing can be told nothing wrong
            _try(client, operation, things, mode)
