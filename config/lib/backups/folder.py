"""A backup: a folder with the database, the sealed files, and a manifest that says what must be there."""

import hashlib
import json
import os
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

DATABASE, FILES, MANIFEST = "database", "evidence", "manifest.json"
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


class Unusable(Exception):
    """A backup that can't be made or used; its text is the sentence for whoever asked."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: of which kind of database, made when, by which migrations and with which keys."""

    vendor: str
    made_at: str
    sha256: str  # of the database
    migrations: list[list[str]]  # app and name of each
    canaries: list[list[str]]  # id of the key, sealed word (base64), blind index of each

    def check(self) -> None:
        """Raise ValueError where it is not as `finish` writes it."""
        rows: list[tuple[Any, int]] = [(self.migrations, 2), (self.canaries, 3)]
        texts: list[Any] = [self.vendor, self.made_at, self.sha256]
        for list_, length in rows:
            if not isinstance(list_, list) or any(len(row) != length for row in list_):
                raise ValueError("rows")
            texts += [text for row in list_ for text in row]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("texts")
        for _key, sealed, _index in self.canaries:
            b64decode(sealed, validate=True)


@contextmanager
def begun(folder: Path) -> Iterator[Path]:
    """Give a new private folder beside `folder`, which `finish` makes `folder`; a failure leaves nothing of it."""
    partial = _begin(folder)
    try:
        yield partial
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _begin(folder: Path) -> Path:
    if folder.exists():
        raise Unusable(_("%(folder)s is there already: a backup is written into a new folder.") % {"folder": folder})
    partial = folder.with_name(f"{folder.name}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)  # of a backup that was broken off
        partial.mkdir(mode=PRIVATE_FOLDER, parents=True)
    except OSError as error:
        raise Unusable(_cannot_write(folder, error)) from error
    return partial


def finish(partial: Path, folder: Path, manifest: Manifest) -> None:
    """Write the manifest and give the folder its name: from now on it is a backup."""
    with private_file(partial / MANIFEST) as file:
        file.write(json.dumps(asdict(manifest), indent=2).encode())
        on_disk(file.fileno())
    partial.rename(folder)


def read(folder: Path) -> Manifest:
    """Return the manifest of a backup whose database is as it was written; raise Unusable otherwise."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        manifest.check()
    except (OSError, ValueError, TypeError) as error:
        raise Unusable(_("%(folder)s is no whole backup: it has no manifest.") % {"folder": folder}) from error
    if digest(folder / DATABASE) != manifest.sha256:
        raise Unusable(_("The database in %(folder)s is not as it was written.") % {"folder": folder})
    return manifest


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; nothing for one that can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def private_file(path: Path) -> BinaryIO:
    """Return a new file that only its owner may read, open for writing."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb")


@contextmanager
def copied(source: Path, target: Path) -> Iterator[int]:
    """Copy the sealed files that `target` lacks, or has only the beginning of; give how many. A failure, here or in
    the block, takes those away again that were not there.

    Such a file only ever grows, and its row says how much of it counts: a longer one is as good.
    """
    new: list[Path] = []
    count = 0
    try:
        for file in _files(source):
            there = target / file.relative_to(source)
            missing = not there.exists()
            if missing or there.stat().st_size < file.stat().st_size:
                there.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
                new += [there] * missing
                _copy(file, there)
                count += 1
        yield count
    except BaseException:
        for file in new:
            file.unlink(missing_ok=True)
        raise


def _copy(file: Path, there: Path) -> None:
    """Copy a file under its name only when it is whole: a full disk must not shorten what stands there."""
    beside = there.with_name(f"{there.name}.copying")
    try:
        shutil.copyfile(file, beside)
        beside.chmod(PRIVATE_FILE)
        beside.replace(there)
    finally:
        beside.unlink(missing_ok=True)


def on_disk(handle: int) -> None:
    """Return when what was written is on the disk."""
    os.fsync(handle)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, also where a month has been moved to another disk and a link leads there."""
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        there = os.path.realpath(place)
        if there in seen:
            folders.clear()
            continue
        seen.add(there)
        folders.sort()
        yield from (path for path in (Path(place) / name for name in sorted(names)) if path.is_file())


def _cannot_write(folder: Path, error: OSError) -> str:
    return _("%(folder)s can't be written: %(reason)s") % {"folder": folder, "reason": error.strerror or error}
