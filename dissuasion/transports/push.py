"""Web push (RFC 8030, 8291, 8292): a message names nobody, and "sent" does not mean that a phone rang."""

import fnmatch
import functools
import json
import logging
import re
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import requests
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from dissuasion.transports.breaker import CircuitBreaker

logger = logging.getLogger(__name__)
TIMEOUT_S = 5.0
MAX_CONCURRENT = 16  # messages that are being sent at the same time
MAX_TIMEOUTS, REST_S = 3, 60.0
GONE = (404, 410)


class Outcome(Enum):
    """What became of one message, as far as its push service says."""

    SENT = "sent"
    GONE = "gone"  # the subscription is over: forget it
    LATER = "later"  # no answer, too many, or a fault on the line: try again
    OURS = "ours"  # this server is not set up to send it: nothing is known of the subscription


@dataclass(frozen=True)
class Push:
    """One message to one browser; `ttl_s`: seconds it is worth delivering; a newer one of its topic replaces it."""

    subscription: UUID
    endpoint: str
    p256dh: str
    auth: str
    payload: dict[str, Any]
    ttl_s: int
    topic: str  # at most 32 letters, digits, - and _


def is_allowed(endpoint: str) -> bool:
    """Return whether an address belongs to a push service that the settings name."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    # Only what every parser of addresses reads in the same way: this one leaves out line ends, wherever they stand.
    if not re.fullmatch(r"[!-~]+", endpoint) or not re.fullmatch(r"[a-z0-9.-]+(:[0-9]{1,5})?", parts.netloc):
        return False
    origin = f"{parts.scheme}://{parts.netloc}"
    return any(fnmatch.fnmatchcase(origin, pattern) for pattern in settings.PUSH_SERVICES)


def send(push: Push) -> Outcome:
    """Send one message; return what became of it. It raises nothing, and takes about five seconds at most."""
    if not settings.VAPID_PRIVATE_KEY:
        _log_once("There is no VAPID_PRIVATE_KEY: no push message is sent.")
        return Outcome.OURS
    if not is_allowed(push.endpoint):
        _log_once("PUSH_SERVICES names no longer every push service that phones subscribed to.")
        return Outcome.OURS
    host = urlsplit(push.endpoint).netloc
    if BREAKER.is_open(host):
        return Outcome.LATER
    outcome = _sent(push, host)
    if outcome is not Outcome.LATER:
        BREAKER.record_success(host)
    return outcome


def _sent(push: Push, host: str) -> Outcome:
    try:
        with requests.Session() as session:
            session.max_redirects = 0  # a push service answers itself
            webpush(
                {"endpoint": push.endpoint, "keys": {"p256dh": push.p256dh, "auth": push.auth}},
                json.dumps(push.payload, separators=(",", ":")),
                vapid_private_key=_key(settings.VAPID_PRIVATE_KEY),
                vapid_claims={"sub": settings.VAPID_SUBJECT},
                # The default of 0 would throw the message away when the phone is not connected just now.
                ttl=max(push.ttl_s, 1),
                headers={"urgency": "high", "topic": push.topic},
                timeout=TIMEOUT_S,
                requests_session=session,
            )
    except WebPushException as error:
        if error.status_code in GONE:
            return Outcome.GONE
        logger.warning("Push %s was not taken: status %s.", push.subscription, error.status_code)
        BREAKER.record_success(host)
        return Outcome.LATER
    except Exception as error:
        if isinstance(error, requests.Timeout):
            BREAKER.record_timeout(host)
        # Never the error's text: it holds the address, and whoever knows the address can write to the phone.
        logger.warning("Push %s was not sent: %s.", push.subscription, type(error).__name__)
        return Outcome.LATER
    return Outcome.SENT


def send_all(pushes: list[Push], *, within_s: float) -> list[Outcome]:
    """Send messages side by side; return their outcomes in the same order, after `within_s` seconds at most.

    What has no outcome by then counts as LATER.
    """
    if not pushes:
        return []
    threads = ThreadPoolExecutor(max_workers=min(MAX_CONCURRENT, len(pushes)), thread_name_prefix="push")
    try:
        begun = [threads.submit(send, push) for push in pushes]
        wait(begun, timeout=within_s)
        return [one.result() if one.done() and not one.cancelled() else Outcome.LATER for one in begun]
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


BREAKER = CircuitBreaker(max_timeouts=MAX_TIMEOUTS, open_s=REST_S)


@functools.cache
def _log_once(what: str) -> None:
    logger.error(what)


@functools.cache
def _key(private: str) -> Vapid02:
    return Vapid02.from_raw(private.encode())
