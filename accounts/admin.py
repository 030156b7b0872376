"""Admin pages of people and units; dissuasion/admin registers them, because phones may show what changes here."""

import datetime as dt
import re
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.forms import AdminPasswordChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts import cards, people
from accounts.models import Person, Shift
from accounts.models.person import person_phone_index
from accounts.roles import COMMANDS, MAY_VISIT, Role
from config.lib import identity
from config.lib.admin.pages import (
    AdminPage,
    AdminRows,
    FindsSealed,
    action,
    changed_columns,
    column,
    display,
    number_fault,
)

# Rights depend on these fields: after a change of one, open sockets check their session again.
RIGHTS = {"role", "unit", "is_active", "is_staff"}
NEEDS_UNIT = MAY_VISIT | COMMANDS
RECENT = dt.timedelta(days=14)


class DialectsField(forms.CharField):
    """A list of dialects, written with commas between them."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = re.split(r"[,，、;；]", value or "")
        return list(dict.fromkeys(word.strip() for word in words if word.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


class ChecksPerson(forms.ModelForm):
    """The rules for a person that both forms share."""

    by: Person  # the admin who fills in the form

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return identity.parse_phone(typed) if typed else ""
        except identity.BadNumber as error:
            raise ValidationError(number_fault(error)) from error

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        role = data.get("role")
        if data.get("is_staff") and role != Role.ADMIN:
            self.add_error("is_staff", _("Only the role admin may open the admin."))
        if role in NEEDS_UNIT and not data.get("unit"):
            self.add_error("unit", _("This role needs a unit: without one nobody sees this person or can send them."))
        keeps = role == Role.ADMIN and data.get("is_active") and data.get("is_staff")
        if self.instance.pk == self.by.pk and not keeps:
            raise ValidationError(_("You can't take your own rights away. Another admin can."))
        return data


class PersonForm(ChecksPerson):
    """A person who is already here."""

    dialects = DialectsField(label=_("Dialects"), required=False, help_text=_("With commas between them."))

    class Meta:
        model = Person
        fields = ["username", "name", "role", "unit", "phone", "dialects", "language", "is_active", "is_staff"]


class NewPersonForm(ChecksPerson, UserCreationForm):
    """A new person with their first password."""

    dialects = DialectsField(label=_("Dialects"), required=False, help_text=_("With commas between them."))

    class Meta:
        model = Person
        fields = ["username", "name", "role", "unit", "phone", "dialects", "language", "is_staff"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["is_active"] = True
        return super().clean()


class PasswordForm(AdminPasswordChangeForm):
    """A new password that an admin sets ends everything: whoever asked for it may have lost a phone, or more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)  # there is no other sign-in; whoever may not is deactivated

    def save(self, commit: bool = True) -> Person:
        person: Person = super().save(commit=False)
        if commit:
            # The session of admins who set their own goes on, by Django's own hand.
            people.password_set(person)
        return person


class ShiftForm(forms.ModelForm):
    """One stretch of duty."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("The shift ends before it starts."))
        return data


class ShiftRows(AdminRows):
    """The duty of a person, from two weeks ago on."""

    model = Shift
    form = ShiftForm
    deletes = True
    ordering = ("-starts_at",)
    verbose_name_plural = _("shifts from two weeks ago on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Shift]:
        shifts: QuerySet[Shift] = super().get_queryset(request)
        return shifts.filter(ends_at__gte=timezone.now() - RECENT)


class PasskeyRows(AdminRows):
    """The passkeys of a person: an admin sees them and takes them away; only their owner makes one."""

    model = Authenticator
    adds, changes, deletes = False, False, True
    fields = readonly_fields = ("passkey", column("created_at", _("made")), column("last_used_at", _("last used")))
    ordering = ("created_at",)
    verbose_name = _("passkey")
    verbose_name_plural = _("passkeys, as other ways to sign in")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Authenticator]:
        rows: QuerySet[Authenticator] = super().get_queryset(request)
        return rows.filter(type=Authenticator.Type.WEBAUTHN)

    @display(description=_("name"))
    def passkey(self, row: Authenticator) -> str:
        return str(row)


class PersonPage(FindsSealed, AdminPage, UserAdmin):
    """People: who they are, what they may do, when they are on duty. Nobody is deleted: what they recorded stays."""

    form, add_form, change_password_form = PersonForm, NewPersonForm, PasswordForm
    add_form_template = "admin/change_form.html"
    inlines: ClassVar[Any] = (ShiftRows, PasskeyRows)
    list_display = ("person", "role", "unit", "masked_phone", "on_duty", "is_active", "is_staff")
    list_display_links = ("person",)
    list_select_related = ("unit",)
    list_filter = ("role", "is_active", "is_staff")
    filter_horizontal = ()
    ordering = ("username",)
    search_fields = ("username", "name", "unit__name")
    search_help_text = _("Staff number, name, unit or a whole telephone number")
    sealed_lookups = {"phone_index": person_phone_index}
    autocomplete_fields = ("unit",)
    actions = ("renew_card", "deactivate")
    actions_detail = ("set_password",)
    fieldsets = (
        (None, {"fields": (("username", "name"), ("role", "unit"), ("phone", "dialects"), "language")}),
        (_("Rights"), {"fields": ("is_active", "is_staff")}),
    )
    add_fieldsets = (
        (None, {"fields": (("username", "name"), ("role", "unit"), ("phone", "dialects"), "language", "is_staff")}),
        (_("First password"), {"fields": ("password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        now = timezone.now()
        shifts = Shift.objects.filter(person=OuterRef("pk"), starts_at__lte=now, ends_at__gt=now)
        persons: QuerySet[Person] = super().get_queryset(request)
        return persons.annotate(on_duty_now=Exists(shifts))

    @display(description=_("person"), ordering="username")
    def person(self, person: Person) -> str:
        return f"{person.name} {person.username}"

    @display(description=_("phone"))
    def masked_phone(self, person: Person) -> str:
        return identity.masked(person.phone)

    @display(description=_("on duty"), boolean=True)
    def on_duty(self, person: Any) -> bool:
        return bool(person.on_duty_now)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        rows = super().get_inlines(request, obj) if obj else ()
        has_passkeys = obj is not None and Authenticator.objects.filter(user=obj).exists()
        return [one for one in rows if has_passkeys or one is not PasskeyRows]

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Write what was changed and nothing else: another request may have raised the auth epoch meanwhile."""
        obj.is_superuser = obj.is_superuser and obj.role == Role.ADMIN
        if not change:
            obj.save()
            return
        changed = changed_columns(Person, form.changed_data)
        if changed:
            obj.save(update_fields={*changed, "is_superuser", "phone_index"})
        if "is_active" in changed and not obj.is_active:
            people.deactivate(obj)
            self.deactivated(request, [obj])
        elif RIGHTS & set(changed):
            people.recheck_sockets(obj)

    @action(description=_("Set a new password"), url_path="set-password", icon="key", permissions=["change"])
    def set_password(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to the form of a new password."""
        return HttpResponseRedirect("../password/")

    def deactivated(self, request: HttpRequest, persons: list[Person]) -> None:
        """Hook for what follows when these persons have lost their rights; dissuasion/admin overrides it."""

    @admin.action(
        description=_("Lost phone or new officer card: end sessions, passkeys, push and the old card"),
        permissions=["change"],
    )
    def renew_card(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        """End everything for the chosen people: they sign in anew with their password, and have new officer cards."""
        chosen = list(queryset)
        for person in chosen:
            cards.renew_card(person)
            self.log_change(request, person, [{"changed": {"fields": ["card"]}}])
        text = ngettext("%(n)d officer card is new.", "%(n)d officer cards are new.", len(chosen))
        self.message_user(request, text % {"n": len(chosen)}, messages.SUCCESS)

    @admin.action(description=_("Deactivate: take all rights away at once"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        """Deactivate the chosen people, except the admin who asks."""
        chosen = list(queryset.filter(is_active=True).exclude(username=request.user.get_username()))
        for person in chosen:
            people.deactivate(person)
            self.log_change(request, person, [{"changed": {"fields": ["active"]}}])
        text = ngettext("%(n)d person was deactivated.", "%(n)d people were deactivated.", len(chosen))
        self.message_user(request, text % {"n": len(chosen)}, messages.SUCCESS if chosen else messages.WARNING)
        self.deactivated(request, chosen)


class UnitPage(AdminPage):
    """Units, in the order of their tree. Code and parent never change: the history below a unit depends on its path."""

    list_display = ("name", "code", "kind", "parent", "phone")
    list_select_related = ("parent",)
    list_filter = ("kind",)
    ordering = ("path",)
    search_fields = ("name", "code")
    search_help_text = _("Name or code")
    autocomplete_fields = ("parent",)
    fields = (("code", "name"), ("kind", "parent"), "phone")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "parent") if obj else ()
