"""Scripts and their versions: a draft is edited as JSON text and published; a published one is read only."""

import json
from typing import Any, NoReturn

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from config.lib.admin.pages import AdminPage, AdminRows, action, display, link
from config.lib.http.json_body import is_storable
from config.lib.http.problems import FieldFault, Problem
from dissuasion.actions.scripts import publication
from dissuasion.models import Script, ScriptVersion
from dissuasion.rules import scam_types

Status = ScriptVersion.Status
MAX_LENGTH, MAX_DEPTH = 100_000, 12  # characters of a script as text; levels of its JSON
SKELETON: dict[str, Any] = {
    "scam_type": "", "audience": "resident", "language": "zh-hans", "title": "", "before": [],
    "steps": [{"key": "calm", "title": "", "say": "", "ask": None, "do": "", "dont_say": None}],
    "objections": [{"key": "", "they_say": "", "answer": "", "then": None}],
    "never_ask": [], "never_say": [], "show": [{"key": "", "title": "", "lines": []}], "agree": [],
    "follow_up": {"1": "", "14": "", "28": ""}, "basis": [],
}  # fmt: skip


def scam_name(code: str) -> str:
    """Return the name of a scam type in the reader's language."""
    return scam_types.name(code, get_language() or "zh-hans")


def pretty(content: Any) -> str:
    """Return JSON as an editor reads it."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _deep(value: Any, levels: int) -> bool:
    if levels < 0:
        return True
    parts: list[Any] = []
    if isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, list):
        parts = value
    return any(_deep(part, levels - 1) for part in parts)


class JSONText(forms.CharField):
    """JSON, written by hand: what can't be read is named by line and column."""

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else pretty(value)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if len(text) > MAX_LENGTH:
            raise ValidationError(_("This text is too long: at most %(most)d characters.") % {"most": MAX_LENGTH})
        try:
            read = json.loads(text, parse_constant=_refuse)
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            raise ValidationError(_("Line %(line)d, column %(column)d is not JSON.") % place) from error
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("A number is not finite or too long, or the nesting is too deep.")) from error
        if _deep(read, MAX_DEPTH) or not is_storable(read):
            raise ValidationError(_("The nesting is too deep, or a character can't be stored."))
        return read

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class ScriptForm(forms.ModelForm):
    """What a script is for: fixed once it exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "scam_type" in self.fields:
            names = [(code, scam_name(code)) for code in scam_types.NAMES]
            label = self.fields["scam_type"].label
            self.fields["scam_type"] = forms.ChoiceField(choices=names, widget=UnfoldAdminSelectWidget, label=label)


class VersionForm(forms.ModelForm):
    """A draft, as JSON text."""

    content = JSONText(
        label=capfirst(_("content")),
        widget=UnfoldAdminTextareaWidget({"rows": 32, "spellcheck": "false", "class": "ds-json"}),
        help_text=_("JSON: a draft may be unfinished; it is checked when it is published."),
    )

    class Meta:
        model = ScriptVersion
        fields = ["script", "content"]

    def clean_content(self) -> Any:
        content = self.cleaned_data["content"]
        if not isinstance(content, dict):
            raise ValidationError(_("A script is a JSON object."))
        return content


class VersionRows(AdminRows):
    """The versions of a script; a click opens one."""

    model = ScriptVersion
    adds = changes = False
    ordering = ("-number",)
    fields = readonly_fields = ("version", "status", "published_at", "published_by")

    @display(description=_("version"))
    def version(self, version: ScriptVersion) -> str:
        return link(version, str(version.number))


@admin.register(Script)
class ScriptAdmin(AdminPage):
    """Scam type, audience and language: what a script is for."""

    form = ScriptForm
    inlines = (VersionRows,)
    list_display = ("name", "audience", "language", "in_use")
    list_display_links = ("name",)
    list_filter = ("audience", "language")
    list_per_page = 100
    fields = ("scam_type", ("audience", "language"))
    actions_detail = ("write",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("name", "audience", "language") if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": ("name", ("audience", "language"))})] if obj else super().get_fieldsets(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    @display(description=_("scam type"), ordering="scam_type")
    def name(self, script: Script) -> str:
        return scam_name(script.scam_type)

    @display(description=_("version in use"))
    def in_use(self, script: Script) -> int | None:
        published = script.versions.filter(status=Status.PUBLISHED)
        return published.values_list("number", flat=True).first()

    @action(description=_("Write a new version"), url_path="write", icon="edit", permissions=["change"])
    def write(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to the form of a new version, filled from the one in use."""
        return HttpResponseRedirect(f"{reverse('admin:dissuasion_scriptversion_add')}?script={object_id}")


@admin.register(ScriptVersion)
class ScriptVersionAdmin(AdminPage):
    """Versions: drafts are edited here, published and retired ones only read."""

    form = VersionForm
    list_display = ("name", "audience", "language", "number", "state", "published_at", "published_by")
    list_display_links = ("name",)
    list_select_related = ("script", "published_by")
    list_filter = ("status", "script__audience", "script__language")
    search_fields = ("script__scam_type", "=sha256")
    search_help_text = _("Code of the scam type, or a whole hash")
    readonly_fields = ("status", "number", "published_at", "published_by", "sha256", "phone", "text")
    actions_detail = ("write",)
    actions_submit_line = ("publish",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        draft = not isinstance(obj, ScriptVersion) or obj.status == Status.DRAFT
        return draft and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft may be deleted, one at a time: deleting many from the list could delete a published one as well."""
        draft = isinstance(obj, ScriptVersion) and obj.status == Status.DRAFT
        return draft and self.has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "script") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": ("script", "content")})]
        about = ["script", ("number", "status")]
        if obj.status == Status.DRAFT:
            return [(None, {"fields": [*about, "content"]}), (_("As on the phone"), {"fields": ["phone"]})]
        about += [("published_at", "published_by"), "sha256"]
        return [
            (None, {"fields": about}),
            (_("As on the phone"), {"fields": ["phone"]}),
            (_("Text"), {"fields": ["text"]}),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the words in use, or with those of the version that was looked at."""
        asked, script = request.GET.get("version", ""), request.GET.get("script", "")
        versions = ScriptVersion.objects.exclude(status=Status.DRAFT).order_by("-number")
        model = None
        if asked.isdecimal():
            model = ScriptVersion.objects.filter(pk=asked).first()
        elif script.isdecimal():
            model = versions.filter(script_id=int(script)).first()
        if model is not None:
            return {"script": model.script_id, "content": model.content}
        return {"script": script if script.isdecimal() else None, "content": SKELETON}

    def get_actions_submit_line(self, request: HttpRequest, object_id: Any) -> list[Any]:
        if not ScriptVersion.objects.filter(pk=object_id, status=Status.DRAFT).exists():
            return []
        return list(super().get_actions_submit_line(request, object_id))

    def save_model(self, request: HttpRequest, obj: ScriptVersion, form: Any, change: bool) -> None:
        if not change:
            made = publication.new_draft(obj.script, obj.content)
            obj.pk = made.pk
            obj.number = made.number
            obj.sha256 = made.sha256
        else:
            super().save_model(request, obj, form, change)
        if self._publish_name() not in request.POST:
            self._tell(request, publication.faults(obj.content, obj.script), messages.WARNING)

    def response_change(self, request: HttpRequest, obj: ScriptVersion) -> HttpResponse:
        """After publishing, or failing to, show the same page again."""
        if self._publish_name() in request.POST:
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def _publish_name(self) -> str:
        return str(self.get_unfold_action("publish").action_name)

    def _tell(self, request: HttpRequest, errors: list[FieldFault], level: int) -> None:
        for error in errors[:12]:
            self.message_user(request, f"{error['field'] or _('script')}: {error['reason']}", level)

    @action(description=_("Save and publish"), permissions=["change"])
    def publish(self, request: HttpRequest, obj: ScriptVersion) -> None:
        """Publish the draft that was just saved; with faults it stays a draft, and each fault is shown."""
        try:
            publication.publish(obj, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except Problem as problem:
            self.message_user(request, problem.detail, messages.ERROR)
            self._tell(request, problem.errors, messages.ERROR)
        else:
            self.message_user(request, _("Published. Phones fetch it within seconds."), messages.SUCCESS)

    @action(
        description=_("Write a new version from this"), url_path="write", icon="edit", permissions=["add"],
        variant=ActionVariant.DEFAULT,
    )  # fmt: skip
    def write(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to the form of a new version, filled from this one."""
        return HttpResponseRedirect(f"{reverse('admin:dissuasion_scriptversion_add')}?version={object_id}")

    @display(description=_("scam type"), ordering="script__scam_type")
    def name(self, version: ScriptVersion) -> str:
        return scam_name(version.script.scam_type)

    @display(description=_("audience"))
    def audience(self, version: ScriptVersion) -> str:
        return version.script.get_audience_display()

    @display(description=_("language"))
    def language(self, version: ScriptVersion) -> str:
        return version.script.get_language_display()

    @display(description=_("status"), label={Status.DRAFT: "info", Status.PUBLISHED: "success"}, ordering="status")
    def state(self, version: ScriptVersion) -> tuple[str, str]:
        return version.status, version.get_status_display()

    @display(description=_("words"))
    def phone(self, version: ScriptVersion) -> str:
        return render_to_string("admin/dissuasion/scriptversion/phone.html", {"script": version.content})

    @display(description=_("JSON"))
    def text(self, version: ScriptVersion) -> str:
        return render_to_string("admin/json_text.html", {"text": pretty(version.content)})
