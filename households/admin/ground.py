"""The admin's pages of the ground: divisions, grids, who is responsible for which piece."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from config.lib.admin.pages import AdminPage, AdminRows, display
from households import ground
from households.models import Coverage


class DivisionForm(forms.ModelForm):
    """One division: the code says where it hangs."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        code, parent = data.get("code"), data.get("parent")
        if code and (len(code) not in ground.CODE_LENGTHS or not re.fullmatch(r"\d+", code)):
            self.add_error("code", _("A code has 4, 6, 9 or 12 digits: city, county, township, village."))
        elif code and parent and not code.startswith(parent.code):
            self.add_error("parent", _("The code must begin with the code of the division above."))
        return data


class CoverageForm(forms.ModelForm):
    """Who is responsible for one piece of ground."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [name for name in ("division", "area", "household") if data.get(name)]
        if len(chosen) != 1:
            raise ValidationError(_("Choose one piece of ground: a division, a grid or a household."))
        return data


class DivisionPage(AdminPage):
    """Divisions by their official codes."""

    form = DivisionForm
    list_display = ("name", "code", "level", "parent", "unit")
    list_select_related = ("parent", "unit")
    list_filter = ("level",)
    ordering = ("code",)
    search_fields = ("^code", "name")
    search_help_text = _("Name, or the beginning of the code")
    autocomplete_fields = ("parent", "unit")
    fields = (("code", "name"), ("level", "parent"), "unit", ("lat", "lon"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "level", "parent") if obj else ()


class AreaPage(AdminPage):
    """Grids: a villagers' group or a building."""

    deletes = True
    list_display = ("name", "kind", "division")
    list_select_related = ("division",)
    list_filter = ("kind",)
    ordering = ("division", "name")
    search_fields = ("name", "^division__code", "division__name")
    search_help_text = _("Grid, or name or code of its division")
    autocomplete_fields = ("division",)
    fields = ("division", ("kind", "name"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("division",) if obj else ()


class CoverageRows(AdminRows):
    """The ground of a person."""

    model = Coverage
    form = CoverageForm
    deletes = True
    autocomplete_fields = ("division", "area")
    raw_id_fields = ("household",)
    fields = ("division", "area", "household")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Coverage]:
        rows: QuerySet[Coverage] = super().get_queryset(request)
        return rows.select_related("division", "area__division", "household__division")


class CoveragePage(AdminPage):
    """Who answers for which ground."""

    form = CoverageForm
    deletes = True
    list_display = ("person", "ground", "scope")
    list_select_related = ("person", "division", "area__division", "household__division")
    ordering = ("-pk",)
    search_fields = ("person__username", "person__name", "^division__code", "division__name", "area__name")
    search_help_text = _("Person, division or grid")
    autocomplete_fields = ("person", "division", "area")
    raw_id_fields = ("household",)
    fields = ("person", "division", "area", "household")

    @display(description=_("ground"))
    def ground(self, coverage: Coverage) -> str:
        return str(coverage.division or coverage.area or coverage.household)

    @display(description=_("kind"))
    def scope(self, coverage: Coverage) -> str:
        if coverage.division_id:
            return str(_("division"))
        return str(_("grid") if coverage.area_id else _("household"))
