"""The secret behind a person's officer card (亮证): from it phone and server make the same six digits each minute."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person
from config.lib.sealing.fields import SealedTextField


class Card(models.Model):
    """One secret a person (base32), made when a phone first asks for it; an admin may put a new one in its place."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="card")
    secret = SealedTextField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("officer card")
        verbose_name_plural = _("officer cards")

    def __str__(self) -> str:
        return f"{self.person_id}"
