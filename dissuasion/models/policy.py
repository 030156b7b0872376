"""Rules as versioned data: triage weights, deadlines and the ladder. A version, once used, never changes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.lib.cache import TimedCache
from dissuasion.rules import deadlines, ladder, triage

_cache: TimedCache[str, "Policy"] = TimedCache()
FAULTS = {"triage": triage.faults, "deadlines": deadlines.faults, "ladder": ladder.faults}
FIRST = {"triage": triage.FIRST_WEIGHTS, "deadlines": deadlines.FIRST_POLICY, "ladder": ladder.FIRST_LADDER}


class Policy(models.Model):
    """One version of one set of rules; the highest version of a kind is in force."""

    class Kind(models.TextChoices):
        TRIAGE = "triage", _("triage weights")
        DEADLINES = "deadlines", _("deadlines")
        LADDER = "ladder", _("ladder")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    version = models.PositiveIntegerField(_("version"), editable=False)
    content = models.JSONField(_("content"))
    reason = models.CharField(_("reason for the change"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["kind", "-version"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Give a new version the next number; changing an old one is refused (make a new version)."""
        if not self._state.adding:
            raise ValidationError(_("A version in use is never changed. Make a new one."))
        newest = Policy.objects.filter(kind=self.kind).aggregate(models.Max("version"))["version__max"]
        self.version = (newest or 0) + 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        """Refuse content that the rules can't be read from, with the places."""
        faults = FAULTS[self.kind](self.content)
        if faults:
            raise ValidationError({"content": [_("Not readable: %s") % fault for fault in faults]})

    @classmethod
    def current(cls, kind: str) -> "Policy":
        """Return the version in force (a new one within seconds); a new database starts with the code's first one."""
        return _cache.get_or_load(kind, lambda: cls.newest(kind))

    @classmethod
    def newest(cls, kind: str) -> "Policy":
        """Return the version in force, read now: for whoever writes the next one."""
        newest = cls.objects.filter(kind=kind).order_by("-version").first()
        if newest is not None:
            return newest
        first, _made = cls.objects.get_or_create(kind=kind, version=1, defaults={"content": FIRST[kind]})
        return first
