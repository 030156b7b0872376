"""The admin's pages of households, residents and the family who can be enlisted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from config.lib import identity
from config.lib.admin.pages import AdminPage, AdminRows, FindsSealed, display, link, number_fault
from households import ground
from households.admin.numbers import checked_phone, index_of_id, index_of_phone, masked_address
from households.models import Contact, Household, Resident
from households.models.household import id_index

PLACE_FAULTS = {
    "coordinates_swapped": _("Latitude and longitude are swapped."),
    "outside_ground": _("This point lies outside the counties that are known here."),
}


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
            number = identity.parse_id_number(typed)
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


class ShowsSealed:
    """Columns of what is sealed about a resident: the database can neither sort nor filter by them."""

    @display(description=_("year of birth"))
    def born(self, resident: Resident) -> int | None:
        return resident.birth_year

    @display(description=_("lives alone"), boolean=True)
    def alone(self, resident: Resident) -> bool:
        return resident.lives_alone

    @display(description=_("lost money to fraud before"), boolean=True)
    def victim(self, resident: Resident) -> bool:
        return resident.earlier_victim


class ResidentRows(ShowsSealed, AdminRows):
    """The residents behind a front door; a click opens one."""

    model = Resident
    adds = changes = False
    fields = readonly_fields = ("resident", "masked_phone", "masked_id", "born", "alone", "victim")

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


class ResidentPage(ShowsSealed, FindsSealed, AdminPage):
    """Residents: reduced and masked in the list, opened in the form."""

    form = ResidentForm
    inlines = (ContactRows,)
    deletes = True
    list_display = ("resident", "masked_phone", "masked_id", "household", "born", "alone", "victim")
    list_select_related = ("household__division",)
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
