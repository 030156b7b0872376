"""Registers the dissuasion app; a wrong file of gateways stops the start here."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from dissuasion.checks import addresses_are_told_apart, someone_can_be_reached
from dissuasion.transports import registry


class DissuasionConfig(AppConfig):
    name = "dissuasion"
    verbose_name = _("Dissuasion")

    def ready(self) -> None:
        """Read the gateways, before anybody is promised that a message goes."""
        registry.load()
        for check in (someone_can_be_reached, addresses_are_told_apart):
            checks.register(check, checks.Tags.security, deploy=True)
