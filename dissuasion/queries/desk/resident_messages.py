"""What a desk reads of the messages to a resident: their words and outcomes, replies, complaints."""

import datetime as dt
from typing import TypedDict

from dissuasion.models import Case, Delivery, Reply
from dissuasion.queries.desk.newest import Newest
from dissuasion.rules import words
from dissuasion.rules.residents import warning_words
from households.models import Household


class WarningRow(TypedDict):
    """A message to the resident, and what became of it."""

    id: str
    channel: str
    says: str
    state: str
    reason: str
    text: str
    planned_at: dt.datetime
    due_at: dt.datetime | None
    sent_at: dt.datetime | None
    ended_at: dt.datetime | None
    tries: int


class ReplyRow(TypedDict):
    """A reply of the resident."""

    at: dt.datetime
    channel: str
    meaning: str
    said: str


class HouseholdRow(TypedDict):
    """A household, and since when and why it gets no messages."""

    id: str
    no_messages_since: dt.datetime | None
    no_messages_reason: str


def warnings_of(case: Case, newest: Newest, *, language: str) -> list[WarningRow]:
    """Return the messages to the resident of a case, in their order; `text` says why one was not sent or put off."""
    rows = Delivery.objects.filter(case=case, purpose=Delivery.Purpose.WARNING).order_by("planned_at", "tries", "pk")
    return [
        {
            "id": str(row.pk),
            "channel": row.channel,
            "says": warning_words.words_for(row.about, channel=row.channel, language=language),
            "state": row.state,
            "reason": row.reason,
            "text": words.sentence(row.reason) if row.reason else row.get_state_display(),
            "planned_at": row.planned_at,
            "due_at": row.due_at,
            "sent_at": row.sent_at,
            "ended_at": row.ended_at,
            "tries": row.tries,
        }
        for row in newest.of("messages", rows)
    ]


def replies_of(case: Case, newest: Newest) -> list[ReplyRow]:
    """Return the replies of the resident, in their own words."""
    rows = Reply.objects.filter(case=case).order_by("received_at", "pk")
    return [
        {"at": row.received_at, "channel": row.channel, "meaning": row.meaning, "said": row.text}
        for row in newest.of("replies", rows)
    ]


def household_row(household: Household) -> HouseholdRow:
    """Return the id of a household, and since when and why it gets no messages."""
    return {
        "id": str(household.pk),
        "no_messages_since": household.no_messages_since,
        "no_messages_reason": household.no_messages_reason or "",
    }
