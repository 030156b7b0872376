"""What a person's phone claims about itself: how far its outbox is, and whether it can ring."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person
from config.lib.sealing.fields import SealedListField


class Device(models.Model):
    """One phone of one person, as it last described itself, with what the server found itself."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices", verbose_name=_("person"))
    code = models.CharField(_("device"), max_length=64)
    app_version = models.CharField(_("app version"), max_length=40)
    last_seq = models.PositiveBigIntegerField(default=0)
    unsent = models.PositiveBigIntegerField(default=0)
    oldest_unsent_at = models.DateTimeField(null=True)
    clock_offset_ms = models.BigIntegerField(default=0)
    persisted = models.BooleanField(default=False)
    standalone = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    heard_at = models.DateTimeField(_("last heard"))
    # Every number from 1 to this one has arrived: counting begins after it.
    received_through = models.PositiveBigIntegerField(default=0)
    missing = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="one_row_a_device")]
        indexes = [models.Index(fields=["person", "-heard_at"], name="device_newest_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"


class Readiness(models.Model):
    """The latest ready check of a person, one row a person."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="readiness")
    device = models.CharField(max_length=64)
    at = models.DateTimeField()
    on_duty = models.BooleanField()
    took_ms = models.PositiveIntegerField()
    checks = SealedListField()

    class Meta:
        verbose_name = _("ready check")
        verbose_name_plural = _("ready checks")

    def __str__(self) -> str:
        return f"{self.person_id} {self.at}"
