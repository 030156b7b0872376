"""Finds the words to translate in Django templates, for the collector of words (`make messages`)."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_javascript
from django.utils.translation.template import templatize


def extract(file: IO[bytes], keywords: Any, comment_tags: list[str], options: Any) -> Iterator[Any]:
    """Return the words of one template as babel wants them: Django turns its tags into calls that babel can read."""
    # The calls stand between letters with any indent: babel reads that as JavaScript, but fails to read it as Python.
    calls = BytesIO(templatize(file.read().decode("utf-8")).encode("utf-8"))
    yield from extract_javascript(calls, keywords, comment_tags, options)
