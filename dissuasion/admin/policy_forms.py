"""Forms for a new version of the rules: a field for every number, filled from the version in force."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from dissuasion.models import Policy
from dissuasion.models.policy import FAULTS
from dissuasion.rules import deadlines, ladder, scam_types, triage

SEPARATOR = "__"
POINTS = {
    "funds_moving": lazy("Money is already moving"),
    "source_high": lazy("The source says high risk"),
    "source_medium": lazy("The source says medium risk"),
    "large_amount": lazy("A large amount is about to be sent"),
    "high_loss_type": lazy("A scam type with high losses"),
    "hot_area": lazy("A division with many losses lately"),
    "repeat": lazy("Each earlier warning within seven days"),
    "aged": lazy("Of a great age"),
    "lives_alone": lazy("Lives alone"),
    "earlier_victim": lazy("Lost money to fraud before"),
    "denied_before": lazy("Denied it or refused help before"),
}
NUMBERS = {
    "large_amount_yuan": lazy("A large amount begins at (yuan)"),
    "aged_years": lazy("A great age begins at (years)"),
    "repeats_counted": lazy("Earlier warnings that count, at most"),
}
FLOORS = {
    "fund_alert": lazy("A fund alert from the police or a bank"),
    "money_moved": lazy("Money has moved already"),
    "large_amount_leaving": lazy("A large amount is about to move"),
    "source_says_high": lazy("A source says high, which only advises"),
}
FLOOR_LEVELS = {"": lazy("by its points"), "medium": lazy("medium at least"), "high": lazy("high: a visit")}
CHANNEL_NAMES = {
    "funds": lazy("funds"), "app": lazy("app"), "call": lazy("telephone call"), "sms": lazy("text message"),
    "web": lazy("web page"), "bank": lazy("bank"), "hotline": lazy("hotline"),
}  # fmt: skip
RISK_NAMES = {"high": lazy("High risk"), "medium": lazy("Medium risk"), "low": lazy("Low risk")}
STEP_NAMES = {
    "acknowledge": lazy("Acknowledged within"),
    "contact": lazy("Resident contacted within"),
    "arrive": lazy("At the door within"),
    "record": lazy("Recorded, once there, within"),
}
STEP_PAIRS = (("acknowledge", "contact"), ("arrive", "record"))
SPANS = {"d": 86400, "天": 86400, "h": 3600, "小时": 3600, "min": 60, "分钟": 60, "分": 60, "s": 1, "秒": 1}
UNITS = ((86400, lazy("%d d")), (3600, lazy("%d h")), (60, lazy("%d min")), (1, lazy("%d s")))


def span_in_words(seconds: int) -> str:
    """Return a span of seconds as it is written in the form: 1 h 30 min."""
    words = []
    for size, unit in UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(str(unit) % count)
    return " ".join(words)


class SpanField(forms.CharField):
    """A span of time in words: 90 s, 2 min, 1 h 30 min, 2 d. Its value is in seconds."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return span_in_words(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").strip().lower()
        if not text:
            return None
        parts = re.findall(r"([0-9]{1,7})\s*([a-z]+|[^\s0-9]+)", text)
        read = "".join(count + unit for count, unit in parts) == re.sub(r"\s", "", text)
        if not parts or not read or any(unit not in SPANS for _count, unit in parts):
            raise ValidationError(_("Write a number and a unit: 90 s, 2 min, 1 h 30 min, 2 d."))
        return sum(int(count) * SPANS[unit] for count, unit in parts)

    def run_validators(self, value: Any) -> None:
        if value is not None and not 0 < value <= 30 * 86400:
            raise ValidationError(_("From one second to thirty days."))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True  # the whole policy is stored, and compared as a whole


class CodesField(forms.Field):
    """Division codes with commas between them."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        codes = [code for code in re.split(r"[\s,，、;；]+", value or "") if code]
        wrong = [code for code in codes if not re.fullmatch(r"\d{4}|\d{6}|\d{9}|\d{12}", code)]
        if wrong:
            raise ValidationError(_("Not the code of a division: %(codes)s") % {"codes": ", ".join(wrong)})
        return list(dict.fromkeys(codes))  # each once, in their order


class PolicyForm(forms.ModelForm):
    """What all policy forms share: they start from the version in force, ask for a reason and offer a preview."""

    kind = ""
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Policy
        fields = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        current = Policy.newest(self.kind)
        kwargs["initial"] = {
            **self.initial_values(current.content),
            "base": current.version,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.current = current
        self.instance.kind, self.instance.content = self.kind, current.content

    def initial_values(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return a policy's content as initial values of the fields."""
        found: dict[str, Any] = {}
        for name, value in content.items():
            nested = isinstance(value, dict)
            found |= {f"{name}{SEPARATOR}{key}": v for key, v in value.items()} if nested else {name: value}
        return found

    def content_from(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the policy's content from the values of the fields."""
        content: dict[str, Any] = {}
        for name in self.initial_values(self.current.content):
            above, _separator, key = name.partition(SEPARATOR)
            if key:
                content.setdefault(above, {})[key] = data[name]
            else:
                content[name] = data[name]
        return content

    @property
    def is_preview(self) -> bool:
        """Whether the admin only wants to see what these numbers mean."""
        return "_preview" in self.data

    def is_valid(self) -> bool:
        """Return False for a preview as well: the page is shown again, and nothing is saved."""
        return super().is_valid() and not self.is_preview

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        content = self.content_from(data)
        faults = FAULTS[self.kind](content)
        if not faults:
            self.instance.content = content  # readable, so the preview shows it even if it conflicts with other rules
            faults = self.conflicts(content)
        for fault in faults:
            self.add_fault(fault, content)
        if faults:
            return data
        if not self.is_preview and data.get("base") != self.current.version:
            raise ValidationError(
                _("Somebody made version %(n)d meanwhile. Open the page again.") % {"n": self.current.version}
            )
        if not self.is_preview and content == self.current.content:
            raise ValidationError(_("Nothing differs from version %(n)d in force.") % {"n": self.current.version})
        return data

    def conflicts(self, content: dict[str, Any]) -> list[str]:
        """Return the conflicts of readable content with other rules or with the people there, as codes."""
        return []

    def add_fault(self, fault: str, content: dict[str, Any]) -> None:
        """Add a fault of `content`, given as a code, to the field that it concerns, in words."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        # The model would name the fault at a field that this form does not have.
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]


def _whole(label: Any, most: int, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=UnfoldAdminIntegerFieldWidget)


class TriageBase(PolicyForm):
    """Points and thresholds."""

    kind = Policy.Kind.TRIAGE.value
    thresholds__medium = _whole(lazy("Medium risk from (points)"), 1000, 1)
    thresholds__high = _whole(lazy("High risk from (points)"), 1000, 1)
    high_loss_types = forms.MultipleChoiceField(
        label=lazy("Scam types with high losses"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "ds-ticks"}),
    )
    fund_channels = forms.MultipleChoiceField(
        label=lazy("Channels of fund alerts"),
        required=False,
        choices=list(CHANNEL_NAMES.items()),
        widget=forms.CheckboxSelectMultiple({"class": "ds-ticks"}),
    )
    hot_divisions = CodesField(
        label=lazy("Divisions with many losses lately"), required=False,
        help_text=lazy("Codes with commas between them; whatever lies below a division counts with it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh-hans"
        kinds: Any = self.fields["high_loss_types"]
        kinds.choices = [(code, scam_types.name(code, language)) for code in scam_types.NAMES]

    def add_fault(self, fault: str, content: dict[str, Any]) -> None:
        if fault == "thresholds: order":
            self.add_error("thresholds__high", _("High risk must begin above medium risk."))
        else:
            self.add_error(None, _("Not readable: %s") % fault)


class DeadlinesBase(PolicyForm):
    """How much time each step has."""

    kind = Policy.Kind.DEADLINES.value

    @cached_property
    def rungs(self) -> dict[str, Any]:
        """The ladder in force."""
        return dict(Policy.newest(Policy.Kind.LADDER).content)

    def conflicts(self, content: dict[str, Any]) -> list[str]:
        return [f"{risk}: hasty" for risk in ladder.too_early(self.rungs, content)]

    def add_fault(self, fault: str, content: dict[str, Any]) -> None:
        risk, _colon, what = fault.partition(": ")
        if what == "order":
            text = _("The steps come one after the other: acknowledge, contact, arrive.")
            self.add_error(f"{risk}{SEPARATOR}acknowledge", text)
        elif what == "hasty":
            text = _("The ladder lets people go at %(end)s, before this time is over.")
            self.add_error(f"{risk}{SEPARATOR}acknowledge", text % {"end": span_in_words(self.rungs[risk]["next"])})
        else:
            self.add_error(None, _("Not readable: %s") % fault)


_POINT_FIELDS = {f"points{SEPARATOR}{code}": _whole(POINTS[code], 100) for code in triage.FIRST_WEIGHTS["points"]}
_NUMBER_FIELDS = {name: _whole(label, 1_000_000_000) for name, label in NUMBERS.items()}
_FLOOR_FIELDS = {
    f"floors{SEPARATOR}{code}": forms.ChoiceField(
        label=label, required=False, choices=list(FLOOR_LEVELS.items()), widget=UnfoldAdminSelectWidget
    )
    for code, label in FLOORS.items()
}
_SPAN_FIELDS = {
    f"{risk}{SEPARATOR}{step}": SpanField(label=STEP_NAMES[step])
    for risk in RISK_NAMES
    for step in deadlines.FIRST_POLICY[risk]
}
_form: Any = type(PolicyForm)
_triage_fields = {**_POINT_FIELDS, **_NUMBER_FIELDS, **_FLOOR_FIELDS}
TriageForm: Any = _form("TriageForm", (TriageBase,), {"__module__": __name__, **_triage_fields})
DeadlinesForm: Any = _form("DeadlinesForm", (DeadlinesBase,), {"__module__": __name__, **_SPAN_FIELDS})

TRIAGE_FIELDSETS = [
    (lazy("Points"), {"fields": [tuple(list(_POINT_FIELDS)[i : i + 2]) for i in range(0, len(_POINT_FIELDS), 2)]}),
    (lazy("From how many points"), {"fields": [("thresholds__medium", "thresholds__high")]}),
    (lazy("Never below, whatever the points"), {"fields": [tuple(_FLOOR_FIELDS), "fund_channels"]}),
    (lazy("What counts"), {"fields": [*_NUMBER_FIELDS, "high_loss_types", "hot_divisions"]}),
]
DEADLINES_FIELDSETS = [
    (name, {"fields": [tuple(f"{risk}{SEPARATOR}{step}" for step in pair) for pair in STEP_PAIRS]})
    for risk, name in RISK_NAMES.items()
]
