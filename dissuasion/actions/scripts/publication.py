"""Checks and publishes drafts of scripts: the version before retires, and phones fetch the new one."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n_

from accounts.models import Person
from config.lib.http.json_body import is_storable
from config.lib.http.problems import Conflict, FieldFault, Problem
from dissuasion.models import Script, ScriptVersion, WorkVersion

# The shape of a script: the fields of each part, and for each list its fewest and most entries.
STEP = {"key", "title", "say", "key_phrase", "ask", "do", "dont_say"}
OBJECTION = {"key", "they_say", "answer", "key_phrase", "then"}
CARD = {"key", "title", "lines", "pictures"}
MAY_BE_NULL = {"ask", "dont_say", "then", "key_phrase"}
MAY_BE_MISSING = {"key_phrase", "pictures"}  # versions from before they were thought of never change
# What the phone can draw beside a line of a card.
PICTURES = (
    "alone", "another_fee", "app", "approved", "big_sum", "borrow", "caller", "fee", "form", "gone", "group", "hush",
    "locked", "one_card", "screen", "small_gain", "stain",
)  # fmt: skip
PARTS = {"steps": (STEP, 1, 12), "objections": (OBJECTION, 0, 24), "show": (CARD, 0, 6)}
LISTS = {"before": (0, 8), "never_ask": (1, 12), "never_say": (1, 12), "agree": (0, 8), "basis": (0, 40)}
HEADS = ("scam_type", "audience", "language")
FIELDS = {*HEADS, "title", *PARTS, *LISTS, "follow_up"}
FOLLOW_UP_DAYS = {"1", "14", "28"}
LONGEST = 400  # characters in one text: more than that nobody says or reads at a door

REASONS = {
    "object": n_("this must be an object"),
    "list": n_("this must be a list"),
    "text": n_("this must be a text that is not blank"),
    "long": n_("this text is too long: at most %(most)d characters"),
    "missing": n_("this is missing: %(names)s"),
    "unknown": n_("this is not part of a script: %(names)s"),
    "count": n_("there must be %(least)d to %(most)d of these, not %(count)d"),
    "key": n_("a key is small letters with underscores"),
    "twice": n_("this key stands here twice"),
    "other_script": n_("this belongs to another script: %(expected)s is expected"),
    "not_said": n_("the key phrase must stand in what is said"),
    "picture": n_("a picture for each line, each one of: %(names)s"),
    "characters": n_("a character in it can't be stored"),
}
Fault = tuple[str, str, dict[str, Any]]


def faults(content: Any, script: Script) -> list[FieldFault]:
    """Return the faults of a version's content, as `field`, `code` and `reason`; empty when there are none."""
    found = list(_faults(content, script))
    if not found and not is_storable(content):
        found = [("", "characters", {})]
    return [{"field": place, "code": code, "reason": _(REASONS[code]) % params} for place, code, params in found]


def _faults(content: Any, script: Script) -> Iterator[Fault]:
    if not isinstance(content, dict):
        yield "", "object", {}
        return
    yield from _names("", content, FIELDS)
    for name in HEADS:
        if name in content and content[name] != getattr(script, name):
            yield name, "other_script", {"expected": getattr(script, name)}
    if "title" in content:
        yield from _text("title", content["title"])
    for name, (least, most) in LISTS.items():
        if name in content:
            yield from _texts(name, content[name], least, most)
    for name, (fields, least, most) in PARTS.items():
        if name in content:
            yield from _parts(name, content[name], fields, least, most)
    if "follow_up" in content:
        yield from _object("follow_up", content["follow_up"], FOLLOW_UP_DAYS)


def _names(place: str, value: dict[str, Any], expected: set[str]) -> Iterator[Fault]:
    missing = expected - MAY_BE_MISSING - set(value)
    if missing:
        yield place, "missing", {"names": ", ".join(sorted(missing))}
    unknown = set(value) - expected
    if unknown:
        yield place, "unknown", {"names": ", ".join(sorted(unknown))}


def _text(place: str, value: Any) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield place, "text", {}
    elif len(value) > LONGEST:
        yield place, "long", {"most": LONGEST}


def _count(place: str, value: Any, least: int, most: int) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield place, "list", {}
    elif not least <= len(value) <= most:
        yield place, "count", {"least": least, "most": most, "count": len(value)}


def _texts(place: str, value: Any, least: int, most: int) -> Iterator[Fault]:
    yield from _count(place, value, least, most)
    if isinstance(value, list):
        for number, text in enumerate(value):
            yield from _text(f"{place}.{number}", text)


def _object(place: str, value: Any, fields: set[str]) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield place, "object", {}
        return
    yield from _names(place, value, fields)
    for name in sorted(fields & set(value)):
        if name == "lines":
            yield from _texts(f"{place}.{name}", value[name], 1, 8)
        elif name == "pictures":
            yield from _pictures(f"{place}.{name}", value[name], value.get("lines"))
        elif value[name] is not None or name not in MAY_BE_NULL:
            yield from _text(f"{place}.{name}", value[name])


def _pictures(place: str, value: Any, lines: Any) -> Iterator[Fault]:
    count = len(lines) if isinstance(lines, list) else 0
    known = isinstance(value, list) and all(isinstance(name, str) and name in PICTURES for name in value)
    if not known or len(value) != count:
        yield place, "picture", {"names": ", ".join(PICTURES)}


def _key_phrase(place: str, part: dict[str, Any]) -> Iterator[Fault]:
    phrase, said = part.get("key_phrase"), part.get("say", part.get("answer"))
    if isinstance(phrase, str) and isinstance(said, str) and phrase not in said:
        yield f"{place}.key_phrase", "not_said", {}


def _parts(place: str, value: Any, fields: set[str], least: int, most: int) -> Iterator[Fault]:
    yield from _count(place, value, least, most)
    if not isinstance(value, list):
        return
    seen: set[str] = set()
    for number, part in enumerate(value):
        here = f"{place}.{number}"
        yield from _object(here, part, fields)
        if isinstance(part, dict):
            yield from _key_phrase(here, part)
        key = part.get("key") if isinstance(part, dict) else None
        if not isinstance(key, str):
            continue
        if not re.fullmatch(r"[a-z]+(?:_[a-z]+)*", key):
            yield f"{here}.key", "key", {}
        elif key in seen:
            yield f"{here}.key", "twice", {}
        seen.add(key)


@transaction.atomic
def publish(version: ScriptVersion, *, by: Person, at: dt.datetime) -> ScriptVersion:
    """Publish a draft and retire the version before it; from then on its words never change.

    Raises Problem for broken content, with the place and reason of each fault; Conflict when it is no longer a draft.
    """
    script = Script.objects.select_for_update().get(pk=version.script_id)
    draft = ScriptVersion.objects.filter(pk=version.pk, status=ScriptVersion.Status.DRAFT).first()
    if draft is None:
        raise Conflict("not_a_draft", _("Only a draft can be published. Look again."))
    errors = faults(draft.content, script)
    if errors:
        raise Problem("broken_script", _("This script can't be published; each fault is named."), errors=errors)
    published = ScriptVersion.objects.filter(script=script, status=ScriptVersion.Status.PUBLISHED)
    published.update(status=ScriptVersion.Status.RETIRED)
    draft.status = ScriptVersion.Status.PUBLISHED
    draft.published_at = at
    draft.published_by = by
    draft.save()
    _everybody_looks_again()
    return draft


def _everybody_looks_again() -> None:
    """Raise the work version of all people: every worklist holds the list of scripts.

    No ring: a new script is no alarm, and the catch-up query finds everybody within three seconds, while 5,000 rings
    would hold up the publisher. Rows are locked in the order of ids, as everywhere, so that there is no deadlock.
    """
    known = WorkVersion.objects.order_by("person_id").select_for_update().values_list("person_id", flat=True)
    without = set(Person.objects.filter(is_active=True).values_list("pk", flat=True)) - set(known)
    WorkVersion.objects.update(version=F("version") + 1)
    WorkVersion.objects.bulk_create([WorkVersion(person_id=pk) for pk in sorted(without)], ignore_conflicts=True)


@transaction.atomic
def new_draft(script: Script, content: Any) -> ScriptVersion:
    """Return a new draft of `script` with the next number."""
    Script.objects.select_for_update().get(pk=script.pk)
    newest = ScriptVersion.objects.filter(script=script).order_by("-number").values_list("number", flat=True).first()
    return ScriptVersion.objects.create(script=script, number=(newest or 0) + 1, content=content)
