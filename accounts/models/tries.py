"""How often something was tried; it is counted in the database, which all processes share."""

from django.db import models


class Tries(models.Model):
    """The count of one key in one window of time. The key is a blind index: no staff number or address is stored."""

    key = models.CharField(max_length=64)
    slot = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "slot"], name="one_count_a_stretch")]

    def __str__(self) -> str:
        return f"{self.slot} {self.count}"
