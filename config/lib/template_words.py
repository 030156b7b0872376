"""Finds the words to translate in Django templates, for the collector of words (`make messages`)."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_javascript
from django.utils.translation.template import templatize


def extract(file: IO[bytes], keywords: Any, comment_tags: list[str], options: Any) -> Iterator[Any]:
    """Return the words of one template as babel wants them: Django turns its tags into calls that babel can read."""
    # Around the calls letters stand at any depth: Python's reader trips over the indents, that of JavaScript does not.
    calls = BytesIO(templatize(file.read().decode("utf-8")).encode("utf-8"))
    yield from extract_javascript(calls, keywords, comment_tags, options)
