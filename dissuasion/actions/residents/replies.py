"""Takes residents' replies to messages (回复): by its meaning a reply raises the case, stops messages, or neither."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from config.lib import identity
from config.lib.ids import fitting
from dissuasion.actions.case.level import raise_to
from dissuasion.actions.dispatch import hold
from dissuasion.actions.messages import notices
from dissuasion.actions.residents import complaints
from dissuasion.models import Case, Delivery, Reply
from dissuasion.models.messages.delivery import LONGEST_ID
from dissuasion.rules import states
from dissuasion.rules.dispositions import MESSAGE_SENT
from dissuasion.rules.levels import Risk, Way
from dissuasion.rules.residents import replies
from dissuasion.rules.residents.reply_words import VERSION, Means
from dissuasion.telling import events, kinds, versions
from dissuasion.telling.stamp import Stamp
from dissuasion.transports.signing import MAX_AGE
from households.models import Resident
from households.models.household import phone_index

Meaning, State = Reply.Meaning, states.Delivery
LONGEST = 2000  # characters kept of one reply
# Replies within this time are read as parts of one: a busy network takes a minute or two for a long message.
PARTS_WITHIN, MOST_PARTS = dt.timedelta(minutes=2), 10
NEVER_WENT = (State.PLANNED, State.DROPPED)


@dataclass(frozen=True)
class IncomingReply:
    """A reply as a channel delivers it: its message is found by our id, by the channel's id, or by the number.

    `reply_id` is the channel's own id of the reply, where it has one.
    """

    text: str
    message: UUID | None = None
    provider_id: str = ""
    number: str = ""
    reply_id: str = ""


def reply(channel: str, said: IncomingReply, *, at: dt.datetime, waits_s: float | None = None) -> Reply | None:
    """Keep a reply that came in over `channel` and act on it; return it, or None when it answers nothing of ours.

    The same reply again gets the first one and does nothing more. It waits for locks at most `waits_s` seconds, then
    raises OperationalError.
    """
    reply_id = fitting(said.reply_id, longest=LONGEST_ID)
    same = _same(channel, reply_id)
    if same is not None:
        return same
    answered = _answered(channel, said)
    if answered is None:
        return None
    with versions.one_change(waits_s=waits_s):
        return _take(answered, channel, text=said.text[:LONGEST], reply_id=reply_id, at=at)


def _same(channel: str, reply_id: str) -> Reply | None:
    return Reply.objects.filter(channel=channel, provider_id=reply_id).first() if reply_id else None


def _said_just_now(answered: Delivery, text: str, *, at: dt.datetime, reply_id: str) -> Reply | None:
    """Return a recent reply with the same words to the same message, for a channel without ids of its own."""
    lately = Reply.objects.filter(delivery=answered, provider_id="", received_at__gt=at - 2 * MAX_AGE)
    return None if reply_id else next((reply for reply in lately if reply.text == text), None)


def _answered(channel: str, said: IncomingReply) -> Delivery | None:
    """Return the message that was answered, of several to one number the last that was sent; or None."""
    warnings = Delivery.objects.filter(purpose=Delivery.Purpose.WARNING).exclude(state__in=NEVER_WENT)
    warnings = warnings.select_related("resident")
    if said.message is not None:
        return warnings.filter(pk=said.message).first()
    if said.provider_id:
        sent_as = fitting(said.provider_id, longest=LONGEST_ID)
        return warnings.filter(channel=channel, provider_id=sent_as).first()
    try:
        index = phone_index(identity.parse_phone(said.number))
    except identity.BadNumber:
        return None
    people = list(Resident.objects.filter(phone_index=index).values_list("pk", flat=True))
    return warnings.filter(resident__in=people).order_by("-sent_at", "-pk").first()


def _take(answered: Delivery, channel: str, *, text: str, reply_id: str, at: dt.datetime) -> Reply:
    if answered.resident is not None:
        complaints.hold_cases(answered.resident.household_id)  # first, in order: a stop is about all of them
    case = hold.lock(_case_now(answered).pk)
    same = _same(channel, reply_id) or _said_just_now(answered, text, at=at, reply_id=reply_id)
    if same is not None:
        return same
    # Under the lock: the part before this one may just have been written.
    meant = replies.meaning(_parts(answered, text, at=at))
    if answered.resident is not None and (meant == Means.STOP or replies.says_stop(text)):
        complaints.complain(answered.resident.household_id, by=None, reason=text[:200], at=at)
        case = hold.lock(case.pk)  # as the complaint has left it
    meaning = Meaning(meant or Meaning.OTHER)
    made = Reply.objects.create(
        delivery=answered, case=case, channel=channel, received_at=at, text=text, provider_id=reply_id,
        meaning=meaning, words_version=VERSION,
    )  # fmt: skip
    events.record(case, kinds.Replied(meaning=meaning, reply=str(made.pk)), at=at)
    versions.touch(hold.team(case))
    # A reply proves that the message was shown.
    notices.move(answered.pk, State.SHOWN, at=at)
    if not _raise(case, meaning, at=at):
        notices.make_outcome_due(answered, at=at)
    return made


def _parts(answered: Delivery, text: str, *, at: dt.datetime) -> list[str]:
    """Return the resident's replies of the last minutes, `text` as the last: a long message comes in parts."""
    lately = Reply.objects.filter(delivery__resident=answered.resident_id, received_at__gt=at - PARTS_WITHIN)
    before = [reply.text for reply in lately.order_by("-received_at", "-pk")[: MOST_PARTS - 1]]
    return [*reversed(before), text]


def _raise(case: Case, meaning: Reply.Meaning, *, at: dt.datetime) -> bool:
    """Raise a case (held) for what its resident says, and return whether it rose.

    A reply about a payment sends an officer. An unclear one goes to the hotline where only a message was sent; any
    other case has a person already, who reads the reply in the case's file.
    """
    if meaning == Meaning.PAYING:
        return raise_to(case, Risk.HIGH, Stamp(at), reason="reply_paying")
    only_written_to = case.due_way == Way.MESSAGE and (
        case.status == states.Case.OPEN or (case.status == states.Case.CLOSED and case.disposition == MESSAGE_SENT)
    )
    if meaning == Meaning.OTHER and only_written_to:
        return raise_to(case, Risk.MEDIUM, Stamp(at), reason="reply_unclear")
    return False


def _case_now(answered: Delivery) -> Case:
    """Return the resident's active case, else the case of the message."""
    active = Q(resident=answered.resident_id, status__in=states.ACTIVE_CASE)
    return Case.objects.filter(active).first() or Case.objects.get(pk=answered.case_id)
