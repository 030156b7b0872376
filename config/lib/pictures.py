"""Checks pictures from outside and copies them without the metadata that a camera writes into them."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# Some phones put a second picture behind the first: their JPEG then calls itself MPO.
MEDIA_TYPES = {**FORMATS, "MPO": FORMATS["JPEG"]}
MOST_PIXELS = 24_000_000
COPY_SIDE = 2560  # pixels: enough to read a bank's receipt
QUALITY = 85
# The library itself refuses twice as many pixels; below that the size is checked before anything is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# A decoded picture takes a hundred megabytes: no more than so many at the same time in one process.
DECODERS = threading.BoundedSemaphore(2)


class NotAPicture(Exception):
    """The bytes are no picture that is taken here; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def media_type_of(data: bytes) -> str:
    """Return the media type of a whole and readable JPEG, PNG or WebP; raise NotAPicture for anything else."""
    with _guarded():
        return MEDIA_TYPES[str(_opened(data).format)]


def clean_copy(data: bytes) -> tuple[bytes, str]:
    """Return a picture drawn anew (no position, no camera, no thumbnail) and its media type; raise NotAPicture."""
    with _guarded():
        drawn = _turned(_opened(data, small=True))
        drawn.thumbnail((COPY_SIDE, COPY_SIDE))
        see_through = drawn.mode in ("RGBA", "LA", "PA") or "transparency" in drawn.info
        copy = Image.new("RGBA" if see_through else "RGB", drawn.size)
        copy.paste(drawn.convert(copy.mode))
        written, form = io.BytesIO(), "PNG" if see_through else "JPEG"
        copy.save(written, form, quality=QUALITY)
        return written.getvalue(), FORMATS[form]


@contextmanager
def _guarded() -> Iterator[None]:
    """Let few decode at the same time; whatever a decoder raises becomes NotAPicture."""
    with DECODERS:
        try:
            yield
        except NotAPicture:
            raise
        except Image.DecompressionBombError as error:
            raise NotAPicture("too_many_pixels") from error
        # A decoder may raise anything at a made-up file; for us it is simply no picture.
        except Exception as error:
            raise NotAPicture("not_an_image") from error


def _opened(data: bytes, *, small: bool = False) -> Image.Image:
    """Return the decoded picture; where only a small one is wanted, a JPEG is not decoded larger than needed."""
    picture = Image.open(io.BytesIO(data), formats=list(FORMATS))
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture("too_many_pixels")
    if small:
        picture.draft(None, (COPY_SIDE, COPY_SIDE))
    picture.load()
    return picture


def _turned(picture: Image.Image) -> Image.Image:
    """Return the picture upright; where its camera's notes can't be read, as it is."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture
