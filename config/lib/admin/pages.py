"""What every page of the admin has in common: rights, sealed fields, long tables, search by a sealed number."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import lookup_spawns_duplicates, quote
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.forms import BooleanField, CharField
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as n_
from unfold import admin as theme
from unfold import decorators, views
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from config.lib.admin.middleware import may_administer
from config.lib.identity import BadNumber
from config.lib.sealing.fields import SealedTextField

# The theme's annotations are narrower than what it accepts (no lazy strings, no lists), so they are not used.
ThemePage: Any = theme.ModelAdmin
ThemeRows: Any = theme.TabularInline
ThemeList: Any = views.ChangeList
action: Any = decorators.action
display: Any = decorators.display

MAX_LISTED = 10_000
NUMBER_FAULTS = {
    "phone_format": _("This is not a telephone number: 11 digits for a mobile, area code and number for a land line."),
    "id_format": _("An ID number has 17 digits and a last digit or X."),
    "id_date": _("The date of birth inside this ID number does not exist."),
    "id_checksum": _("The last character of the ID number does not fit the others."),
}
# Words of the theme that Django's own catalogue does not have.
THEME_WORDS = (
    n_("Apply Filters"), n_("Filters"), n_("Type to search"), n_("Select action"), n_("Select value"), n_("Light"),
    n_("Dark"), n_("System"), n_("Search apps and models..."), n_("No results found"), n_("Recent actions"),
    n_("Reset filters"), n_("Reset"), n_("Record picture"), n_("Choose file to upload"), n_("Select record"),
    n_("Select action to run"), n_("Unknown content"), n_("Return to site"), n_("View site"), n_("Change password"),
    n_("This page yielded into no results. Create a new item or reset your filters."), n_("Show all"),
    n_("Select all rows"), n_("Cancel"), n_("Submit"), n_("Add new item"), n_("General"), n_("Close"),
    n_("Run"), n_("Go back"), n_("Date"), n_("This item will be deleted."), n_("Click to cancel"), n_("Expand row"),
    n_("More actions"), n_("Next"), n_("Previous"), n_("Toggle password visibility"), n_("Recent searches"),
    n_("No recent searches"), n_("No results matching your query"), n_("Loading more results..."),
    n_("After you've created a user, you’ll be able to edit more user options."), n_("All applications"),
    n_("Click to download"), n_("Image preview"), n_("No data"),
)  # fmt: skip


def context(request: HttpRequest) -> dict[str, Any]:
    """Return the template context of every admin page. No colours: Unfold would write them into the page as a style."""
    return {"colors": None}


def number_fault(error: BadNumber) -> str:
    """Return in words why a telephone or ID number can't be one."""
    return str(NUMBER_FAULTS[error.code])


class RoleRights:
    """Permissions come from the role, not from Django's table. Rows are deleted only where a page says so."""

    adds, changes, deletes = True, True, False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.adds and may_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.changes and may_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletes and may_administer(request.user)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(db_field, SealedTextField):
            field.label = capfirst(field.label)
            # The browser must not keep these values and offer them in other forms.
            if isinstance(field, CharField):
                field.widget = UnfoldAdminTextInputWidget({"autocomplete": "off", "maxlength": field.max_length})
            elif not isinstance(field, BooleanField):
                field.widget = UnfoldAdminTextInputWidget({"autocomplete": "off", "inputmode": "decimal"})
            else:
                field.widget = UnfoldBooleanSwitchWidget()
        return field


class ChangeList(ThemeList):
    """A list without its filter shows no second count."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.params and not self.query:
            self.full_result_count = self.result_count


class AdminPage(RoleRights, ThemePage):
    """A table of the admin."""

    list_per_page = 50
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    warn_unsaved_form = True

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ChangeList


class AdminRows(RoleRights, ThemeRows):
    """Rows inside another page of the admin."""

    extra = 0
    hide_title = True


class BoundedPaginator(Paginator):
    """Counts at most `MAX_LISTED` rows: counting a million costs more than the page, and nobody pages that far."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[:MAX_LISTED].count())


class ReadOnlyPage(AdminPage):
    """A long table that is read only: nobody adds, changes or deletes a row here.

    The newest rows come first by primary key, and no column is sorted: most have no index.
    """

    adds = changes = False
    ordering = ("-pk",)
    sortable_by = ()
    actions: tuple[str, ...] | None = None
    paginator = BoundedPaginator
    list_before_template = "admin/newest_listed.html"


class FindsSealed:
    """A page with a search by a whole telephone or ID number, through its blind index.

    The search is posted, and the address then holds the index: a number in an address ends in logs and histories.
    """

    change_list_template: Any = "admin/find_sealed.html"
    # Look-up of the queryset -> function that returns the index of a typed number (it raises BadNumber).
    sealed_lookups: dict[str, Callable[[str], str]] = {}

    def get_urls(self) -> list[Any]:
        page: Any = self
        name = f"{page.opts.app_label}_{page.opts.model_name}_find"
        found = path("find/", page.admin_site.admin_view(self.find), name=name)
        return [found, *super().get_urls()]  # type: ignore[misc]

    def find(self, request: HttpRequest) -> HttpResponse:
        """Redirect a posted search to the list's address, in which the number is replaced by its index."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        page: Any = self
        typed = request.POST.get("q", "").strip()
        query = {"q": next(iter(self._indexes(typed).values()), typed)}
        query |= {name: request.POST[name] for name in (IS_POPUP_VAR, TO_FIELD_VAR) if name in request.POST}
        address = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist")
        return HttpResponseRedirect(f"{address}?{urlencode(query)}")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        indexes = self._indexes(search_term.strip())
        if not indexes:
            found: tuple[QuerySet[Any], bool] = super().get_search_results(  # type: ignore[misc]
                request, queryset, search_term
            )
            return found
        wanted = Q()
        for lookup, index in indexes.items():
            wanted |= Q(**{lookup: index})
        return queryset.filter(wanted), any(lookup_spawns_duplicates(queryset.model._meta, name) for name in indexes)

    def _indexes(self, typed: str) -> dict[str, str]:
        if re.fullmatch(r"[0-9a-f]{64}", typed):
            return dict.fromkeys(self.sealed_lookups, typed)
        found = {}
        for lookup, index_of in self.sealed_lookups.items():
            try:
                found[lookup] = index_of(typed)
            except BadNumber:
                continue
        return found


def column(path: str, label: Any, *, boolean: bool = False) -> Any:
    """Return a column or read-only field that shows the value at `path` (dots lead to related rows), in words.

    For tables that are only read: their models name no columns for people, and a sortable column would be sorted.
    """
    *above, last = path.split(".")

    def value(row: Any) -> Any:
        for name in above:
            row = getattr(row, name) if row is not None else None
        in_words = getattr(row, f"get_{last}_display", None)
        found = in_words() if in_words else getattr(row, last, None)
        if isinstance(found, dt.datetime):
            return f"{timezone.localtime(found):%Y-%m-%d %H:%M:%S}"
        return link(found) if isinstance(found, Model) else found

    named: Any = value
    named.__name__ = path.replace(".", "_")
    named.short_description = label
    named.boolean = boolean
    return named


def link(row: Model, text: str = "") -> str:
    """Return a link to the admin's page of a row."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])
    return format_html('<a class="text-link" href="{}">{}</a>', address, text or str(row))


def changed_columns(model: type[Model], names: list[str]) -> list[str]:
    """Return which of a form's changed fields are columns of the model: those to write, and no other."""
    columns = {field.name for field in model._meta.concrete_fields}
    return [name for name in names if name in columns]
