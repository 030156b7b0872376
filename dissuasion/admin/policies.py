"""Policies: a version never changes; a new one starts from the one in force, with a preview of what it means."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from config.lib.admin.pages import AdminPage, action, display
from dissuasion.admin import ladder_form, policy_forms
from dissuasion.admin.ladder_line import ladder_preview
from dissuasion.admin.scripts import scam_name
from dissuasion.models import Policy
from dissuasion.models.policy import FAULTS
from dissuasion.rules import deadlines, triage, words
from dissuasion.rules.levels import Risk
from dissuasion.rules.triage import Features

KINDS: dict[str, tuple[Any, list[Any]]] = {
    Policy.Kind.TRIAGE.value: (policy_forms.TriageForm, policy_forms.TRIAGE_FIELDSETS),
    Policy.Kind.DEADLINES.value: (policy_forms.DeadlinesForm, policy_forms.DEADLINES_FIELDSETS),
    Policy.Kind.LADDER.value: (ladder_form.LadderForm, ladder_form.LADDER_FIELDSETS),
}
FUNDS = frozenset({"funds"})
# Example warnings, from the mildest to the worst: the preview shows how these weights would judge them.
EXAMPLES: list[tuple[Any, dict[str, Any]]] = [
    (lazy("A text message, fake order rebates, nothing sent"), {"scam_type": "rebate", "channels": frozenset({"sms"})}),
    (lazy("A telephone call, fake credit record, source says medium"),
     {"scam_type": "credit_record", "source_risk": "medium", "channels": frozenset({"call"})}),
    (lazy("The same again, third warning within seven days"),
     {"scam_type": "credit_record", "source_risk": "medium", "channels": frozenset({"call"}), "repeats": 2}),
    (lazy("Aged 71, lives alone, talks to false police, source says medium"),
     {"scam_type": "police_impersonation", "source_risk": "medium", "age": 71, "lives_alone": True}),
    (lazy("Source says high, fake online investment, nothing sent yet"),
     {"scam_type": "investment", "source_risk": "high"}),
    (lazy("About to send ¥200,000, fake online investment, source says high"),
     {"scam_type": "investment", "source_risk": "high", "amount_at_risk": 200_000, "channels": FUNDS}),
    (lazy("A fund alert from the police, no amount"),
     {"scam_type": "virtual_currency", "channels": FUNDS, "official_channels": FUNDS}),
    (lazy("Fake shopping, a superior's instruction: urgent"), {"scam_type": "shopping", "instruction": "urgent"}),
]  # fmt: skip
WAYS = {
    Risk.HIGH: lazy("a visit at once"),
    Risk.MEDIUM: lazy("a call from 96110"),
    Risk.LOW: lazy("a text message or automatic voice"),
}


def triage_preview(content: dict[str, Any]) -> str:
    """Return how these weights judge a few example warnings, as a table."""
    rows = []
    for text, features in EXAMPLES:
        judged = triage.judge(Features(**features), content)
        reasons = [f"{words.sentence(r['code'], r['params'])} {r['points']}" for r in judged.reasons]
        rows.append({"text": text, "points": judged.points, "risk": judged.risk.value, "reasons": reasons,
                     "name": policy_forms.RISK_NAMES[judged.risk.value]})  # fmt: skip
    levels = [(policy_forms.RISK_NAMES[risk.value], risk.value, content["thresholds"].get(risk.value, 0), WAYS[risk])
              for risk in (Risk.HIGH, Risk.MEDIUM, Risk.LOW)]  # fmt: skip
    return render_to_string("admin/dissuasion/policy/triage.html", {"rows": rows, "levels": levels})


def deadlines_preview(content: dict[str, Any]) -> str:
    """Return by when each step of an assignment given at 14:00 would be due, as a table."""
    given = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    rows = []
    for risk, name in policy_forms.RISK_NAMES.items():
        due = deadlines.freeze(content, risk=risk, at=given)
        times = [due.acknowledge_by, due.contact_by, due.arrive_by, due.record_by]
        rows.append({"risk": risk, "name": name, "times": [_moment(time, given) for time in times]})
    return render_to_string("admin/dissuasion/policy/deadlines.html", {"rows": rows})


def _moment(time: dt.datetime, given: dt.datetime) -> str:
    days = (time.date() - given.date()).days
    clock = f"{time:%H:%M:%S}".removesuffix(":00")
    return clock if not days else _("%(clock)s, day %(n)d") % {"clock": clock, "n": days + 1}


PREVIEWS = {
    Policy.Kind.TRIAGE.value: triage_preview,
    Policy.Kind.DEADLINES.value: deadlines_preview,
    Policy.Kind.LADDER.value: ladder_preview,
}
TITLES = {
    Policy.Kind.TRIAGE.value: lazy("New triage weights"),
    Policy.Kind.DEADLINES.value: lazy("New deadlines"),
    Policy.Kind.LADDER.value: lazy("New ladder"),
}


def named_numbers(kind: str, content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every number of a policy with its name, as people read it."""
    forms = policy_forms
    if kind == Policy.Kind.LADDER:
        return ladder_form.named_numbers(content)
    if kind == Policy.Kind.DEADLINES:
        return [
            (_("%(level)s: %(name)s") % {"level": level, "name": name}, forms.span_in_words(content[risk][step]))
            for risk, level in forms.RISK_NAMES.items()
            for step, name in forms.STEP_NAMES.items()
        ]
    rows = [(str(label), str(content["points"][code])) for code, label in forms.POINTS.items()]
    rows += [(str(forms.TriageForm.base_fields[f"thresholds__{level}"].label), str(content["thresholds"][level]))
             for level in (Risk.MEDIUM, Risk.HIGH)]  # fmt: skip
    rows += [(str(label), str(content[name])) for name, label in forms.NUMBERS.items()]
    floors = content.get("floors", {})  # versions from before the floors have none
    rows += [(str(label), str(forms.FLOOR_LEVELS[floors.get(code, "")])) for code, label in forms.FLOORS.items()]
    lists = {
        "fund_channels": [str(forms.CHANNEL_NAMES[name]) for name in content.get("fund_channels", [])],
        "high_loss_types": [scam_name(code) for code in content["high_loss_types"]],
        "hot_divisions": content["hot_divisions"],
    }
    return rows + [(str(forms.TriageForm.base_fields[name].label), _(", ").join(of)) for name, of in lists.items()]


@admin.register(Policy)
class PolicyAdmin(AdminPage):
    """Triage weights, deadlines and the ladder: the highest version of a kind is in force."""

    changes = False
    list_display = ("rules", "version", "in_force", "reason", "made_at")
    list_display_links = ("rules",)
    list_filter = ("kind",)
    actions_list = ("weights", "times", "rungs")
    actions_list_hide_default = True

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = KINDS[self._kind(request)][0]
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            about: Any = (None, {"fields": (("rules", "version"), ("made_at", "reason"))})
            return [about, (lazy("What it means"), {"fields": ["preview"]}), (lazy("Numbers"), {"fields": ["numbers"]})]
        kind = self._kind(request)
        begins = _("This begins with version %(n)d, which is in force. Saved, it is in force for every new case.")
        begin: Any = (None, {"fields": (), "description": begins % {"n": Policy.current(kind).version}})
        meaning = (lazy("What it means"), {"fields": ["preview"]})
        return [begin, *KINDS[kind][1], meaning, (lazy("Why"), {"fields": ["reason", "base"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("preview",) if obj is None else ("rules", "version", "made_at", "reason", "preview", "numbers")

    def _kind(self, request: HttpRequest) -> str:
        asked = request.GET.get("kind", "")
        return asked if asked in KINDS else Policy.Kind.TRIAGE.value

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return super().add_view(request, form_url, {**(extra_context or {}), "title": TITLES[self._kind(request)]})

    @action(description=lazy("New triage weights"), url_path="weights", icon="balance", permissions=["add"])
    def weights(self, request: HttpRequest) -> HttpResponse:
        """Go to the form of new weights."""
        return HttpResponseRedirect(reverse("admin:dissuasion_policy_add") + "?kind=triage")

    @action(description=lazy("New deadlines"), url_path="times", icon="timer", permissions=["add"])
    def times(self, request: HttpRequest) -> HttpResponse:
        """Go to the form of new deadlines."""
        return HttpResponseRedirect(reverse("admin:dissuasion_policy_add") + "?kind=deadlines")

    @action(description=lazy("New ladder"), url_path="rungs", icon="stairs", permissions=["add"])
    def rungs(self, request: HttpRequest) -> HttpResponse:
        """Go to the form of a new ladder."""
        return HttpResponseRedirect(reverse("admin:dissuasion_policy_add") + "?kind=ladder")

    @display(description=lazy("kind"), ordering="kind")
    def rules(self, policy: Policy) -> str:
        return policy.get_kind_display()

    @display(description=lazy("in force"), boolean=True)
    def in_force(self, policy: Policy) -> bool:
        return not Policy.objects.filter(kind=policy.kind, version__gt=policy.version).exists()

    @display(description=lazy("preview"))
    def preview(self, policy: Policy) -> str:
        """Return what the numbers mean: those of a version, or those that stand in the form."""
        if FAULTS[policy.kind](policy.content):
            return _("These numbers can't be read.")
        button = render_to_string("admin/dissuasion/policy/button.html") if policy._state.adding else ""
        return format_html("{}{}", PREVIEWS[policy.kind](policy.content), button)

    @display(description=lazy("numbers"))
    def numbers(self, policy: Policy) -> str:
        """Return every number, and beside it what it was in the version before."""
        older = Policy.objects.filter(kind=policy.kind, version__lt=policy.version).order_by("-version").first()
        before = dict(named_numbers(policy.kind, older.content)) if older else {}
        rows = [(name, now, (before[name] or "–") if before.get(name, now) != now else "")
                for name, now in named_numbers(policy.kind, policy.content) if now or before.get(name)
                or policy.kind != Policy.Kind.LADDER]  # fmt: skip
        return render_to_string("admin/dissuasion/policy/numbers.html", {"rows": rows})
