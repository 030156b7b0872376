"""What `manage.py check --deploy` says of Doorstep itself."""

from typing import Any

from django.conf import settings
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


def addresses_are_told_apart(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Return a warning when a proxy stands in front whose word on the address nobody believes: all are one address."""
    if settings.SECURE_PROXY_SSL_HEADER is None or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        checks.Warning(
            "BEHIND_PROXY is on and TRUSTED_PROXIES is 0: everybody counts as the proxy's one address, so the wrong "
            "passwords and the rush of one of them shut out all others.",
            hint="Set TRUSTED_PROXIES to the number of proxies that write X-Forwarded-For.",
            id="dissuasion.W002",
        )
    ]
