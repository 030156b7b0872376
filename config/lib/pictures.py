"""Checks pictures from outside and draws copies without the metadata that a camera writes into them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageOps

from config.lib.small_pool import SmallPool

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# Some phones put a second picture behind the first: their JPEG then calls itself MPO.
MEDIA_TYPES = {**FORMATS, "MPO": FORMATS["JPEG"]}
PNG_BEGINS = b"\x89PNG"
MOST_PIXELS = 24_000_000
COPY_SIDE = 2560  # pixels: enough to read a bank's receipt
QUALITY = 85
# The library itself refuses twice as many pixels; below that the size is checked before anything is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# A decoded picture takes a hundred megabytes and most of a second: one after another in one process.
POOL = SmallPool("pictures", threads=1)


class NotAPicture(Exception):
    """The bytes are no picture that is taken here; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Drawn:
    """What a picture was, and its copy: no position, no camera, no thumbnail, no larger than needed."""

    media_type: str
    copy: bytes


def draw(data: bytes) -> Drawn:
    """Return the media type and a copy of a whole and readable JPEG, PNG or WebP; raise NotAPicture for anything else.

    The whole picture is decoded: what breaks off in the middle is no picture.
    """
    return POOL.run(_draw, data)


def media_type_of_copy(copy: bytes) -> str:
    """Return the media type of a copy that was drawn here."""
    return FORMATS["PNG" if copy.startswith(PNG_BEGINS) else "JPEG"]


def _draw(data: bytes) -> Drawn:
    with _guarded():
        opened = _opened(data)
        media_type = MEDIA_TYPES[str(opened.format)]
        drawn = _turned(opened)
        drawn.thumbnail((COPY_SIDE, COPY_SIDE))
        see_through = drawn.mode in ("RGBA", "LA", "PA") or "transparency" in drawn.info
        copy = Image.new("RGBA" if see_through else "RGB", drawn.size)
        copy.paste(drawn.convert(copy.mode))
        written = io.BytesIO()
        copy.save(written, "PNG" if see_through else "JPEG", quality=QUALITY)
        return Drawn(media_type, written.getvalue())


@contextmanager
def _guarded() -> Iterator[None]:
    """Whatever a decoder raises becomes NotAPicture."""
    try:
        yield
    except NotAPicture:
        raise
    except Image.DecompressionBombError as error:
        raise NotAPicture("too_many_pixels") from error
    # A decoder may raise anything at a made-up file; for us it is simply no picture.
    except Exception as error:
        raise NotAPicture("not_an_image") from error


def _opened(data: bytes) -> Image.Image:
    """Return the decoded picture."""
    picture = Image.open(io.BytesIO(data), formats=list(FORMATS))
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture("too_many_pixels")
    picture.load()
    return picture


def _turned(picture: Image.Image) -> Image.Image:
    """Return the picture upright; where its camera's notes can't be read, as it is."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture
