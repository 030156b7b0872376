"""Begins a new epoch after a dump was restored: every phone then drops what it has and fetches everything anew."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from dissuasion.models import Epoch


class Command(BaseCommand):
    help = "Begin a new history after restoring a dump: every phone fetches everything afresh."

    def handle(self, *args: Any, **options: Any) -> None:
        epoch, _made = Epoch.objects.update_or_create(only=True, defaults={"epoch": uuid.uuid4()})
        self.stdout.write(
            _("This history is now %(epoch)s. Phones that are connected refresh within seconds, others when they come.")
            % {"epoch": epoch.epoch}
        )
