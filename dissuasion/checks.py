"""What `manage.py check --deploy` says of Doorstep itself."""

from typing import Any

from django.core import checks

from dissuasion.transports import registry
from dissuasion.transports.gateway import Gateway


def someone_can_be_reached(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Return a warning when neither texts nor calls leave this server."""
    if any(isinstance(registry.transport(channel), Gateway) for channel in ("text", "voice")):
        return []
    return [
        checks.Warning(
            "No message leaves this server: neither text nor voice has a gateway, so the ladder ends in the log.",
            hint="Name the file of your gateways in GATEWAYS (docs/operations.md says what stands in it).",
            id="dissuasion.W001",
        )
    ]
