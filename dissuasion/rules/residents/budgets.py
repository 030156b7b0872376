"""How often one person may be called or written to: people ignore a phone that never stops."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

# To one member of staff, by channel.
STAFF_WITHIN = dt.timedelta(hours=1)
STAFF_AT_MOST = {"text": 20, "voice": 8, "messenger": 60}
# In a burst, people who have had no message for this long go first (as in goalert).
QUIET_FOR = dt.timedelta(minutes=10)
# Tries of one message in all: about an hour and a half, so that a gateway may be away for ten minutes and nothing is
# lost. A resident may have received every try whose outcome is unknown, so there are fewer of those.
TRIES, TRIES_UNKNOWN = 24, 4

# --- To a household: it is not called twelve times ------------------------------------------------------------------
QUIET_FROM, QUIET_TO = dt.time(21), dt.time(8)
# At most so many messages of any kind in each period; the same warning again only after SAME_SCAM_WITHIN.
HOUSEHOLD_AT_MOST = ((dt.timedelta(days=1), 2), (dt.timedelta(days=28), 6))
SAME_SCAM_WITHIN = dt.timedelta(days=3)
HOUSEHOLD_WITHIN = max(within for within, _most in HOUSEHOLD_AT_MOST)
# A sent message counts as arrived when the channel has said nothing for this long.
ARRIVED_AFTER = dt.timedelta(minutes=30)
VOICE_FROM_AGE = 65


def most_tries(*, resident: bool, sure: bool) -> int:
    """Return how often a message is tried in all; `sure`: the last try surely reached nobody."""
    return TRIES_UNKNOWN if resident and not sure else TRIES


@dataclass(frozen=True)
class PastMessage:
    """A message that a household got or will get: when, and about which scam type."""

    at: dt.datetime
    about: str


def household_free_at(told: Sequence[PastMessage], *, about: str, at: dt.datetime) -> dt.datetime:
    """Return when a household may be told about a scam type: `at` itself, or when its budget allows it again."""
    free = at
    for within, most in HOUSEHOLD_AT_MOST:
        lately = sorted(one.at for one in told if one.at > at - within)
        if len(lately) >= most:
            free = max(free, lately[-most] + within)
    same = max((one.at for one in told if one.about == about), default=None)
    return free if same is None else max(free, same + SAME_SCAM_WITHIN)


def quiet_until(local: dt.datetime) -> dt.datetime | None:
    """Return when the quiet hours end in which a local time lies; None outside them."""
    if QUIET_TO <= local.time() < QUIET_FROM:
        return None
    day = local.date()
    if local.time() >= QUIET_FROM:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, QUIET_TO, tzinfo=local.tzinfo)


def channel_for(*, age: int | None, lives_alone: bool, no_text: bool) -> str:
    """Return the channel to a resident: text; voice for who may not read it, or whom no text reaches (`no_text`)."""
    hears = lives_alone or no_text or (age is not None and age >= VOICE_FROM_AGE)
    return "voice" if hears else "text"
