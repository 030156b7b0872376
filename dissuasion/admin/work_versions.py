"""Work versions for the admin: what it changes may be on phones, so the same transaction raises their versions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from dissuasion.models import Assignment, Case
from dissuasion.rules import states
from dissuasion.telling import versions


def holders(of: Q) -> set[UUID]:
    """Return who holds an open assignment to which the condition applies."""
    held = Assignment.objects.filter(of, status__in=states.OPEN_ASSIGNMENT)
    return set(held.values_list("person_id", flat=True))


def lock_cases(of: Q) -> None:
    """Lock the active cases to which the condition applies until the transaction ends.

    A dispatch of such a case waits meanwhile; else a phone could get the old words and never be told of the new ones.
    """
    active = Case.objects.filter(of, status__in=states.ACTIVE_CASE).order_by("pk")
    _locked = list(active.select_for_update(of=("self",)).values_list("pk"))


class UpdatesPhones:
    """Raises the work version of everybody whose worklist shows the object, before or after the change."""

    def on_phones_of(self, obj: Any) -> Iterable[UUID]:
        """Return the ids of the people on whose worklist `obj` stands now."""
        raise NotImplementedError

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """One form is one change: a row and the rows inside its page raise a version once, at the end."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        with versions.one_change():
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = set(self.on_phones_of(type(obj).objects.get(pk=obj.pk))) if change else set()
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        versions.touch({*before, *self.on_phones_of(obj)})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if any(formset.has_changed() for formset in formsets):
            versions.touch(self.on_phones_of(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        before = set(self.on_phones_of(obj))
        super().delete_model(request, obj)  # type: ignore[misc]
        versions.touch(before)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with versions.one_change():
            before = {person for obj in queryset for person in self.on_phones_of(obj)}
            super().delete_queryset(request, queryset)  # type: ignore[misc]
            versions.touch(before)
