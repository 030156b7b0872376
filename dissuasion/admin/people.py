"""Registers people and units; phones that show them are updated, and open cases of a deactivated person are named."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import ngettext

from accounts.admin import PersonPage, ShiftRows, UnitPage
from accounts.models import Person, Unit
from dissuasion.admin.work_versions import UpdatesPhones, holders
from dissuasion.models import Assignment, Visit
from dissuasion.rules import states
from households.admin import CoverageRows

# Rights come from the role, and nobody is written to by e-mail: these tables would only mislead.
# What a passkey is made of is no admin's to edit; its owner removes it.
admin.site.unregister([Group, EmailAddress, Authenticator])


@admin.register(Unit)
class UnitAdmin(UpdatesPhones, UnitPage):
    """A phone names its person's unit."""

    def on_phones_of(self, obj: Unit) -> Iterable[UUID]:
        return Person.objects.filter(unit=obj).values_list("pk", flat=True)


@admin.register(Person)
class PersonAdmin(UpdatesPhones, PersonPage):
    """A phone shows its person, who else is on the case, and who visited before."""

    inlines: ClassVar[Any] = (ShiftRows, CoverageRows)

    def on_phones_of(self, obj: Person) -> Iterable[UUID]:
        cases = Assignment.objects.filter(person=obj, status__in=states.OPEN_ASSIGNMENT).values("case")
        visited = Visit.objects.filter(person=obj).values("case__resident")
        return {obj.pk, *holders(Q(case__in=cases) | Q(case__resident__in=visited))}

    def deactivated(self, request: HttpRequest, persons: list[Person]) -> None:
        """Say how many cases are held by people who can't sign in: the machine takes back only unanswered ones."""
        left = Assignment.objects.filter(person__in=persons, status__in=states.OPEN_ASSIGNMENT).count()
        if left:
            text = ngettext(
                "%(n)d case in hand now lies with nobody who can sign in. The desk must give it to somebody else.",
                "%(n)d cases in hand now lie with nobody who can sign in. The desk must give them to somebody else.",
                left,
            )
            self.message_user(request, text % {"n": left}, messages.WARNING)
