"""What a desk reads of the messages to a resident: what was said and what became of it, answers, complaints."""

from typing import Any

from dissuasion.models import Case, Delivery, Reply
from dissuasion.rules import warning_words, words
from households.models import Household


def warnings_of(case: Case, *, language: str) -> list[dict[str, Any]]:
    """Return the messages to the resident of a case, in their order; `text` says why one was not sent, or later."""
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
        for row in rows
    ]


def replies_of(case: Case) -> list[dict[str, Any]]:
    """Return what the resident answered, in their own words."""
    rows = Reply.objects.filter(case=case).order_by("received_at", "pk")
    return [{"at": row.received_at, "channel": row.channel, "meaning": row.meaning, "said": row.text} for row in rows]


def household_row(household: Household) -> dict[str, Any]:
    """Return which household it is, and since when and why nobody there is written to."""
    return {
        "id": str(household.pk),
        "no_messages_since": household.no_messages_since,
        "no_messages_reason": household.no_messages_reason or "",
    }
