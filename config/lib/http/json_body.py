"""The parser of all JSON request bodies: limited in size, strict, and every refusal is a sentence."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from config.lib.http.problems import Problem, quoted

# Deeper values could be read but not written again: the encoder reaches Python's recursion limit first.
MAX_DEPTH = 64
NUMBER, TOO_DEEP, DOUBLED_KEY = "number", "too_deep", "doubled_key"
# The keys that lead to a value, the last first: (above, key). Only the one that is reported is written as text: a text
# for each value of a long list under a long key would fill the memory.
Trail = tuple["Trail", str | int] | None


@dataclass(frozen=True)
class Flaw:
    """Replaces a value that can't be taken: a number out of range, nesting too deep, an object with a doubled key."""

    code: str
    place: str = ""

    def problem(self) -> Problem:
        """Return the refusal: a sentence in the caller's language, with the key that is doubled."""
        if self.code != DOUBLED_KEY:
            return Problem("not_json", _("A number is not finite or too long, or the nesting is too deep."))
        place = quoted(self.place)
        text = _("%(place)s stands twice in one object. Nobody can tell which one is meant.") % {"place": place}
        return Problem(DOUBLED_KEY, text, errors=[{"field": place, "code": DOUBLED_KEY, "reason": text}])

    def refusal(self) -> Exception:
        """Return what a body as a whole is refused with."""
        problem = self.problem()
        return problem if self.code == DOUBLED_KEY else ParseError(problem.detail)


def read_json(raw: bytes) -> Any:
    """Return the value of a JSON text; raise ParseError or Problem when any of it can't be taken."""
    value, flawed = _loaded(raw)
    _refuse(_flaw_of(value, look=flawed))
    return value


def read_json_rows(raw: bytes, find: Callable[[Any], Any]) -> tuple[Any, Any]:
    """Return the value of a JSON text, and what `find` finds in it: mostly the list of its rows, or a tuple of lists.

    A row that can't be taken is replaced by a Flaw; for any other part that can't be taken, the error is raised.
    """
    value, flawed = _loaded(raw, cuts=True)
    if isinstance(value, Flaw):
        raise value.refusal()
    found = find(value)
    if not flawed and not _too_deep(value):
        return value, found  # a million tiny rows are not looked at one by one
    lists = [rows for rows in (found if isinstance(found, tuple) else (found,)) if isinstance(rows, list)]
    for rows in lists:
        for number, row in enumerate(rows):
            flaw = _flaw_of(row, look=flawed)
            if flaw is not None:
                rows[number] = flaw
    _refuse(_flaw_of(value, look=flawed, leave=lists))
    return value, found


def _refuse(flaw: Flaw | None) -> None:
    if flaw is not None:
        raise flaw.refusal()


def _loaded(raw: bytes, *, cuts: bool = False) -> tuple[Any, bool]:
    """Return the value with a Flaw wherever something can't be taken, and whether there is one.

    Nesting that no parser follows is refused, or where it `cuts`, is a Flaw as well.
    """
    flaws: list[Flaw] = []

    def flawed(code: str, place: str = "") -> Flaw:
        flaws.append(Flaw(code, place))
        return flaws[-1]

    def number(text: str) -> Any:
        try:
            return int(text)
        except ValueError:  # thousands of digits
            return flawed(NUMBER)

    def fraction(text: str) -> Any:
        value = float(text)
        return flawed(NUMBER) if math.isinf(value) else value

    def as_object(pairs: list[tuple[str, Any]]) -> Any:
        found = dict(pairs)
        return found if len(found) == len(pairs) else flawed(DOUBLED_KEY, _doubled(pairs))

    try:
        value = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=as_object, parse_int=number, parse_float=fraction,
            parse_constant=lambda _name: flawed(NUMBER),
        )  # fmt: skip
    except UnicodeDecodeError as error:
        raise ParseError(_("Byte %(place)d is not UTF-8.") % {"place": error.start}) from error
    except json.JSONDecodeError as error:
        text = _("Line %(line)d, column %(column)d is not JSON.")
        raise ParseError(text % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        if not cuts:
            raise Flaw(TOO_DEEP).refusal() from error
        return _without_the_deep(raw)
    return value, bool(flaws)


# Texts, also one that does not end, and whatever opens and closes. It never goes back: hostile text costs its length.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]++|[\]}]++', re.DOTALL)


def _without_the_deep(raw: bytes) -> tuple[Any, bool]:
    try:
        return _loaded(_cut(raw.decode("utf-8-sig")).encode())
    except ParseError as error:  # its place would be one in the text that was cut
        raise Flaw(TOO_DEEP).refusal() from error


def _cut(text: str) -> str:
    """Return a JSON text in which NaN, which is a Flaw, stands for whatever is nested too deep."""
    kept, depth, end = [], 0, 0
    deepest = MAX_DEPTH + 2
    for token in _TOKEN.finditer(text):
        first, length = text[token.start()], token.end() - token.start()
        if first == '"':
            continue
        before, depth = depth, depth + (length if first in "[{" else -length)
        if before <= deepest < depth:
            kept += [text[end : token.start() + deepest - before], "NaN"]
            end = len(text)
        elif depth <= deepest < before:
            end = token.start() + before - deepest
    return "".join([*kept, text[end:]])


def _doubled(pairs: Iterable[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            return key
        seen.add(key)
    return ""


def _flaw_of(value: Any, *, look: bool, leave: Sequence[list[Any]] = ()) -> Flaw | None:
    """Return the first flaw of a value with its place, but for what lies in the lists `leave`.

    Without `look` only the depth is checked.
    """
    if not look:
        return Flaw(TOO_DEEP) if _too_deep(value, leave) else None
    left = {id(rows) for rows in leave}
    level: list[tuple[Trail, Any]] = [(None, value)]
    for _depth in range(MAX_DEPTH + 1):
        for trail, item in level:
            if isinstance(item, Flaw):
                return Flaw(item.code, f"{_place(trail)}.{item.place}".strip("."))
        level = [child for trail, item in level if id(item) not in left for child in _children(item, trail)]
        if not level:
            return None
    return Flaw(TOO_DEEP)


def _too_deep(value: Any, leave: Sequence[list[Any]] = ()) -> bool:
    """Return whether a value without a flaw is nested too deep; millions of values cost no tuple for each."""
    left = {id(rows) for rows in leave}
    level = [value] if isinstance(value, dict | list) else []
    for _depth in range(MAX_DEPTH):
        inner = (item.values() if isinstance(item, dict) else item for item in level if id(item) not in left)
        level = [child for children in inner for child in children if child and isinstance(child, dict | list)]
        if not level:
            return False
    return True


def _children(item: Any, trail: Trail) -> Iterable[tuple[Trail, Any]]:
    if isinstance(item, dict):
        return [((trail, key), value) for key, value in item.items()]
    if isinstance(item, list):
        return [((trail, number), value) for number, value in enumerate(item)]
    return ()


def _place(trail: Trail) -> str:
    keys: list[str] = []
    while trail is not None:
        trail, key = trail
        keys.append(str(key))
    return ".".join(reversed(keys))


class JSONBodyParser(BaseParser):
    """Reads UTF-8 JSON up to `settings.BODY_LIMIT` bytes; refuses NaN, Infinity, doubled keys and deep nesting."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return self.read(_limited(stream))

    def read(self, raw: bytes) -> Any:
        """Return the value of the body."""
        return read_json(raw)


class JSONRowsParser(JSONBodyParser):
    """The same for a list, bare or under the key `rows`: a row that can't be taken is replaced by a Flaw."""

    rows = ""

    def read(self, raw: bytes) -> Any:
        """Return the value of the body."""
        return read_json_rows(raw, self._find)[0]

    def _find(self, value: Any) -> Any:
        return value.get(self.rows) if isinstance(value, dict) else value


def _limited(stream: IO[bytes]) -> bytes:
    raw = stream.read(settings.BODY_LIMIT + 1)
    if len(raw) > settings.BODY_LIMIT:
        megabytes = settings.BODY_LIMIT // 1024 // 1024
        text = _("The request is larger than %(size)d MB. Send it in smaller parts.")
        raise Problem("body_too_large", text % {"size": megabytes}, status=413)
    return raw


def is_storable(value: Any) -> bool:
    """Return whether every text in a JSON value can be kept: no NUL, no half of a surrogate pair."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(is_storable(k) and is_storable(v) for k, v in value.items())
    if isinstance(value, list):
        return all(is_storable(v) for v in value)
    return True
