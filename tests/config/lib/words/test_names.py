"""Names: one family name is left in a list, and no mark in a name turns the line that it stands in."""

import pytest

from config.lib.words.names import masked_name, one_line


@pytest.mark.parametrize(
    ("full", "list_form"),
    [
        ("赵丽颖", "赵某"), ("赵", "赵某"), ("", ""),
        ("欧阳海", "欧阳某"), ("司马相如", "司马某"), ("诸葛孔明", "诸葛某"), ("歐陽修", "歐陽某"),
        ("欧阳", "欧某"),  # a given name of one character, or half a name: the shorter one tells less
        ("欧洋海", "欧某"), ("谷梁伟", "谷某"),
        ("\u202e赵丽颖", "赵某"), ("\u2067欧阳海\u2069", "欧阳某"), ("\u202e", ""), ("𠮷田义", "𠮷某"),
    ],
)  # fmt: skip
def test_it_reduces_a_name(full, list_form):
    assert masked_name(full) == list_form


@pytest.mark.parametrize(
    "mark", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\x7f\x9f"
)
def test_it_leaves_no_mark_that_turns_a_line(mark):
    assert one_line(f" {mark}赵{mark}丽颖{mark}") == "赵丽颖"


@pytest.mark.parametrize("gap", [*"\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029", "\r\n", "\n\t\n"])
def test_a_break_leaves_a_gap(gap):
    assert one_line(f"{gap}幸福路12{gap}5号楼{gap}") == "幸福路12 5号楼"
    assert one_line(f"John{gap}Smith") == "John Smith"


def test_it_leaves_what_names_are_written_with():
    for name in ("阿卜杜拉·买买提", "Mary-Ann O’Neil", "ئەخمەت", "क्\u200dष"):
        assert one_line(name) == name
