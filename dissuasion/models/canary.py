"""What a start compares its keys with: a known word, sealed by each key that ever sealed, and its blind index."""

from django.db import models


class Canary(models.Model):
    """The word, sealed by the key of this id, and its blind index. It is written once and never changed."""

    key_id = models.CharField(max_length=255, primary_key=True)
    sealed = models.BinaryField()
    index = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key_id
