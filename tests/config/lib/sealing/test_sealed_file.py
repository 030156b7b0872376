"""A file that is sealed as it comes: in order, in its place, and whole, or it does not open."""

from itertools import pairwise

import pytest

from config.lib.sealing.keys import CannotOpen
from config.lib.sealing.sealed_file import add_piece, pieces

PIECES = [b"one " * 50, b"two " * 50, b"three " * 50]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "deep" / "down" / "file"


def write(file, parts, *, place="evidence:1"):
    """Return the sealed lengths after each piece."""
    begins, ends = 0, [0]
    for part in parts:
        ends.append(add_piece(file, part, place=place, begins=begins, behind=ends[-1]))
        begins += len(part)
    return ends


def test_it_gives_back_what_was_written(file):
    ends = write(file, PIECES)
    assert list(pieces(file, place="evidence:1", length=ends[-1])) == PIECES
    assert list(pieces(file, place="evidence:1", length=ends[1])) == PIECES[:1]
    assert not any(part[:12] in file.read_bytes() for part in PIECES)


def test_it_is_nobody_elses_to_read(file):
    write(file, PIECES)
    assert (file.stat().st_mode & 0o077, file.parent.stat().st_mode & 0o077) == (0, 0)


def test_it_drops_what_stood_behind(file):
    ends = write(file, PIECES)
    end = add_piece(file, b"other", place="evidence:1", begins=len(PIECES[0]), behind=ends[1])
    assert list(pieces(file, place="evidence:1", length=end)) == [PIECES[0], b"other"]
    assert file.stat().st_size == end


def test_it_does_not_open_elsewhere_or_in_another_order(file):
    ends = write(file, [b"a" * 100, b"b" * 100])
    with pytest.raises(CannotOpen):
        list(pieces(file, place="evidence:2", length=ends[-1]))
    sealed = file.read_bytes()
    first, second = (sealed[start:end] for start, end in pairwise(ends))
    file.write_bytes(second + first)
    with pytest.raises(CannotOpen):
        list(pieces(file, place="evidence:1", length=ends[-1]))


@pytest.mark.parametrize("cut", [1, 3, 10, 200])
def test_it_does_not_open_a_cut_file(file, cut):
    ends = write(file, PIECES)
    file.write_bytes(file.read_bytes()[:-cut])
    with pytest.raises(CannotOpen):
        list(pieces(file, place="evidence:1", length=ends[-1]))
    with pytest.raises(CannotOpen):
        add_piece(file, b"more", place="evidence:1", begins=sum(map(len, PIECES)), behind=ends[-1])
