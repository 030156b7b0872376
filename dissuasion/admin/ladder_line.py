"""A ladder as a time line: what happens at which second when nobody answers."""

import math
from collections import defaultdict
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy

from dissuasion.admin import ladder_gaps
from dissuasion.admin.ladder_form import RUNG_NAMES
from dissuasion.admin.policy_forms import RISK_NAMES, span_in_words
from dissuasion.models import Policy
from dissuasion.queries import reachability
from dissuasion.rules import ladder

SENTENCES = {
    "push": lazy("Push, if the phone has not shown it"),
    "text": lazy("Text message, if the phone has not shown it"),
    "voice": lazy("Voice call, if the phone has not shown it"),
    "messenger": lazy("Work messenger, if the phone has not shown it"),
    "second": lazy("A second officer is asked as well: whoever acknowledges first has the case"),
    "chief": lazy("The station chief is told"),
    "county": lazy("The county desk is told"),
    "next": lazy("Everybody who was asked is let go, and the next person is asked"),
}
# In percent of the line: its begin and end, and the least distance between two moments.
BEGIN, END, APART = 4.0, 93.0, 11.0
# In pixels: down to the first word under the rail, from word to word, and besides from name to name.
TO_WORDS, A_WORD, A_NAME = 70, 16, 6


def ladder_preview(content: dict[str, Any]) -> str:
    """Return the time line of each risk, and who could not be reached now."""
    clocks = Policy.current(Policy.Kind.DEADLINES).content
    lines = [
        {"risk": risk, "name": name, "answer": span_in_words(clocks[risk]["acknowledge"]), **_line(content[risk])}
        for risk, name in RISK_NAMES.items()
    ]
    warnings = ladder_gaps.warnings(reachability.gaps(now=timezone.now()))
    return render_to_string("admin/dissuasion/policy/ladder.html", {"lines": lines, "warnings": warnings})


def _line(rungs: dict[str, int]) -> dict[str, Any]:
    together: dict[int, list[str]] = defaultdict(list)
    for do in ladder.RUNG_KINDS:
        if do in rungs:
            together[rungs[do]].append(do)
    seconds = sorted(together)
    moments = [_moment(after, together[after], x) for after, x in zip(seconds, places(seconds), strict=True)]
    height = max(moment["words"][-1]["y"] for moment in moments) + A_NAME
    return {"moments": moments, "height": height, "begin": f"{BEGIN}%", "end": moments[-1]["x"]}


def _kind(rungs: list[str]) -> str:
    if "next" in rungs:
        return "end"
    if any(do in ladder.CLIMB for do in rungs):
        return "climb"
    return "reach"


def _moment(after: int, rungs: list[str], x: float) -> dict[str, Any]:
    sentences = [SENTENCES[do] for do in rungs]
    return {
        "x": f"{x:.1f}%",
        "span": span_in_words(after),
        "kind": _kind(rungs),
        "words": _words(rungs),
        "sentences": sentences,
    }


def _words(rungs: list[str]) -> list[dict[str, Any]]:
    """Return the names of rungs word by word, one under the other: there is little room beside each other."""
    found: list[dict[str, Any]] = []
    y = TO_WORDS
    for do in rungs:
        for word in str(RUNG_NAMES[do]).split():
            found.append({"text": word, "y": y})
            y += A_WORD
        y += A_NAME
    return found


def places(seconds: list[int]) -> list[float]:
    """Return the places of ascending moments on the line, in percent: by their logarithm, but never too close."""
    last = math.log1p(seconds[-1] / 10)
    found: list[float] = []
    for after in seconds:
        fair = BEGIN + (END - BEGIN) * math.log1p(after / 10) / last
        found.append(max(fair, (found[-1] if found else BEGIN) + APART))
    behind = len(seconds) - 1
    return [min(x, END - APART * (behind - place)) for place, x in enumerate(found)]
