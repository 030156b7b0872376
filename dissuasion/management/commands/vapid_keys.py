"""Makes the keys by which push services know this server, as lines for its environment: `manage.py vapid_keys`."""

from typing import Any

from django.core.management.base import BaseCommand

from config.lib.sealing.vapid import new_key, public_key


class Command(BaseCommand):
    help = "Make a new pair of keys for push messages. With a new pair every phone must subscribe again."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        private = new_key()
        self.stdout.write("VAPID_SUBJECT=mailto:who-runs-this@your.domain")
        self.stdout.write(f"VAPID_PRIVATE_KEY={private}")
        self.stdout.write(f"# Its public half, which phones are told: {public_key(private)}")
