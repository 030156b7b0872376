"""Who sends alerts (预警来源), and the keys they send them with: only their hashes are kept."""

import hashlib
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from dissuasion.rules import sources

PREFIX_LENGTH = 8


class AlertSource(models.Model):
    """A system or desk that sends alerts; unclear ones without a place go to the desk of its unit.

    One that `instructs` passes on the instructions of a superior (上级指令), which bind; others only advise.
    """

    class Kind(models.TextChoices):
        POLICE = sources.SourceKind.POLICE, _("police")
        BANK = sources.SourceKind.BANK, _("bank")
        CARRIER = sources.SourceKind.CARRIER, _("telephone carrier")
        COMMERCIAL = sources.SourceKind.COMMERCIAL, _("company")

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sources", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.POLICE)
    instructs = models.BooleanField(
        _("passes on a superior's instructions"), default=False,
        help_text=_("Its high and medium bind: only a desk lowers them, with a reason."),
    )  # fmt: skip
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("alert source")
        verbose_name_plural = _("alert sources")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(instructs=False)
                | ~models.Q(kind__in=sorted(kind.value for kind in sources.ADVISERS)),
                name="advisers_do_not_instruct",
                violation_error_message=_("A carrier or a company only advises."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SourceKey(models.Model):
    """One key of a source. The key is 256 random bits, so a plain SHA-256 of it can't be turned back."""

    source = models.ForeignKey(AlertSource, models.CASCADE, related_name="keys", verbose_name=_("source"))
    prefix = models.CharField(_("first characters"), max_length=PREFIX_LENGTH)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("source key")
        verbose_name_plural = _("source keys")

    def __str__(self) -> str:
        return f"{self.prefix}…"

    @staticmethod
    def digest(key: str) -> str:
        """Return what is kept of a key."""
        return hashlib.sha256(key.encode()).hexdigest()

    @classmethod
    def issue(cls, source: AlertSource, key: str | None = None) -> str:
        """Make a key for `source` and return it: the only moment at which it can be read."""
        key = key or secrets.token_urlsafe(32)
        cls.objects.create(source=source, prefix=key[:PREFIX_LENGTH], key_hash=cls.digest(key))
        return key
