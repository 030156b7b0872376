"""A gateway over HTTP for text messages, voice calls or the work messenger: which one says its configuration.

It is never believed more than it says: "sent" needs its own word for it, and what may have been taken is unknown.
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
from dissuasion.transports.breaker import Silent
from dissuasion.transports.gateway_config import GatewayConfig
from dissuasion.transports.http import Heard, ask
from dissuasion.transports.json_paths import at_path, word

logger = logging.getLogger(__name__)
PATIENCE_S = 5.0
# Shorter than a push service's rest: a rung of the ladder waits behind this.
SILENT = Silent(time_outs=3, rest_s=20.0)
# A message about a visit is worth nothing tomorrow, whatever a gateway asks for.
LONGEST_WAIT = dt.timedelta(minutes=5)
TOO_MANY, NOT_NOW = 429, 503
PLACE = re.compile(r"\{(id|to|text|language|repeated|at)\}")


class Gateway(Transport):
    """One channel's gateway."""

    def __init__(self, channel: str, config: GatewayConfig) -> None:
        super().__init__(channel)
        self.config, self.per_minute, self.host = config, config.per_minute, config.host

    def send(self, message: Message) -> Answer:
        """Hand one message over; return what became of it. It raises nothing, and takes about five seconds at most."""
        if left_s := SILENT.left_s(self.host):
            return Answer(Outcome.LATER, reason="resting", again_after=dt.timedelta(seconds=left_s))
        try:
            headers, body = request_of(message, self.config, at=timezone.now())
        except Exception as error:
            logger.error("The %s gateway's message can't be written: %s.", self.channel, type(error).__name__)
            return Answer(Outcome.LATER, reason="not_taken")
        heard = ask(self.config.method, self.config.url, headers=headers, body=body, within_s=PATIENCE_S)
        if heard.timed_out:
            SILENT.timed_out(self.host)
        elif heard.status:
            SILENT.answered(self.host)
        answer = judged(heard, self.config, at=timezone.now())
        if answer.outcome is not Outcome.SENT:
            # No number, no text, no address, and nothing that the other side wrote.
            logger.warning("The %s gateway: message %s, %s, status %d.", self.channel, message.id, answer.reason,
                           heard.status)  # fmt: skip
        return answer


def request_of(message: Message, config: GatewayConfig, *, at: dt.datetime) -> tuple[dict[str, str], bytes]:
    """Return the headers, signature included, and the body of the request that hands a message over."""
    fill = {
        "id": str(message.id), "to": message.to, "text": message.text, "language": message.language,
        "repeated": message.repeated, "at": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    said = filled(dict(config.body), fill)
    if config.content == "form":
        body = urlencode({name: _text(value) for name, value in said.items()}, errors="replace").encode()
        kind = "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps(said).encode(), "application/json"
    headers = {"Content-Type": kind, **{name: _text(filled(value, fill)) for name, value in config.headers.items()}}
    if config.signature:
        headers |= config.signature.headers(body, at=at)
    return headers, body


def filled(template: Any, fill: dict[str, Any]) -> Any:
    """Return a template with its places filled in: values into values, so that no text can become structure.

    A leaf that is nothing but one place takes its value as it is: `"{repeated}"` becomes true or false.
    """
    match template:
        case dict():
            return {name: filled(value, fill) for name, value in template.items()}
        case list():
            return [filled(value, fill) for value in template]
        case str():
            if alone := PLACE.fullmatch(template):
                return fill[alone[1]]
            # In one pass: what is filled in is not looked at again.
            return PLACE.sub(lambda found: _text(fill[found[1]]), template)
    return template


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def judged(heard: Heard, config: GatewayConfig, *, at: dt.datetime) -> Answer:
    """Return what a gateway's answer means.

    What was surely not taken is LATER; what may have been taken is UNKNOWN. Both go again under the same id: doubled is
    better than lost, and the difference is what the desk reads. So 429 and 503, by which a server says that it did
    nothing, are LATER; any other 5xx may come from a proxy behind which the message went, and is UNKNOWN. Any other
    refusal (a wrong key, a wrong template) is LATER too: nothing was sent, and it says nothing of the number.
    """
    if heard.fault:
        return Answer(Outcome.UNKNOWN if heard.reached else Outcome.LATER, reason=heard.fault)
    said = _json(heard.body)
    code = word(at_path(said, config.error_path)) if config.error_path else None
    if code in config.unreachable:
        return Answer(Outcome.FAILED, reason="bad_number")
    if heard.status in (TOO_MANY, NOT_NOW) or code in config.later:
        return Answer(Outcome.LATER, reason="too_many", again_after=_wait(heard.retry_after, at=at))
    if heard.status >= 500:
        return Answer(Outcome.UNKNOWN, reason="gateway_fault")
    if heard.status not in config.statuses:
        # A 2xx that nobody named is no refusal either.
        outcome = Outcome.UNKNOWN if heard.status < 300 else Outcome.LATER
        return Answer(outcome, reason="redirected" if 300 <= heard.status < 400 else "not_taken")
    if config.success.path:
        found = word(at_path(said, config.success.path))
        if found is None:
            return Answer(Outcome.UNKNOWN, reason="unreadable")
        if found not in config.success.words:
            return Answer(Outcome.LATER, reason="not_taken")
    return Answer(Outcome.SENT, provider_id=_own_id(said, config))


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _own_id(said: Any, config: GatewayConfig) -> str:
    found = word(at_path(said, config.message_id)) if config.message_id else None
    # Nothing that a database can't keep.
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
    return min(max(asked, dt.timedelta(seconds=1)), LONGEST_WAIT)
