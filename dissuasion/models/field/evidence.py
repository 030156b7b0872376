"""Evidence (佐证), photos and signatures: how much of each has arrived, and where its sealed original is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from dissuasion.models.field.act import Act


class Evidence(models.Model):
    """One file from a phone, sent in pieces under a UUID of the phone's making; its hash is the phone's promise.

    `have` counts the bytes that came, `stored` the sealed bytes in the file, both moved by one compare-and-set.
    Pieces may come before the act that lists them.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        SIGNATURE = "signature", _("signature")

    class State(models.TextChoices):
        WANTED = "wanted", _("wanted")
        RECEIVING = "receiving", _("being received")
        COMPLETE = "complete", _("complete")
        REFUSED = "refused", _("refused")

    uuid = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="evidence")
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PHOTO)
    mime = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    have = models.PositiveIntegerField(default=0)
    stored = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WANTED)
    # Why it was refused (a code), and how often its bytes did not match the promised hash.
    reason = models.CharField(max_length=40, blank=True)
    misses = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    # When its first piece came: from then on the whole of it counts against its person's day.
    begun_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(condition=models.Q(have__lte=models.F("size")), name="evidence_not_beyond_its_end"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.uuid}"
