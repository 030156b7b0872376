"""Households, the residents in them, and the family who can be enlisted. All of it is sealed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.lib import identity
from config.lib.ids import uuid7
from config.lib.sealing.fields import (
    RoughCellField,
    SealedBooleanField,
    SealedFloatField,
    SealedIntegerField,
    SealedTextField,
)
from config.lib.sealing.keys import blind_index
from config.lib.words import names
from households.models.ground import Area, Division


class Household(models.Model):
    """A front door: where it stands and what an officer must know before knocking."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.ForeignKey(Division, models.PROTECT, related_name="households", verbose_name=_("division"))
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="households", verbose_name=_("grid")
    )
    address = SealedTextField(_("address"), one_line=True)
    lat = SealedFloatField(_("latitude (WGS-84)"), null=True, blank=True)
    lon = SealedFloatField(_("longitude (WGS-84)"), null=True, blank=True)
    cell = RoughCellField()
    safety_note = SealedTextField(_("safety note for the officer"), blank=True)
    # Somebody there complained: since then the machine writes to and calls nobody of this household.
    no_messages_since = models.DateTimeField(_("no messages since"), null=True, blank=True, editable=False)
    no_messages_reason = SealedTextField(_("why no messages"), null=True, editable=False)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return f"{self.division} {str(self.pk)[-6:]}"


class Resident(models.Model):
    """A person who may be at risk; found by telephone or ID number through a blind index."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="residents", verbose_name=_("household"))
    name = SealedTextField(_("name"), one_line=True)
    phone = SealedTextField(_("phone"), blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    id_number = SealedTextField(_("ID number"), blank=True)
    id_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    birth_year = SealedIntegerField(_("year of birth"), null=True, blank=True)
    dialect = models.CharField(_("dialect"), max_length=20, blank=True)
    lives_alone = SealedBooleanField(_("lives alone"))
    earlier_victim = SealedBooleanField(_("lost money to fraud before"))

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"], condition=~models.Q(id_index=""), name="resident_id_number_once"
            )
        ]

    def __str__(self) -> str:
        return names.masked_name(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.index()
        super().save(*args, **kwargs)

    def index(self) -> None:
        """Put both numbers into their one form and set their blind indexes; bulk writers call it themselves."""
        self.phone = identity.parse_phone(self.phone) if self.phone else ""
        self.phone_index = phone_index(self.phone) if self.phone else ""
        self.id_number = identity.parse_id_number(self.id_number) if self.id_number else ""
        self.id_index = id_index(self.id_number) if self.id_number else ""
        if self.id_number and self.birth_year is None:
            self.birth_year = identity.birth_year(self.id_number)


def phone_index(phone: str) -> str:
    """Return the blind index of a resident's telephone number in its one form."""
    return blind_index("resident.phone", phone)


def id_index(number: str) -> str:
    """Return the blind index of a resident's ID number in its one form."""
    return blind_index("resident.id_number", number)


class Contact(models.Model):
    """Family or a friend who can be asked to help persuade (可请来一起劝)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="contacts", verbose_name=_("resident"))
    name = SealedTextField(_("name"), one_line=True)
    relation = models.CharField(_("relation"), max_length=20)
    phone = SealedTextField(_("phone"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"{self.relation} {names.masked_name(self.name)}"
