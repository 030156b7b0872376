"""No status, level, way or part is spelled outside its enum: a misspelled code would compare as false for ever."""

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings

from dissuasion.rules import states
from dissuasion.rules.levels import Risk, Way

CODES = {code.value for code in chain(states.Case, states.Assignment, states.Part, Risk, Way)}
NAMES = ("status", "risk", "due_way", "part", "visit_risk")
# The simulated crew and city speak the doors' own language, and a migration says what was true on its day.
ELSEWHERE = ("migrations", "demo")


def sources() -> list[Path]:
    found = [path.relative_to(settings.ROOT) for path in (settings.ROOT / "dissuasion").rglob("*.py")]
    return [path for path in found if not set(ELSEWHERE) & set(path.parts)]


def named(node: ast.expr) -> bool:
    """Whether an expression is called like one of the columns: `case.status`, `row["risk"]`, `part`."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name in NAMES
    return False


def spelled(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Constant) and part.value in CODES for part in ast.walk(node))


def literals(tree: ast.AST) -> Iterator[int]:
    """Yield the lines in which a code is spelled where its enum belongs."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                if any(map(named, [left, *others])) and any(map(spelled, [left, *others])):
                    yield node.lineno
            case ast.keyword(arg=str(name), value=ast.Constant(value=code)):
                if name.split("__")[-1] in NAMES and code in CODES:
                    yield node.lineno


@pytest.mark.parametrize("path", sources(), ids=str)
def test_every_code_comes_from_its_enum(path):
    tree = ast.parse((settings.ROOT / path).read_text(encoding="utf-8"))
    assert not [f"{path}:{line}" for line in literals(tree)]


@pytest.mark.parametrize("line", [
    'case.status == "open"', 'if row["risk"] in ("high", "medium"): pass', 'Case.objects.filter(case__risk="high")',
    'give(part="lead")',
])  # fmt: skip
def test_it_sees_a_code_that_is_spelled(line):
    assert list(literals(ast.parse(line)))
