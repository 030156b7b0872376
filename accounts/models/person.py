"""A person who signs in (人员): officers, grid members, desks, admins."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit
from accounts.roles import COMMANDS, Role
from config.lib import identity
from config.lib.ids import uuid7
from config.lib.sealing.fields import SealedTextField
from config.lib.sealing.keys import blind_index
from config.lib.words.names import one_line

ROLE_NAMES = [
    (Role.OFFICER.value, _("Officer")),
    (Role.COMMUNITY_OFFICER.value, _("Community officer")),
    (Role.CADRE.value, _("Cadre")),
    (Role.GRID_MEMBER.value, _("Grid member")),
    (Role.POLICE_ASSISTANT.value, _("Police assistant")),
    (Role.HOTLINE_OPERATOR.value, _("Hotline operator")),
    (Role.STATION_CHIEF.value, _("Station chief")),
    (Role.COUNTY_DESK.value, _("County desk")),
    (Role.CITY_DESK.value, _("City desk")),
    (Role.ADMIN.value, _("Admin")),
    (Role.AUDITOR.value, _("Auditor")),
    (Role.BANK_LIAISON.value, _("Bank liaison")),
]


class People(BaseUserManager["Person"]):
    """Makes persons; there is no sign-up: admins make them."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(
            username, password, **{"is_staff": True, "is_superuser": True, "role": Role.ADMIN, **fields}
        )


class Person(AbstractBaseUser, PermissionsMixin):
    """One member of staff. `auth_epoch` rises when a right is removed, so that open sockets check their session."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("staff number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    role = models.CharField(_("role"), max_length=20, choices=ROLE_NAMES)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("unit"))
    phone = SealedTextField(_("phone"), blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    dialects = models.JSONField(_("dialects"), default=list, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=[("zh-hans", _("Chinese")), ("en", _("English"))],
        default="zh-hans",
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    auth_epoch = models.PositiveIntegerField(default=1, editable=False)
    # Rises when the hand-over keys of phones become invalid: new password, new card, deactivation.
    handover_epoch = models.PositiveIntegerField(default=1, editable=False)
    # Rises when everything is ended; a session that began before is invalid.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    # When somebody last tried wrong codes of this person's officer card, more than a slip of the finger explains.
    card_tried_at = models.DateTimeField(null=True, editable=False)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = People()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = None  # nobody signs in or is written to by e-mail

    class Meta:
        ordering = ["username"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        columns = kwargs.get("update_fields")
        if columns is None or "phone" in columns:  # a sign-in writes last_login and must not need the phone's key
            self.phone_index = person_phone_index(self.phone) if self.phone else ""
        if columns is None or "name" in columns:
            self.name = one_line(self.name)
        super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        return self._in_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._in_epoch, super().get_session_auth_fallback_hash())

    def _in_epoch(self, password_hash: str) -> str:
        """Return what a session must have kept from its sign-in; in the first epoch it is Django's own."""
        return f"{password_hash}.{self.session_epoch}" if self.session_epoch else password_hash

    @property
    def commands(self) -> bool:
        """Whether this person may assign, recall and judge for their unit."""
        return self.role in COMMANDS and self.unit is not None


def person_phone_index(phone: str) -> str:
    """Return the blind index of a staff member's telephone number."""
    return blind_index("person.phone", identity.parse_phone(phone))
