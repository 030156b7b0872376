"""Which address a request comes from: that of the connection, or the one that trusted proxies name."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"  # a Unix socket has no address
# Whoever has one IPv6 address has the whole network.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """Return the client's address, for counting tries; of an IPv6 address its network.

    `TRUSTED_PROXIES` says how many entries at the end of X-Forwarded-For are trusted: the client may have written any
    before them. A request with fewer entries did not come through the proxies.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    said = request.headers.get("X-Forwarded-For", "").split(",")
    through = _counted(said[-proxies]) if 0 < proxies <= len(said) else ""
    return through or _counted(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def _counted(text: str) -> str:
    """Return an address as it is counted, without a port; empty for a text that is none."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, IPV6_PREFIX), strict=False).network_address)
