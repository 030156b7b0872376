"""Takes residents' answers to messages (回复): payment under way raises the case, "no more" stops the messages."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from config.lib import identity
from dissuasion.actions.case.level import raise_to
from dissuasion.actions.dispatch import hold
from dissuasion.actions.messages import notices
from dissuasion.actions.residents import complaints
from dissuasion.models import Case, Delivery, Reply
from dissuasion.rules import replies, states
from dissuasion.rules.levels import Risk
from dissuasion.telling import events, kinds, versions
from dissuasion.telling.stamp import Stamp
from dissuasion.transports.signing import MAX_AGE
from households.models import Resident
from households.models.household import phone_index

Meaning, State = Reply.Meaning, states.Delivery
LONGEST = 2000  # characters kept of one answer
NEVER_WENT = (State.PLANNED, State.DROPPED)


@dataclass(frozen=True)
class Said:
    """An answer as a channel hands it on: it belongs to a message by our id of it, by the channel's, or by the number.

    `reply_id` is the channel's own id of the answer, where it has one.
    """

    text: str
    message: UUID | None = None
    provider_id: str = ""
    number: str = ""
    reply_id: str = ""


def reply(channel: str, said: Said, *, at: dt.datetime) -> Reply | None:
    """Keep an answer that came in over `channel` and let it work; return it, or None when it answers nothing of ours.

    The same answer again gets the first one and does nothing more.
    """
    reply_id = said.reply_id[:120]
    same = _same(channel, reply_id)
    if same is not None:
        return same
    answered = _answered(channel, said)
    return _take(answered, channel, text=said.text[:LONGEST], reply_id=reply_id, at=at) if answered else None


def _same(channel: str, reply_id: str) -> Reply | None:
    return Reply.objects.filter(channel=channel, provider_id=reply_id).first() if reply_id else None


def _said_just_now(answered: Delivery, text: str, *, at: dt.datetime, reply_id: str) -> Reply | None:
    """Return the same words to the same message by a channel without ids of its own: told twice, or a replay."""
    lately = Reply.objects.filter(delivery=answered, provider_id="", received_at__gt=at - 2 * MAX_AGE)
    return None if reply_id else next((reply for reply in lately if reply.text == text), None)


def _answered(channel: str, said: Said) -> Delivery | None:
    """Return the message that was answered; of several to one number the last that went."""
    warnings = Delivery.objects.filter(purpose=Delivery.Purpose.WARNING).exclude(state__in=NEVER_WENT)
    warnings = warnings.select_related("resident")
    if said.message is not None:
        return warnings.filter(pk=said.message).first()
    if said.provider_id:
        return warnings.filter(channel=channel, provider_id=said.provider_id).first()
    try:
        index = phone_index(identity.parse_phone(said.number))
    except identity.BadNumber:
        return None
    people = list(Resident.objects.filter(phone_index=index).values_list("pk", flat=True))
    return warnings.filter(resident__in=people).order_by("-sent_at", "-pk").first()


@versions.one_change()
def _take(answered: Delivery, channel: str, *, text: str, reply_id: str, at: dt.datetime) -> Reply:
    meaning = _meaning(text)
    # First, for it holds all cases of the household, in their order.
    if replies.says_stop(text) and answered.resident is not None:
        complaints.complain(answered.resident.household_id, by=None, reason=text[:200], at=at)
    case = hold.lock(_case_now(answered).pk)
    same = _same(channel, reply_id) or _said_just_now(answered, text, at=at, reply_id=reply_id)
    if same is not None:
        return same
    made = Reply.objects.create(
        delivery=answered, case=case, channel=channel, received_at=at, text=text, meaning=meaning, provider_id=reply_id
    )
    events.record(case, kinds.Replied(meaning=meaning, reply=str(made.pk)), at=at)
    versions.touch(hold.team(case))
    # Whoever answers has read it.
    notices.move(answered.pk, State.SHOWN, at=at)
    raised = False
    if meaning == Meaning.PAYING:
        raised = raise_to(case, Risk.HIGH, Stamp(at), reason="reply_paying")
    if not raised:
        notices.look_soon(answered, at=at)
    return made


def _meaning(text: str) -> Reply.Meaning:
    """Return what an answer means; whoever says both is paying first of all."""
    if replies.says_paying(text):
        return Meaning.PAYING
    if replies.says_stop(text):
        return Meaning.STOP
    return Meaning.OTHER


def _case_now(answered: Delivery) -> Case:
    """Return the case that the resident has now; the one that they were warned in when there is none."""
    active = Q(resident=answered.resident_id, status__in=states.ACTIVE_CASE)
    return Case.objects.filter(active).first() or Case.objects.get(pk=answered.case_id)
