"""Registers divisions, grids, coverage, households, residents and contacts; their phones are told."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import admin
from django.db.models import Q

from dissuasion.admin.work_versions import UpdatesPhones, holders, lock_cases
from households.admin import AreaPage, ContactPage, CoveragePage, DivisionPage, HouseholdPage, ResidentPage
from households.models import Area, Contact, Coverage, Division, Household, Resident

# Phones do not show grids or coverage: matching uses them for the next choice.
admin.site.register(Area, AreaPage)
admin.site.register(Coverage, CoveragePage)


@admin.register(Division)
class DivisionAdmin(UpdatesPhones, DivisionPage):
    """A phone names the place of a case from the city down."""

    def on_phones_of(self, obj: Division) -> Iterable[UUID]:
        return holders(Q(case__division__code__startswith=obj.code))


@admin.register(Household)
class HouseholdAdmin(UpdatesPhones, HouseholdPage):
    """A phone shows the address and the safety note."""

    def on_phones_of(self, obj: Household) -> Iterable[UUID]:
        lock_cases(Q(resident__household=obj))
        return holders(Q(case__resident__household=obj))


@admin.register(Resident)
class ResidentAdmin(UpdatesPhones, ResidentPage):
    """A phone shows whom to see."""

    def on_phones_of(self, obj: Resident) -> Iterable[UUID]:
        lock_cases(Q(resident=obj))
        return holders(Q(case__resident=obj))


@admin.register(Contact)
class ContactAdmin(UpdatesPhones, ContactPage):
    """A phone shows who can be asked to help."""

    def on_phones_of(self, obj: Contact) -> Iterable[UUID]:
        lock_cases(Q(resident=obj.resident_id))
        return holders(Q(case__resident=obj.resident_id))
