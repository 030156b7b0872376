"""The versions by which a phone knows whether its worklist is up to date."""

import uuid

from django.db import models

from accounts.models import Person


class WorkVersion(models.Model):
    """A counter, raised in the transaction of any change of a worklist; ETag, heartbeat and catch-up use it."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="work")
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.person_id} {self.version}"


class Epoch(models.Model):
    """The one row that names this history; a restored dump gets another (`manage.py new_epoch`); phones refresh."""

    only = models.BooleanField(primary_key=True, default=True)
    epoch = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_epoch")]

    def __str__(self) -> str:
        return str(self.epoch)
