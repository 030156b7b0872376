"""Pictures that strangers may have made: what is one, and a clean copy without what a camera writes into it."""

import io

from PIL import Image, ImageOps

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MOST_PIXELS = 24_000_000
COPY_SIDE = 2560  # pixels: enough to read a bank's receipt
QUALITY = 85
# The library refuses by itself what is twice as large; below that the size is looked at before anything is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class NotAPicture(Exception):
    """The bytes are no picture that is taken here; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(data: bytes) -> str:
    """Return the media type of a whole and readable JPEG, PNG or WebP; raise NotAPicture for anything else."""
    return FORMATS[str(_opened(data).format)]


def clean_copy(data: bytes) -> tuple[bytes, str]:
    """Return a picture drawn anew (no position, no camera, no thumbnail) and its media type; raise NotAPicture."""
    drawn = ImageOps.exif_transpose(_opened(data))
    drawn.thumbnail((COPY_SIDE, COPY_SIDE))
    see_through = drawn.mode in ("RGBA", "LA", "PA") or "transparency" in drawn.info
    copy = Image.new("RGBA" if see_through else "RGB", drawn.size)
    copy.paste(drawn.convert(copy.mode))
    written, form = io.BytesIO(), "PNG" if see_through else "JPEG"
    copy.save(written, form, quality=QUALITY)
    return written.getvalue(), FORMATS[form]


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=list(FORMATS))
        if picture.width * picture.height > MOST_PIXELS:
            raise NotAPicture("too_many_pixels")
        picture.load()
    except Image.DecompressionBombError as error:
        raise NotAPicture("too_many_pixels") from error
    # A made-up file can break a decoder in any of these ways; none of them is our fault or our news.
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, ArithmeticError, LookupError) as error:
        raise NotAPicture("not_an_image") from error
    return picture
