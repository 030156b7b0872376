"""What the tests of evidence share: a folder of their own, pictures, and a phone that sends them in pieces."""

import hashlib
import io
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from PIL import Image

from tests.dissuasion.actions.field.phone import Phone

SECRET_PLACE = "114.8750 east of Greenwich"  # what a camera writes into a picture, and nobody else may read


@pytest.fixture(autouse=True)
def state(settings: Any, tmp_path: Path) -> Path:
    """Keep the files of a test in its own folder."""
    settings.STATE = tmp_path
    return tmp_path


def picture(form: str = "JPEG", *, size: tuple[int, int] = (640, 480), colour: str = "teal") -> bytes:
    """Return a picture as a camera makes it, with the place in it and turned by a quarter."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET_PLACE
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, form, exif=exif)
    return written.getvalue()


class File:
    """One file on a phone, to be sent in pieces. `changes` are other promises about it than the true ones."""

    def __init__(self, client: Client, data: bytes, *, uuid: UUID | None = None, **changes: Any) -> None:
        self.client, self.data, self.uuid = client, data, str(uuid or uuid4())
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.promise = {"x-sha256": self.sha256, "x-bytes": str(len(data)), "x-mime": "image/jpeg"} | changes
        self.path = f"/api/v1/evidence/{self.uuid}"

    def listed(self, **changes: Any) -> dict[str, Any]:
        """Return the file as an act lists it."""
        return {"uuid": self.uuid, "sha256": self.sha256, "bytes": len(self.data), "kind": "photo"} | changes

    def put(self, offset: int = 0, length: int | None = None, *, data: bytes | None = None) -> Any:
        """Send the piece from `offset` on; return the response."""
        piece = self.data[offset:][:length] if data is None else data
        return self.client.put(f"{self.path}?offset={offset}", piece, "application/octet-stream", headers=self.promise)

    def put_all(self, length: int = 1000) -> Any:
        """Send everything in pieces; return the last response."""
        return [self.put(offset, length) for offset in range(0, len(self.data), length)][-1]

    def state(self) -> dict[str, Any]:
        """Return how much of it the server has."""
        answer: dict[str, Any] = self.client.get(f"{self.path}?state=1").json()
        return answer


@pytest.fixture
def photo(lin: Phone) -> File:
    """A photo on Lin's phone."""
    return File(lin.client, picture())
