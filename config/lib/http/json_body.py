"""The parser of all JSON request bodies: limited in size, strict, and every refusal is a sentence."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from config.lib.http.problems import Problem

# Deeper values could be read but not written again: the encoder reaches Python's recursion limit first.
MAX_DEPTH = 64


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


def _too_deep(value: Any) -> bool:
    level = [value]
    for _depth in range(MAX_DEPTH + 1):
        level = [child for item in level for child in _children(item)]
        if not level:
            return False
    return True


def _children(item: Any) -> Iterable[Any]:
    if isinstance(item, dict):
        return item.values()
    if isinstance(item, list):
        return item
    return ()


class JSONBodyParser(BaseParser):
    """Reads UTF-8 JSON up to `settings.BODY_LIMIT` bytes; NaN, Infinity and endless nesting are refused."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        raw = stream.read(settings.BODY_LIMIT + 1)
        if len(raw) > settings.BODY_LIMIT:
            megabytes = settings.BODY_LIMIT // 1024 // 1024
            raise Problem(
                "body_too_large",
                _("The request is larger than %(size)d MB. Send it in smaller parts.") % {"size": megabytes},
                status=413,
            )
        try:
            value = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_finite)
            if _too_deep(value):
                raise RecursionError
            return value
        except UnicodeDecodeError as error:
            raise ParseError(_("Byte %(place)d is not UTF-8.") % {"place": error.start}) from error
        except json.JSONDecodeError as error:
            raise ParseError(
                _("Line %(line)d, column %(column)d is not JSON.") % {"line": error.lineno, "column": error.colno}
            ) from error
        except (ValueError, RecursionError) as error:
            raise ParseError(_("A number is not finite or too long, or the nesting is too deep.")) from error


def is_storable(value: Any) -> bool:
    """Return whether every text in a JSON value can be kept: no NUL, no half of a surrogate pair."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(is_storable(k) and is_storable(v) for k, v in value.items())
    if isinstance(value, list):
        return all(is_storable(v) for v in value)
    return True
