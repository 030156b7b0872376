"""Admin pages of ground, households and residents; dissuasion/admin registers them, because phones show them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from config.lib import identity
from config.lib.admin.pages import AdminPage, AdminRows, FindsSealed, display, link, number_fault
from households import ground
from households.models import Contact, Coverage, Household, Resident
from households.models.household import id_index, phone_index

PLACE_FAULTS = {
    "coordinates_swapped": _("Latitude and longitude are swapped."),
    "outside_ground": _("This point lies outside the counties that are known here."),
}


def index_of_phone(typed: str) -> str:
    """Return the index of a typed telephone number; raise BadNumber when it is none."""
    return phone_index(identity.phone(typed))


def index_of_id(typed: str) -> str:
    """Return the index of a typed ID number; raise BadNumber when it is none."""
    return id_index(identity.id_number(typed))


def masked_address(address: str) -> str:
    """Return an address for lists: only its last two characters."""
    return f"····{address[-2:]}" if address else ""


def checked_phone(typed: str) -> str:
    """Return a telephone number in its one form; raise ValidationError in words."""
    try:
        return identity.phone(typed) if typed else ""
    except identity.BadNumber as error:
        raise ValidationError(number_fault(error)) from error


class DivisionForm(forms.ModelForm):
    """One division: its code says which division is above it."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        code, parent = data.get("code"), data.get("parent")
        if code and not (re.fullmatch(r"\d+", code) and len(code) in ground.CODE_LENGTHS):
            self.add_error("code", _("A code has 4, 6, 9 or 12 digits: city, county, township, village."))
        elif code and parent and not code.startswith(parent.code):
            self.add_error("parent", _("The code must begin with the code of the division above."))
        return data


class CoverageForm(forms.ModelForm):
    """Who is responsible for one piece of ground."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if sum(bool(data.get(name)) for name in ("division", "area", "household")) != 1:
            raise ValidationError(_("Choose one piece of ground: a division, a grid or a household."))
        return data


class HouseholdForm(forms.ModelForm):
    """One front door."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        division, area, lat, lon = (data.get(name) for name in ("division", "area", "lat", "lon"))
        if area and division and area.division_id != division.pk:
            self.add_error("area", _("This grid belongs to another division."))
        if (lat is None) != (lon is None):
            self.add_error("lat", _("A point needs both latitude and longitude."))
        elif lat is not None and lon is not None:
            fault = ground.point_fault(lat, lon, ground.county_seats())
            if fault:
                self.add_error("lat", PLACE_FAULTS[fault])
        return data


class ResidentForm(forms.ModelForm):
    """One resident; the numbers are brought into their one form, or refused in words."""

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])

    def clean_id_number(self) -> str:
        typed = self.cleaned_data["id_number"]
        if not typed:
            return ""
        try:
            number = identity.id_number(typed)
        except identity.BadNumber as error:
            raise ValidationError(number_fault(error)) from error
        if Resident.objects.filter(id_index=id_index(number)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another resident has this ID number."))
        return number

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "id_number" in self.changed_data and "birth_year" not in self.changed_data and data.get("id_number"):
            data["birth_year"] = identity.birth_year(data["id_number"])
        return data


class ContactForm(forms.ModelForm):
    """Somebody who can be asked to help."""

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])


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


class ResidentRows(AdminRows):
    """The residents behind a front door; a click opens one."""

    model = Resident
    adds = changes = False
    fields = readonly_fields = ("resident", "masked_phone", "masked_id", "birth_year", "lives_alone", "earlier_victim")

    @display(description=_("resident"))
    def resident(self, resident: Resident) -> str:
        return link(resident)

    @display(description=_("phone"))
    def masked_phone(self, resident: Resident) -> str:
        return identity.masked(resident.phone)

    @display(description=_("ID number"))
    def masked_id(self, resident: Resident) -> str:
        return identity.masked(resident.id_number)


class ContactRows(AdminRows):
    """Who can be asked to help persuade a resident."""

    model = Contact
    form = ContactForm
    deletes = True
    fields = ("name", "relation", "phone")


class HouseholdPage(FindsSealed, AdminPage):
    """Front doors. The list shows no address; the form opens it."""

    form = HouseholdForm
    inlines = (ResidentRows,)
    deletes = True
    list_display = ("household", "division", "area", "address_masked", "has_point", "has_note")
    list_select_related = ("division", "area")
    ordering = ("-pk",)
    search_fields = ("^division__code", "division__name", "area__name")
    search_help_text = _("Division, grid, or a whole telephone or ID number of a resident")
    sealed_lookups = {"residents__phone_index": index_of_phone, "residents__id_index": index_of_id}
    autocomplete_fields = ("division", "area")
    fields = (("division", "area"), "address", ("lat", "lon"), "safety_note")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "safety_note":
            field.widget = UnfoldAdminTextareaWidget({"rows": 3, "autocomplete": "off", "maxlength": field.max_length})
        return field

    @display(description=_("household"))
    def household(self, household: Household) -> str:
        return str(household.pk)[-6:]

    @display(description=_("address"))
    def address_masked(self, household: Household) -> str:
        return masked_address(household.address)

    @display(description=_("has a point"), boolean=True)
    def has_point(self, household: Household) -> bool:
        return household.lat is not None

    @display(description=_("has a safety note"), boolean=True)
    def has_note(self, household: Household) -> bool:
        return bool(household.safety_note)


class ResidentPage(FindsSealed, AdminPage):
    """Residents: reduced and masked in the list, opened in the form."""

    form = ResidentForm
    inlines = (ContactRows,)
    deletes = True
    list_display = ("resident", "masked_phone", "masked_id", "household", "birth_year", "lives_alone", "earlier_victim")
    list_select_related = ("household__division",)
    list_filter = ("lives_alone", "earlier_victim")
    ordering = ("-pk",)
    search_fields = ("^household__division__code", "household__division__name")
    search_help_text = _("A whole telephone or ID number, or a division")
    sealed_lookups = {"phone_index": index_of_phone, "id_index": index_of_id}
    raw_id_fields = ("household",)
    fields = (
        "household", "name", ("phone", "id_number"), ("birth_year", "dialect"), ("lives_alone", "earlier_victim"),
    )  # fmt: skip

    @display(description=_("resident"))
    def resident(self, resident: Resident) -> str:
        return str(resident)

    @display(description=_("phone"))
    def masked_phone(self, resident: Resident) -> str:
        return identity.masked(resident.phone)

    @display(description=_("ID number"))
    def masked_id(self, resident: Resident) -> str:
        return identity.masked(resident.id_number)


class ContactPage(FindsSealed, AdminPage):
    """Family and friends who can be asked to help."""

    form = ContactForm
    deletes = True
    list_display = ("contact", "masked_phone", "resident")
    list_select_related = ("resident",)
    ordering = ("-pk",)
    search_fields = ("relation",)
    search_help_text = _("A whole telephone or ID number of the resident, or the relation")
    sealed_lookups = {"resident__phone_index": index_of_phone, "resident__id_index": index_of_id}
    raw_id_fields = ("resident",)
    fields = ("resident", ("name", "relation"), "phone")

    @display(description=_("contact"))
    def contact(self, contact: Contact) -> str:
        return str(contact)

    @display(description=_("phone"))
    def masked_phone(self, contact: Contact) -> str:
        return identity.masked(contact.phone)
