"""Registers people and units; phones that show them are updated, and it is asked what becomes of open assignments."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.admin import PasskeyRows, PersonForm, PersonPage, ShiftRows, UnitPage
from accounts.models import Person, Unit
from dissuasion.actions.desk import staff
from dissuasion.admin.work_versions import UpdatesPhones, holders
from dissuasion.models import Assignment, Visit
from dissuasion.rules import states
from households.admin import CoverageRows

# Rights come from the role, and nobody is written to by e-mail: these tables would only mislead.
# What a passkey is made of is no admin's to edit; it is listed and taken away on its person's page.
admin.site.unregister([Group, EmailAddress, Authenticator])
MOVES = {"role", "unit"}
PASS_ON, KEEP = "pass_on", "keep"


@admin.register(Unit)
class UnitAdmin(UpdatesPhones, UnitPage):
    """A phone names its person's unit."""

    def on_phones_of(self, obj: Unit) -> Iterable[UUID]:
        return Person.objects.filter(unit=obj).values_list("pk", flat=True)


class PersonWorkForm(PersonForm):
    """Whoever gets another unit or role may hold assignments: what becomes of them is asked before it is saved."""

    open_work = forms.ChoiceField(
        label=_("Open assignments"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        choices=[
            ("", _("not decided")),
            (PASS_ON, _("take them back: the next officers are asked at once, the phone forgets them")),
            (KEEP, _("leave them: this person finishes them")),
        ],
        help_text=_("Must be answered with a new unit or role, and may be with a deactivation."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        answer = data.get("open_work")
        if not MOVES & set(self.changed_data) or answer == PASS_ON:
            return data
        count = staff.open_work_of(self.instance).count()
        if count and not answer:
            text = ngettext(
                "This person holds %(n)d open assignment. Say what becomes of it.",
                "This person holds %(n)d open assignments. Say what becomes of them.",
                count,
            )
            self.add_error("open_work", text % {"n": count})
        unfit = staff.not_for_role(self.instance, data.get("role") or "") if answer else 0
        if unfit:
            text = ngettext(
                "With this role %(n)d of them can't be finished. Take them back.",
                "With this role %(n)d of them can't be finished. Take them back.",
                unfit,
            )
            self.add_error("open_work", text % {"n": unfit})
        return data


@admin.register(Person)
class PersonAdmin(UpdatesPhones, PersonPage):
    """A phone shows its person, who else is on the case, and who visited before."""

    form = PersonWorkForm
    inlines: ClassVar[Any] = (ShiftRows, CoverageRows, PasskeyRows)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask about open assignments only where there are some."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not staff.open_work_of(obj).exists():
            return fieldsets
        return (*fieldsets, (_("Open assignments"), {"fields": ("open_work",)}))

    def on_phones_of(self, obj: Person) -> Iterable[UUID]:
        cases = Assignment.objects.filter(person=obj, status__in=states.OPEN_ASSIGNMENT).values("case")
        visited = Visit.objects.filter(person=obj).values("case__resident")
        return {obj.pk, *holders(Q(case__in=cases) | Q(case__resident__in=visited))}

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        moved = any(name in form.changed_data for name in (*MOVES, "is_active"))
        if change and moved and form.cleaned_data.get("open_work") == PASS_ON:
            # Before the person is written: cases are locked first. Others are asked after the commit.
            admin_asking: Any = request.user
            taken = staff.pass_on(obj, by=admin_asking, at=timezone.now())
            text = ngettext(
                "%(n)d assignment was taken back; the next officer is asked.",
                "%(n)d assignments were taken back; the next officers are asked.",
                taken,
            )
            self.message_user(request, text % {"n": taken}, messages.SUCCESS)
        super().save_model(request, obj, form, change)

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
