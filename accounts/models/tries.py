"""How often something was tried: counted in the database, so that every process counts the same."""

from django.db import models


class Tries(models.Model):
    """One stretch of time for one key. The key is a blind index: neither staff numbers nor addresses are kept."""

    key = models.CharField(max_length=64)
    slot = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "slot"], name="one_count_a_stretch")]

    def __str__(self) -> str:
        return f"{self.slot} {self.count}"
