"""Seal red is for what is of high risk, overdue or never to be done: a rule that uses it says which in its selector."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

STATIC = settings.ROOT / "static"
SHEETS = sorted(
    [*STATIC.glob("phone/**/*.css"), *STATIC.glob("shared/**/*.css"), STATIC / "css/base.css", STATIC / "css/pages.css"]
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = re.compile(r"var\(--(?:on-)?(?:high|seal)\b[\w-]*\)|var\(--fuse-over\)")
COLOUR = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
# What a resident is shown of the fraud is what they must never do; nor open to somebody whose card is none of ours.
REASONS = re.compile(r"high|over\b|never|\.show|verdict--no\b")


def is_red(colour: str) -> bool:
    """Return whether a colour, in hexadecimal digits, is like the seal: red by far, neither pale nor black."""
    digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red >= 0x60 and red > 2 * green and red > 2 * blue


def unreasoned(sheet: str) -> Iterator[str]:
    """Yield each selector that is red without a reason."""
    for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if TOKEN.search(body) or any(map(is_red, COLOUR.findall(body))):
            yield from (one.strip() for one in selectors.split(",") if not REASONS.search(one))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(STATIC)))
def test_nothing_is_red_without_a_reason(path: Path):
    assert not list(unreasoned(path.read_text()))


@pytest.mark.parametrize("sheet", [
    ".btn--wipe { background: var(--high); }", ".a, .risk--high { color: var(--high-text); }", ".b { color: #a92318; }",
    "@media print { .c { stroke: var(--seal-600) } }", ".d { border: 2px solid #C00; }",
])  # fmt: skip
def test_it_sees_red(sheet):
    assert list(unreasoned(sheet))


@pytest.mark.parametrize("sheet", [
    ".risk--high .f { fill: var(--high); }", ".clk--over { color: var(--high-text); }", ".e { color: #0b1018; }",
    "/* var(--high) */ .f { color: var(--medium-text); }", ".g { background: #fde3de; }",
    ".never .i { color: #a92318; }",
])  # fmt: skip
def test_it_lets_red_be_where_it_says_something(sheet):
    assert not list(unreasoned(sheet))
