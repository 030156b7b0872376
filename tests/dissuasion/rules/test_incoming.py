"""The hash by which the same alert is known again."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from dissuasion.rules.incoming import content_hash

KEYS = st.text(st.characters(codec=None), max_size=5)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec=None))
VALUES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=4) | st.dictionaries(KEYS, v, max_size=4), max_leaves=10)
BODIES = st.dictionaries(KEYS, VALUES, max_size=6)
few = settings(max_examples=40)


def turned(value):
    """The same value with the fields of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(inner) for key, inner in reversed(value.items())}
    return [turned(inner) for inner in value] if isinstance(value, list) else value


@few
@given(BODIES)
def test_it_does_not_depend_on_the_order_of_fields(body):
    assert content_hash(body) == content_hash(turned(body))


@few
@given(BODIES)
def test_it_is_the_same_after_a_way_through_json(body):
    assert content_hash(json.loads(json.dumps(body))) == content_hash(body)


@few
@given(BODIES, BODIES)
def test_it_differs_when_the_content_differs(a, b):
    same = json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True)
    assert (content_hash(a) == content_hash(b)) is same


def test_it_tells_types_apart():
    hashes = {content_hash({"amount": value}) for value in (1, "1", 1.5, True, None, [1], {"1": 1})}
    assert len(hashes) == 7


def test_it_is_a_sha_256():
    # Kept in the database: another way of hashing would make every known alert a different one.
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
