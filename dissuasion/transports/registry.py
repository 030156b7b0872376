"""Which transport serves a channel: a gateway where the settings name one, else the console."""

from django.conf import settings

from dissuasion.transports import gateway_file
from dissuasion.transports.base import Transport
from dissuasion.transports.console import Console
from dissuasion.transports.gateway import Gateway
from dissuasion.transports.gateway_config import DeliveryReports, GatewayConfig, Replies

CHANNELS = gateway_file.CHANNELS
_TABLE: dict[str, Transport] = {channel: Console(channel) for channel in CHANNELS}


def load() -> None:
    """Fill the table from the file that the settings name; raise ImproperlyConfigured where that is wrong."""
    named = gateway_file.read(settings.GATEWAYS, debug=settings.DEBUG)
    _TABLE.update({channel: Gateway(channel, config) for channel, config in named.items()})


def transport(channel: str) -> Transport:
    """Return the transport of a channel; raise KeyError for an unknown one."""
    return _TABLE[channel]


def delivery_reports_of(channel: str) -> DeliveryReports | None:
    """Return how the delivery reports of a channel are read; None for one that sends none, or is unknown."""
    config = _config_of(channel)
    return config.reports if config else None


def replies_of(channel: str) -> Replies | None:
    """Return how the answers that a channel hands on are read; None for one that has none, or is unknown."""
    config = _config_of(channel)
    return config.replies if config else None


def _config_of(channel: str) -> GatewayConfig | None:
    serves = _TABLE.get(channel)
    return serves.config if isinstance(serves, Gateway) else None
