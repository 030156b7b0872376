"""When a person is on duty (在岗), and when and where their phone was last heard."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class Shift(models.Model):
    """One shift of duty; going off early shortens it. A person is on duty while a shift runs."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="shifts", verbose_name=_("person"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="shift_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="shift_time")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_at:%m-%d %H:%M} → {self.ends_at:%H:%M}"


class Presence(models.Model):
    """The last sign of life of a person's phone, and its last position (WGS-84, metres)."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="presence")
    seen_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    position_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")

    def __str__(self) -> str:
        return f"{self.person_id} {self.seen_at}"

    @property
    def place(self) -> tuple[float, float] | None:
        """The last position as (latitude, longitude), or None."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)
