"""The form for a new version of the ladder: a field for every rung of every risk; an empty one leaves its rung out."""

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dissuasion.admin import ladder_gaps
from dissuasion.admin.policy_forms import RISK_NAMES, SEPARATOR, PolicyForm, SpanField, span_in_words
from dissuasion.models import Policy
from dissuasion.queries import reachability
from dissuasion.rules import ladder
from dissuasion.rules.levels import Risk

RUNG_NAMES = {
    "push": lazy("Push"),
    "text": lazy("Text message"),
    "voice": lazy("Voice call"),
    "messenger": lazy("Work messenger"),
    "second": lazy("Second officer"),
    "chief": lazy("Station chief"),
    "county": lazy("County desk"),
    "next": lazy("Next person"),
}
RUNG_PAIRS = (("push", "text"), ("voice", "messenger"), ("second", "chief"), ("county", "next"))
# What a fault says, by its code without the risk; the field is that of the rung that the code names, or this one.
FAULTS: dict[str, tuple[str, Any]] = {
    "empty": ("next", lazy("This ladder has no rungs: nobody else would ever be asked.")),
    "no_end": ("next", lazy("This ladder has no end: without the next person a case could wait for ever.")),
    "alone": ("second", lazy("High risk needs somebody besides: a second officer or the station chief.")),
    "hasty": ("next", lazy("People would be let go before their time to acknowledge is over, which is %(answer)s.")),
    "order": ("", lazy("%(rung)s comes too early: first the second officer, then the station chief, then the county.")),
    "unreachable": ("", lazy("%(rung)s is never reached: it comes after everybody has been let go at %(end)s.")),
}


def named_numbers(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every rung of a ladder with its name and when it comes; nothing for one that is left out."""
    return [
        (_("%(level)s: %(name)s") % {"level": level, "name": name}, span_in_words(content[risk].get(do, 0)))
        for risk, level in RISK_NAMES.items()
        for do, name in RUNG_NAMES.items()
    ]


class LadderBase(PolicyForm):
    """When which rung is taken."""

    kind = Policy.Kind.LADDER.value

    @cached_property
    def gaps(self) -> reachability.Gaps:
        """Who can't be reached while this form is looked at."""
        return reachability.gaps(now=timezone.now())

    def content_from(self, data: dict[str, Any]) -> dict[str, Any]:
        fields = {risk: {do: data[f"{risk}{SEPARATOR}{do}"] for do in RUNG_NAMES} for risk in RISK_NAMES}
        return {risk: {do: s for do, s in rungs.items() if s is not None} for risk, rungs in fields.items()}

    def conflicts(self, content: dict[str, Any]) -> list[str]:
        hasty = [f"{risk}: hasty" for risk in ladder.too_early(content, self.clocks)]
        return [*hasty, *ladder_gaps.faults(content, self.gaps)]

    @cached_property
    def clocks(self) -> dict[str, Any]:
        """The deadlines in force."""
        return dict(Policy.newest(Policy.Kind.DEADLINES).content)

    def add_fault(self, fault: str, content: dict[str, Any]) -> None:
        risk, _colon, what = fault.partition(": ")
        code, _space, do = what.partition(" ")
        if code == "unheard":
            self.add_error(f"{risk}{SEPARATOR}{do}", ladder_gaps.reason(do, content[risk], self.gaps))
        elif code in FAULTS:
            place, text = FAULTS[code]
            about = {
                "rung": RUNG_NAMES.get(do, ""),
                "end": span_in_words(content[risk].get("next", 0)),
                "answer": span_in_words(self.clocks[risk]["acknowledge"]),
            }
            self.add_error(f"{risk}{SEPARATOR}{do or place}", str(text) % about)
        else:
            self.add_error(None, _("Not readable: %s") % fault)


_FIELDS = {
    f"{risk}{SEPARATOR}{do}": SpanField(label=name, required=False)
    for risk in RISK_NAMES
    for do, name in RUNG_NAMES.items()
}
_form: Any = type(PolicyForm)
LadderForm: Any = _form("LadderForm", (LadderBase,), {"__module__": __name__, **_FIELDS})

_ABOUT = lazy("Counted from the assignment. What is left empty is left out.")
LADDER_FIELDSETS = [
    (level, {"fields": [tuple(f"{risk}{SEPARATOR}{do}" for do in pair) for pair in RUNG_PAIRS],
             "description": _ABOUT if risk == Risk.HIGH else ""})
    for risk, level in RISK_NAMES.items()
]  # fmt: skip
