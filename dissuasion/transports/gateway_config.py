"""The configuration of a gateway: its address, what it is sent, how its answers and delivery reports are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dissuasion.transports.signing import Bearer, Hmac


@dataclass(frozen=True)
class StatusWords:
    """A path in an answer and the words of which one must stand there; an empty path: no condition."""

    path: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DeliveryReports:
    """How a gateway's delivery reports are read and verified."""

    status_path: str
    words: Mapping[str, str]  # the gateway's word → delivered, shown, failed
    signature: Hmac
    list_path: str = ""  # empty: the body itself, a list or one report
    id_path: str = ""  # our id
    provider_id_path: str = ""  # the gateway's own


@dataclass(frozen=True)
class Replies:
    """How residents' answers, which a gateway hands on, are read and verified."""

    text_path: str
    signature: Hmac
    list_path: str = ""  # empty: the body itself, a list or one answer
    reply_id_path: str = ""  # the gateway's own id of the answer
    id_path: str = ""  # our id of the message that is answered
    provider_id_path: str = ""  # the gateway's own
    number_path: str = ""  # from which it came


@dataclass(frozen=True)
class GatewayConfig:
    """One channel's gateway."""

    url: str = field(repr=False)
    host: str
    body: Mapping[str, Any]
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: str = "json"
    statuses: frozenset[int] = frozenset({200, 201, 202, 204})
    success: StatusWords = StatusWords()
    message_id: str = ""
    error_path: str = ""
    unreachable: frozenset[str] = frozenset()  # codes: this number can't be reached
    later: frozenset[str] = frozenset()  # codes: too many, or not now
    signature: Hmac | Bearer | None = None
    per_minute: int | None = None
    reports: DeliveryReports | None = None
    replies: Replies | None = None
