"""Plain expressions: what is read once. No assignment inside an expression, no long parameter list, no long file."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ("accounts", "config", "dissuasion", "households")
MOST_PARAMETERS = 6
MOST_LINES = 300
# `low <= value < high` is read as one range; any other chain compares different things.
RANGE = (ast.Lt, ast.LtE)


def sources() -> list[Path]:
    found = [path.relative_to(settings.ROOT) for name in PACKAGES for path in (settings.ROOT / name).rglob("*.py")]
    return [path for path in sorted(found) if "migrations" not in path.parts]


def riddle(node: ast.AST) -> str:
    """Return what is not plain about a node, by itself; nothing where it is."""
    match node:
        case ast.NamedExpr():
            return "assigns inside an expression"
        case ast.Expr(value=ast.BoolOp() | ast.IfExp()):
            return "is a condition used as a statement"
        case ast.IfExp(body=ast.IfExp()) | ast.IfExp(orelse=ast.IfExp()) | ast.IfExp(test=ast.IfExp()):
            return "nests conditional expressions"
        case ast.Compare(ops=[_, _, *_] as operators) if not all(isinstance(one, RANGE) for one in operators):
            return "chains comparisons of different kinds"
        case ast.AugAssign(value=ast.Compare()):
            return "counts with a comparison"
        case ast.BinOp(left=left, right=right) if is_cut_from_a_set(node.op, left, right):
            return "reckons with a set written in place"
        case ast.FunctionDef(args=args) | ast.AsyncFunctionDef(args=args) if parameters(args) > MOST_PARAMETERS:
            return f"takes more than {MOST_PARAMETERS} parameters"
    return ""


def is_cut_from_a_set(operator: ast.operator, left: ast.expr, right: ast.expr) -> bool:
    cuts = isinstance(operator, ast.Sub | ast.BitAnd | ast.BitXor)
    return cuts and (isinstance(left, ast.Set) or isinstance(right, ast.Set))


def parameters(args: ast.arguments) -> int:
    """Return how many parameters there are beside self and cls."""
    named = [one.arg for one in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    return len([name for name in named if name not in ("self", "cls")])


def riddles(tree: ast.AST) -> Iterator[str]:
    """Yield each line that is not plain, with the reason."""
    for node in ast.walk(tree):
        said = riddle(node)
        if said:
            yield f"{getattr(node, 'lineno', 0)} {said}"


@pytest.mark.parametrize("path", sources(), ids=str)
def test_a_file_is_plain_and_short(path):
    text = (settings.ROOT / path).read_text(encoding="utf-8")
    assert not [f"{path}:{found}" for found in riddles(ast.parse(text))]
    assert len(text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("line", [
    "if (found := look()): pass", "while (batch := rest[:5]): pass", "asked and go()", "go() if asked else stay()",
    "x = 1 if a else 2 if b else 3", "x = (1 if b else 2) if a else 3", "0 < x != y", "a == b == c", "a is b in c",
    "misses += result == NO_ANSWER", "rest = found - {1}", "both = {1, 2} & found",
    "def give(a, b, *, c, d, e, f, g): pass", "async def give(self, a, b, c, d, e, f, g): pass",
])  # fmt: skip
def test_it_sees_every_riddle(line):
    assert list(riddles(ast.parse(line)))


@pytest.mark.parametrize("line", [
    "found = look()", "go()", "await_ = asked and wanted", "x = 1 if a else 2", "low <= x < high", "count += 1",
    "rest = found - gone", "more = found | {1}", "def give(self, a, b, *, c, d, e, f, **more): pass",
    "x = f(1 if a else 2) if b else 3",
])  # fmt: skip
def test_it_leaves_alone_what_is_plain(line):
    assert not list(riddles(ast.parse(line)))
