"""One writer of a case: only the rooms of actions/case change its status, level, way and attention."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOM = Path("dissuasion/actions/case")
PACKAGES = ("accounts", "households", "dissuasion")
OF_A_CASE_ONLY = {"due_way", "attention"}
COLUMNS = {*OF_A_CASE_ONLY, "status", "risk"}
WRITERS = {
    "update", "aupdate", "bulk_update", "abulk_update", "create", "acreate", "get_or_create", "update_or_create",
    "aget_or_create", "aupdate_or_create",
}  # fmt: skip


def sources() -> list[Path]:
    found = [path.relative_to(settings.ROOT) for name in PACKAGES for path in (settings.ROOT / name).rglob("*.py")]
    return [path for path in found if ROOM not in path.parents and "migrations" not in path.parts]


def of_a_case(owner: ast.expr) -> bool:
    """Whether an expression is called a case: `case`, `made.case`, `self.case`, `old_case`."""
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return name == "case" or name.endswith("_case")


def targets(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Assign():
            pending = list(node.targets)
        case ast.AugAssign() | ast.AnnAssign():
            pending = [node.target]
        case _:
            return
    while pending:
        target = pending.pop()
        if isinstance(target, ast.Tuple | ast.List):
            pending += target.elts
        else:
            yield target


def is_written(target: ast.Attribute) -> bool:
    return target.attr in OF_A_CASE_ONLY or (target.attr in COLUMNS and of_a_case(target.value))


def names_a_case(chain: ast.expr) -> bool:
    """Whether a chain of calls begins at the table of cases, or at somebody's cases."""
    names = {part.id for part in ast.walk(chain) if isinstance(part, ast.Name)}
    attributes = {part.attr for part in ast.walk(chain) if isinstance(part, ast.Attribute)}
    return bool({"Case", "cases"} & (names | attributes))


def writes(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that write one of the columns."""
    for node in ast.walk(tree):
        for target in targets(node):
            if isinstance(target, ast.Attribute) and is_written(target):
                yield target.lineno
        if isinstance(node, ast.Call) and wrote(node):
            yield node.lineno


def given_to(call: ast.Call) -> set[str | None]:
    """Return the columns that a call names: as keywords, in `defaults`, or in a list of fields; None for `**`."""
    texts = {part.value for part in ast.walk(call) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return {keyword.arg for keyword in call.keywords} | texts


def wrote(call: ast.Call) -> bool:
    given = given_to(call)
    unseen = any(keyword.arg is None for keyword in call.keywords)
    match call.func:
        case ast.Name(id="Case") | ast.Attribute(attr="Case"):
            return unseen or bool(given & COLUMNS)
        case ast.Name(id="setattr"):
            return of_a_case(call.args[0])
        case ast.Attribute(attr=name, value=chain) if name in WRITERS:
            if names_a_case(chain):
                return unseen or bool(given & COLUMNS)
            return bool({keyword.arg for keyword in call.keywords} & OF_A_CASE_ONLY)
    return False


def hidden_moves(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that reach the moves of a case through one of its rooms, where no contract of imports sees it."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("dissuasion.actions.case"):
                if {name.name for name in names} & {"moves", "ways"}:
                    yield node.lineno
            case ast.Attribute(attr="moves" | "ways"):
                yield node.lineno


@pytest.mark.parametrize("path", sources(), ids=str)
def test_nobody_else_writes_its_columns(path):
    tree = ast.parse((settings.ROOT / path).read_text(encoding="utf-8"))
    assert not [f"{path}:{line}" for line in [*writes(tree), *hidden_moves(tree)]]


@pytest.mark.parametrize("line", [
    "case.status = CLOSED", "made.case.risk, made.case.points = HIGH, 3", "self.case.attention = NONE",
    "anything.due_way = VISIT", "Case.objects.filter(pk=1).update(status=OPEN)", "Case(risk=HIGH)",
    "rows.update(attention='')", "setattr(case, name, value)", "case.risk: str = HIGH",
    "cases.filter(unit=1).update(risk=LOW)", "Case.objects.update(**columns)", "Case.objects.bulk_update(x, ['risk'])",
    "resident.cases.update(status=OPEN)", "models.Case(status=OPEN)", "Case(**columns)",
    "Case.objects.update_or_create(pk=1, defaults={'status': OPEN})",
])  # fmt: skip
def test_it_sees_every_way_of_writing_them(line):
    assert list(writes(ast.parse(line)))


@pytest.mark.parametrize("line", ["from dissuasion.actions.case.level import moves", "level.moves.close(case, stamp)"])
def test_it_sees_moves_that_come_through_a_room(line):
    assert list(hidden_moves(ast.parse(line)))


@pytest.mark.parametrize("line", [
    "assignment.status = CLEARED", "entry.risk = HIGH", "Assignment.objects.filter(case=case).update(status=LAPSED)",
    "case.points = 3", "Case.objects.filter(status=OPEN, attention='')", "setattr(assignment, name, value)",
])  # fmt: skip
def test_it_leaves_alone_what_is_no_write_of_a_case(line):
    assert not list(writes(ast.parse(line)))
