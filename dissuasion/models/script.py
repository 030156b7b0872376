"""What to say at the door (劝阻话术), as versioned data: published versions are immutable and known by their hash."""

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a script's content in one canonical form."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Script(models.Model):
    """One script: scam type × audience × language."""

    class Audience(models.TextChoices):
        RESIDENT = "resident", _("resident")
        FAMILY = "family", _("family")

    scam_type = models.CharField(_("scam type"), max_length=30)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    language = models.CharField(_("language"), max_length=10, choices=[("zh-hans", _("Chinese")), ("en", _("English"))])

    class Meta:
        ordering = ["scam_type", "audience", "language"]
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        constraints = [
            models.UniqueConstraint(fields=["scam_type", "audience", "language"], name="script_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scam_type} · {self.audience} · {self.language}"


class ScriptVersion(models.Model):
    """One version. A draft may be edited; the database refuses any change of a published one."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    script = models.ForeignKey(Script, models.PROTECT, related_name="versions", verbose_name=_("script"))
    number = models.PositiveIntegerField(_("version"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("published by"),
    )

    class Meta:
        ordering = ["script", "-number"]
        verbose_name = _("script version")
        verbose_name_plural = _("script versions")
        constraints = [
            models.UniqueConstraint(fields=["script", "number"], name="script_version_once"),
            models.UniqueConstraint(
                fields=["script"],
                condition=models.Q(status="published"),
                name="one_published_version_a_script",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.script} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sha256 = content_hash(self.content)
        super().save(*args, **kwargs)
