"""Finds the words to translate in Django templates, for the collector of words (`make messages`)."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract(file: IO[bytes], keywords: dict[str, Any], comment_tags: list[str], options: Any) -> Iterator[Any]:
    """Return the words of one template as babel wants them: Django turns its tags into calls that babel can read."""
    calls = templatize(file.read().decode("utf-8"))
    yield from extract_python(BytesIO(calls.encode("utf-8")), {**keywords, "gettext": None}, comment_tags, options)
