"""Files that are sealed piece by piece as they come: a piece can be added without reading those before it.

Each piece is framed by its length and bound to the file's place and to where it begins, so that pieces of other
files, and pieces of this one in another order, do not open.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

from config.lib.sealing.keys import CannotOpen, seal_bytes, unseal_bytes

FRAME = struct.Struct(">I")


def add_piece(path: Path, piece: bytes, *, place: str, begins: int, behind: int) -> int:
    """Write `piece` (which begins at byte `begins` of the plain file) behind `behind` sealed bytes; drop what is there.

    Returns the new sealed length, when everything is on the disk. Raises CannotOpen when the file has become shorter.
    """
    sealed = seal_bytes(piece, place=f"{place}:{begins}")
    frame = FRAME.pack(len(sealed)) + sealed
    made = _folders(path.parent)
    new = not path.exists()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        if os.fstat(file.fileno()).st_size < behind:
            raise CannotOpen(f"The file of {place} is shorter than it was.")
        file.seek(behind)
        file.write(frame)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    for folder in [path.parent] * new + made:
        _on_disk(folder)
    return behind + len(frame)


def pieces(path: Path, *, place: str, length: int) -> Iterator[bytes]:
    """Yield the plain pieces in the first `length` sealed bytes; raise CannotOpen where one was altered."""
    begins = 0
    try:
        with path.open("rb") as file:
            while file.tell() < length:
                (size,) = FRAME.unpack(file.read(FRAME.size))
                piece = unseal_bytes(file.read(size), place=f"{place}:{begins}")
                begins += len(piece)
                yield piece
    except (OSError, struct.error) as error:
        raise CannotOpen(f"The file of {place} can't be read.") from error


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return the folders in which one was made."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for made in reversed(missing):
        made.mkdir(mode=0o700, exist_ok=True)
    return [made.parent for made in missing]


def _on_disk(folder: Path) -> None:
    """A new name is safe only when its folder is written as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
