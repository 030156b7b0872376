"""A gateway over HTTP for text messages, voice calls or the work messenger, as its configuration says.

A message counts as sent only when the gateway says so; without a clear answer its outcome is unknown.
"""

import datetime as dt
import json
import logging
import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from dissuasion.transports.base import Answer, Message, Outcome, Transport
from dissuasion.transports.breaker import CircuitBreaker
from dissuasion.transports.gateway_config import GatewayConfig
from dissuasion.transports.http import Response, request
from dissuasion.transports.json_paths import as_word, value_at

logger = logging.getLogger(__name__)
TIMEOUT_S = 5.0
# Shorter than for a push service: a rung of the ladder waits for this message.
BREAKER = CircuitBreaker(max_timeouts=3, open_s=20.0)
# A message about a visit is worth nothing tomorrow, whatever a gateway asks for.
MAX_WAIT = dt.timedelta(minutes=5)
TOO_MANY_REQUESTS, UNAVAILABLE = 429, 503
PLACE = re.compile(r"\{(id|to|text|language|repeated|at)\}")


class Gateway(Transport):
    """One channel's gateway."""

    def __init__(self, channel: str, config: GatewayConfig) -> None:
        super().__init__(channel)
        self.config, self.per_minute, self.host = config, config.per_minute, config.host

    def send(self, message: Message) -> Answer:
        """Hand one message over; return what became of it. It raises nothing, and takes about five seconds at most."""
        left_s = BREAKER.open_for_s(self.host)
        if left_s:
            return Answer(Outcome.LATER, reason="resting", again_after=dt.timedelta(seconds=left_s))
        try:
            headers, body = build_request(message, self.config, at=timezone.now())
        except Exception as error:
            logger.error("The %s gateway's message can't be written: %s.", self.channel, type(error).__name__)
            return Answer(Outcome.LATER, reason="not_taken")
        heard = request(self.config.method, self.config.url, headers=headers, body=body, within_s=TIMEOUT_S)
        if heard.timed_out:
            BREAKER.record_timeout(self.host)
        elif heard.status:
            BREAKER.record_success(self.host)
        answer = read_answer(heard, self.config, at=timezone.now())
        if answer.outcome is not Outcome.SENT:
            # No number, no text, no address, and nothing of what the gateway wrote.
            logger.warning("The %s gateway: message %s, %s, status %d.", self.channel, message.id, answer.reason,
                           heard.status)  # fmt: skip
        return answer


def build_request(message: Message, config: GatewayConfig, *, at: dt.datetime) -> tuple[dict[str, str], bytes]:
    """Return headers (with the signature) and body of the request that hands a message over."""
    fill = {
        "id": str(message.id), "to": message.to, "text": message.text, "language": message.language,
        "repeated": message.repeated, "at": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    said = fill_template(dict(config.body), fill)
    if config.content == "form":
        body = urlencode({name: _text(value) for name, value in said.items()}, errors="replace").encode()
        kind = "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps(said).encode(), "application/json"
    headers = {
        "Content-Type": kind,
        **{name: _text(fill_template(value, fill)) for name, value in config.headers.items()},
    }
    if config.signature:
        headers |= config.signature.headers(body, at=at)
    return headers, body


def fill_template(template: Any, fill: dict[str, Any]) -> Any:
    """Return a template with its places filled in: values into values, so that no text can become structure.

    A leaf that is nothing but one place takes its value as it is: `"{repeated}"` becomes true or false.
    """
    match template:
        case dict():
            return {name: fill_template(value, fill) for name, value in template.items()}
        case list():
            return [fill_template(value, fill) for value in template]
        case str():
            alone = PLACE.fullmatch(template)
            if alone:
                return fill[alone[1]]
            # In one pass: a value is not searched for places again.
            return PLACE.sub(lambda found: _text(fill[found[1]]), template)
    return template


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_answer(heard: Response, config: GatewayConfig, *, at: dt.datetime) -> Answer:
    """Return what a gateway's answer means.

    LATER: the message was surely not sent. UNKNOWN: it may have been sent. Both are sent again under the same id, since
    twice is better than never; the difference is for the desk. 429 and 503 say that the server did nothing: LATER. Any
    other 5xx may come from a proxy while the message went through: UNKNOWN. Any other refusal (a wrong key, a wrong
    template) is LATER too: nothing was sent, and it does not speak against the number.
    """
    if heard.fault:
        return Answer(Outcome.UNKNOWN if heard.reached else Outcome.LATER, reason=heard.fault)
    said = _json(heard.body)
    code = as_word(value_at(said, config.error_path)) if config.error_path else None
    if code in config.unreachable:
        return Answer(Outcome.FAILED, reason="bad_number")
    if heard.status in (TOO_MANY_REQUESTS, UNAVAILABLE) or code in config.later:
        return Answer(Outcome.LATER, reason="too_many", again_after=_wait(heard.retry_after, at=at))
    if heard.status >= 500:
        return Answer(Outcome.UNKNOWN, reason="gateway_fault")
    if heard.status not in config.statuses:
        # A 2xx that the configuration does not name is no refusal either.
        outcome = Outcome.UNKNOWN if heard.status < 300 else Outcome.LATER
        return Answer(outcome, reason="redirected" if 300 <= heard.status < 400 else "not_taken")
    if config.success.path:
        found = as_word(value_at(said, config.success.path))
        if found is None:
            return Answer(Outcome.UNKNOWN, reason="unreadable")
        if found not in config.success.words:
            return Answer(Outcome.LATER, reason="not_taken")
    return Answer(Outcome.SENT, provider_id=_provider_id(said, config))


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _provider_id(said: Any, config: GatewayConfig) -> str:
    found = as_word(value_at(said, config.message_id)) if config.message_id else None
    # A database can't store every character.
    return found if found and found.isprintable() else ""


def _wait(retry_after: str, *, at: dt.datetime) -> dt.timedelta | None:
    """Return how long a gateway asks to be left alone (seconds or a date), within reason; None where it doesn't say."""
    if re.fullmatch(r"[0-9]{1,9}", retry_after):
        asked = dt.timedelta(seconds=int(retry_after))
    else:
        try:
            asked = parsedate_to_datetime(retry_after) - at
        except (TypeError, ValueError):  # no date, or one without its zone
            return None
    return min(max(asked, dt.timedelta(seconds=1)), MAX_WAIT)
