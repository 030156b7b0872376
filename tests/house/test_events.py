"""Events are written and read through their declared shapes alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

CODE = [path for path in sorted((settings.ROOT / "dissuasion").rglob("*.py")) if "migrations" not in path.parts]
WRITES, LOOKS_UP = "dissuasion/telling/events.py", "dissuasion/telling/kinds/base.py"


def made_here(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that make an event by hand."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="CaseEvent")):
                yield node.lineno
            case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="CaseEvent")), attr="create")):
                yield node.lineno


def looked_up_here(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that name a field of an event's data by hand."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=str(name)) | ast.Constant(value=str(name)) if "data__" in name:
                yield node.lineno


def name_of(path: Path) -> str:
    return str(path.relative_to(settings.ROOT))


def test_one_room_makes_events():
    assert {name_of(path) for path in CODE if list(made_here(ast.parse(path.read_text())))} == {WRITES}


def test_one_room_names_the_fields_of_their_data():
    assert {name_of(path) for path in CODE if list(looked_up_here(ast.parse(path.read_text())))} == {LOOKS_UP}


def test_it_sees_what_it_forbids():
    tree = ast.parse('CaseEvent(case=1)\nCaseEvent.objects.create()\nrows.filter(data__x=1)\nrows.filter("data__y")')
    assert (list(made_here(tree)), list(looked_up_here(tree))) == ([1, 2], [3, 4])
