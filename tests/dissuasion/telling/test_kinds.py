"""Each kind of event declares its data: nothing else is written, and older rows are read all the same."""

from dataclasses import MISSING, fields
from typing import get_args, get_origin, get_type_hints

import pytest
from django.utils import timezone

from dissuasion.models import Case, CaseEvent
from dissuasion.telling import events, kinds
from tests.dissuasion.telling.declared import check_all, faults

SHAPES = sorted(kinds.KINDS.values(), key=lambda shape: shape.kind)
PLAIN = {str, int, bool}


@pytest.fixture
def case(cast, send_alert) -> Case:
    return Case.objects.get(pk=send_alert().json()["case"])


def keep(case: Case, kind: str, data: dict) -> CaseEvent:
    """Keep a line as an older version may have written it."""
    now = timezone.now()
    return CaseEvent.objects.create(case=case, unit=case.unit, kind=kind, at=now, happened_at=now, data=data)


def test_every_kind_declares_its_data():
    assert set(kinds.KINDS) == set(CaseEvent.Kind)
    assert all(shape.kind == kind for kind, shape in kinds.KINDS.items())


@pytest.mark.parametrize("shape", SHAPES)
def test_a_kind_holds_codes_numbers_and_lists_of_codes(shape):
    types = get_type_hints(shape)
    for field in fields(shape):
        declared = {each for each in get_args(types[field.name]) or [types[field.name]] if each is not type(None)}
        assert declared <= PLAIN, field.name
        assert get_origin(types[field.name]) is not dict
        assert field.default in (MISSING, None), "only what is None is left out of what is stored"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_field_that_is_not_declared_is_refused(shape):
    given = {field.name: None for field in fields(shape)}
    assert shape(**given)
    with pytest.raises(TypeError, match="nickname"):
        shape(**given, nickname="Xiao Wang")


def test_what_is_declared_without_a_default_must_be_given():
    with pytest.raises(TypeError, match="before"):
        kinds.RiskSet(risk="high")


def test_nothing_can_be_changed_afterwards():
    with pytest.raises(AttributeError):
        kinds.Decided(words="goes on").words = "stays"


def test_what_was_not_given_is_not_stored():
    assert kinds.Closed(cause="").to_dict() == {"cause": ""}
    assert list(kinds.Judged(risk="high", before=None, points=7, reasons=[]).to_dict().items()) == [
        ("risk", "high"), ("before", None), ("points", 7), ("reasons", []),
    ]  # fmt: skip


def test_it_is_kept_and_read_back(case):
    data = kinds.Late(clock="safety", seconds=31)
    kept = CaseEvent.objects.get(pk=events.record(case, data, at=timezone.now()).pk)
    assert (kept.kind, kept.data, kinds.read(kept)) == ("late", {"clock": "safety", "seconds": 31}, data)


def test_a_declared_field_can_be_looked_up(case):
    events.record(case, kinds.Late(clock="safety", seconds=31), at=timezone.now())
    late = CaseEvent.objects.filter(kind=kinds.Late.kind)
    assert [late.filter(**{kinds.Late.column("clock"): name}).count() for name in ("safety", "push")] == [1, 0]
    with pytest.raises(LookupError, match="Decided declares no words"):
        kinds.Decided.column("words")
    for name in ("hour", "kind"):
        with pytest.raises(LookupError, match=f"Late declares no {name}"):
            kinds.Late.column(name)


def test_an_older_line_is_read_as_far_as_it_goes(case):
    old = keep(case, "visited", {"met": True, "companion": "Mei"})
    assert kinds.read(old) == kinds.Visited(met=True, disposition="", decides=False, part="", act="")
    assert faults(old) == [
        *[f"visited lacks {name}" for name in ("act", "decides", "disposition", "part")],
        "visited has companion='Mei'",
    ]
    assert kinds.read_data("dreamt", {"met": True}) == kinds.Unknown()


def test_nobodys_own_words_are_data(case):
    line = keep(case, "closed", {"cause": "her son owes 30,000"})
    assert faults(line) == ["closed has cause='her son owes 30,000'"]


def test_the_words_of_the_desk_are_sealed_and_shown(cast, case):
    kept = events.record(case, kinds.Decided(words="her son was there"), at=timezone.now())
    assert CaseEvent.objects.get(pk=kept.pk).data == {}
    assert cast.client("gu").get(f"/api/v1/cases/{case.pk}").json()["history"][-1]["said"] == "her son was there"


def test_the_case_file_shows_declared_fields_only(cast, case):
    keep(case, "overdue", {"clock": "arrive", "name": "Wang"})
    history = cast.client("gu").get(f"/api/v1/cases/{case.pk}").json()["history"]
    assert history[-1]["data"] == {"clock": "arrive"}


def test_the_lines_of_a_new_case_are_as_declared(case):
    assert check_all() == {"heard", "judged", "assigned"}
