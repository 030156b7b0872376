"""Registers the dissuasion app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DissuasionConfig(AppConfig):
    name = "dissuasion"
    verbose_name = _("Dissuasion")
