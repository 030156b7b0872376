"""Alert sources and their keys: a key is shown once, when it is made; here it can only be revoked."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldBooleanWidget

from config.lib.admin.pages import AdminPage, AdminRows, action, display
from dissuasion.models import AlertSource, SourceKey


class KeyForm(forms.ModelForm):
    """The one thing that can be done to a key."""

    revoke = forms.BooleanField(label=_("revoke now"), required=False, widget=UnfoldBooleanWidget)

    class Meta:
        model = SourceKey
        fields: list[str] = []

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("revoke") and self.instance.revoked_at is None:
            self.instance.revoked_at = timezone.now()
        return super().save(commit)


class KeyRows(AdminRows):
    """The keys of a source, by their first characters."""

    model = SourceKey
    form = KeyForm
    adds = False
    ordering = ("-made_at",)
    fields = ("prefix", "made_at", "revoked_at", "revoke")
    readonly_fields = ("prefix", "made_at", "revoked_at")


@admin.register(AlertSource)
class AlertSourceAdmin(AdminPage):
    """Who sends alerts. A source is silenced, never deleted: its alerts stay."""

    inlines = (KeyRows,)
    list_display = ("name", "code", "unit", "kind", "instructs", "is_active", "valid_keys")
    list_select_related = ("unit",)
    search_fields = ("code", "name")
    search_help_text = _("Name or code")
    autocomplete_fields = ("unit",)
    fields = (("code", "name"), "unit", ("kind", "instructs"), "is_active")
    actions_detail = ("issue_key",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    @display(description=_("valid keys"))
    def valid_keys(self, source: AlertSource) -> int:
        return source.keys.filter(revoked_at=None).count()

    @action(description=_("Issue a new key"), url_path="key", icon="key", permissions=["change"])
    def issue_key(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask first; when posted, make a key and show it once, in an answer that must not be cached."""
        source = self.get_object(request, object_id)
        if source is None:
            raise Http404
        key = self._issue(request, source) if request.method == "POST" else None
        page = {"title": _("Issue a new key"), "subtitle": str(source), "opts": self.opts, "source": source, "key": key}
        response = TemplateResponse(
            request, "admin/dissuasion/alertsource/key.html", {**self.admin_site.each_context(request), **page}
        )
        add_never_cache_headers(response)
        return response

    @transaction.atomic
    def _issue(self, request: HttpRequest, source: AlertSource) -> str:
        key = SourceKey.issue(source)
        self.log_change(request, source, [{"added": {"name": "source key", "object": f"{key[:8]}…"}}])
        return key
