"""Each test stands in the room of the code that it tests, and no room is a crowd."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest
from django.conf import settings

ROOT = settings.ROOT
APPS = ("accounts", "config", "dissuasion", "households")
# Where the rooms of the apps in the browser are tested; beside them stand `house` and `support`.
BROWSER = {
    "data": "static/phone",
    "domain": "static/phone",
    "screens": "static/phone",
    "shared": "static",
    "sw": "static",
}
TEST = ("test_*.py", "*.test.ts", "*.test.tsx")
CODE = ("*.py", "*.ts", "*.tsx")
MOST = 15


def files(where: Path, patterns: Iterable[str]) -> list[Path]:
    found = [path for pattern in patterns for path in where.rglob(pattern)]
    return [path for path in found if not {"migrations", "built", "__pycache__"} & set(path.parts)]


def room_of(folder: PurePosixPath) -> PurePosixPath | None:
    """Return the room whose tests stand in this folder below `tests`; None where the folder is no room's."""
    first, *rest = folder.parts
    if first in APPS:
        return folder
    if first == "phone" and rest and rest[0] in BROWSER:
        return PurePosixPath(BROWSER[rest[0]], *rest)
    return None


def stands(room: PurePosixPath) -> bool:
    """Return whether there is such a room: a folder, or one file of that name."""
    return any((ROOT / f"{room}{ending}").exists() for ending in ("", ".py", ".ts", ".tsx"))


def folders_of_tests() -> list[PurePosixPath]:
    below = ROOT / "tests"
    return sorted({PurePosixPath(path.parent.relative_to(below).as_posix()) for path in files(below, TEST)})


@pytest.mark.parametrize("folder", [one for one in folders_of_tests() if one.parts and room_of(one)], ids=str)
def test_its_room_exists(folder):
    assert stands(room_of(folder))


def test_it_sees_a_room_that_is_none():
    assert not stands(room_of(PurePosixPath("dissuasion/actions/cellar")))
    assert not stands(room_of(PurePosixPath("phone/domain/cellar")))
    assert stands(room_of(PurePosixPath("dissuasion/actions/field/evidence")))


def test_no_room_is_a_crowd():
    crowds = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for place in (*APPS, "static", "tests")
        for path in files(ROOT / place, CODE)
        if path.name not in ("__init__.py", "conftest.py")
    )
    assert not {room: count for room, count in crowds.items() if count > MOST}
