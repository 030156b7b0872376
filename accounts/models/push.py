"""A push subscription: the address at which a browser takes push messages for a person."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person
from config.lib.sealing.fields import SealedTextField
from config.lib.sealing.keys import blind_index


class PushSubscription(models.Model):
    """One browser's subscription. Address and keys are sealed: whoever knows them can write to the phone.

    A push service that says "sent" proves nothing; only a receipt from the phone's own worker does (promises.md 12).
    """

    # In Python and before the first save: it is part of the seal.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="push_subscriptions", verbose_name=_("person"))
    device = models.CharField(_("device"), max_length=64)
    endpoint = SealedTextField()
    endpoint_index = models.CharField(max_length=64, unique=True, editable=False)
    p256dh = SealedTextField()
    auth = SealedTextField()
    made_at = models.DateTimeField()
    # The session in which the phone last named it: signing out of that session deletes it.
    session_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # The latest message that was sent to it; the worker's receipt names it, and nobody can guess it.
    sent_id = models.UUIDField(null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("push subscription")
        verbose_name_plural = _("push subscriptions")

    def __str__(self) -> str:
        return f"{self.person_id} {self.device}"


def endpoint_index(endpoint: str) -> str:
    """Return the blind index of a push address."""
    return blind_index("push.endpoint", endpoint)


def session_index(session_key: str | None) -> str:
    """Return the blind index of a session; empty for none."""
    return blind_index("push.session", session_key) if session_key else ""
