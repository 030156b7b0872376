"""Turns codes into sentences in the reader's language. Nowhere else do reasons become words."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n_

from dissuasion.rules import scam_types
from dissuasion.rules.reasons import Reason, ReasonWithText

SENTENCES: dict[str, str] = {
    # triage
    "funds_moving": n_("Money is already moving"),
    "source_high": n_("The source says high risk"),
    "source_medium": n_("The source says medium risk"),
    "large_amount": n_("About to send %(amount)s"),
    "high_loss_type": n_("%(scam_type)s: losses are high and rarely recovered"),
    "hot_area": n_("Many losses in this area lately"),
    "aged": n_("%(age)s years old"),
    "lives_alone": n_("Lives alone"),
    "earlier_victim": n_("Lost money to fraud before"),
    "denied_before": n_("Denied it or refused help before"),
    "fund_alert": n_("A fund alert: each one calls for a visit"),
    "money_moved": n_("Money has moved: that calls for a visit"),
    "large_amount_leaving": n_("A large amount is about to move: that calls for a visit"),
    "source_says_high": n_("What a source calls high is never below a telephone call"),
    "instructed_medium": n_("A superior's instruction: medium risk at least"),
    "instructed_high": n_("A superior's instruction: high risk, a visit"),
    "instructed_urgent": n_("A superior's instruction: urgent, a visit before all others"),
    "time_implausible": n_("The source's time can't be right; ours counts"),
    "phone_unread": n_("The telephone number in the warning can't be read"),
    "id_unread": n_("The ID number in the warning can't be read"),
    "unreachable": n_("Not reached by telephone three times"),
    "denied_funds_moving": n_("Denies it on the telephone while money is moving"),
    "payment_under_way": n_("Said on the telephone: a payment is under way"),
    "set_by_chief": n_("The level was set by the desk: %(reason)s"),
    # why an alert waits in triage
    "unknown_resident": n_("Nobody with this phone or ID number is registered"),
    "no_identifier": n_("Only an address was given"),
    "two_residents": n_("The phone and the ID number belong to different residents"),
    "several_residents": n_("Several residents share this telephone"),
    "unknown_ground": n_("The place is in no known division"),
    "no_unit": n_("No unit is responsible for this ground"),
    # matching
    "covers_household": n_("Responsible for this household"),
    "covers_area": n_("Responsible for this grid"),
    "covers_village": n_("Covers this village"),
    "covers_township": n_("Covers this township"),
    "not_their_ground": n_("Does not cover this ground"),
    "own_station": n_("From the local station"),
    "other_station": n_("From another station of the county: %(unit)s"),
    "on_duty": n_("On duty"),
    "near": n_("%(km)s km %(bearing)s, %(seconds)s ago"),
    "position_stale": n_("Position is %(seconds)s old"),
    "position_unknown": n_("Position unknown"),
    "free": n_("Has no case in hand"),
    "on_high": n_("Is on a high-risk case"),
    "speaks_dialect": n_("Speaks the dialect: %(dialect)s"),
    "never_seen": n_("The phone has not been heard from yet"),
    "goes_along": n_("Is a companion already"),
    "recalled": n_("Was recalled from this case by the desk"),
    "silent": n_("Phone silent for %(seconds)s"),
    "asked_before": n_("Did not acknowledge this case before"),
    "declined": n_("Declined this case"),
    "off_duty": n_("Off duty"),
    "may_not_lead": n_("A high-risk visit needs a police officer; may accompany"),
    "reminds": n_("A reminder visit: whoever looks after this grid goes first"),
    "nobody_here": n_("Nobody belongs to this ground"),
    "nobody_on_duty": n_("Nobody of this station is on duty"),
    "chosen": n_("Chosen by the desk"),
    # check-in
    "no_position": n_("No position"),
    "address_without_point": n_("The address has no point on the map"),
    "no_distance": n_("The distance is not known"),
    "a_little_off": n_("A little away from the door"),
    "coarse_position": n_("The position is coarse"),
    "far_away": n_("Far from the address"),
    "old_position": n_("The position is old"),
    "accuracy_implausible": n_("The accuracy is not plausible"),
    # flags on the results of calls
    "after_lease": n_("The call was no longer held when its result came in"),
    # why a message was not sent, or not yet, or what became of it
    "answered": n_("Somebody has acknowledged"),
    "ended": n_("The assignment has ended"),
    "shown": n_("The phone has shown it"),
    "closed": n_("The case is closed"),
    "no_rights": n_("Its recipient has no rights here any more"),
    "bundled": n_("Said in another message that is waiting"),
    "budget": n_("Too many messages to this person within the hour"),
    "no_number": n_("No number is known"),
    "limit": n_("Put off: the channel takes no more in a minute"),
    "crashed": n_("The sender stopped while sending"),
    "no_answer": n_("The channel gave no answer"),
    "gone": n_("The browser takes no messages any more"),
    "later": n_("The push service could not take it"),
    "ours": n_("This server is not set up to send it"),
    # flags on acts
    "late": n_("Arrived late: the phone had no signal"),
    "clock_off": n_("The phone's clock is off by more than five minutes"),
    "clock_ahead": n_("Happened in the future by the phone's clock; the server's time is used"),
    "out_of_order": n_("A later step was known already"),
    "after_recall": n_("The assignment had been recalled"),
    "after_lapse": n_("The assignment had lapsed"),
    "after_decline": n_("The assignment had been declined"),
    "after_clear": n_("The assignment was already cleared"),
    "after_close": n_("The case was already closed"),
    "second_record": n_("There is an earlier record of this visit"),
    "companion_record": n_("The lead's record decides"),
    "disposition_mismatch": n_("The result does not fit met or not met"),
    "amounts_set_aside": n_("Money kept safe isn't counted: nobody was met or spoken to"),
    "script_unknown": n_("The script version is not known here"),
    "decided_meanwhile": n_("The case was decided otherwise meanwhile"),
    "photo_differs": n_("A photo with this number is here already, and it is another one"),
    "position_unreadable": n_("The phone's position can't be right; the step counts without it"),
    "photo_refused": n_("A photo can't be read"),
    "handed_over": n_("Brought by somebody else: the phone could not send it"),
    "quarantined": n_("From somebody whose rights were taken: a person must look at it"),
    "taken_up": n_("Was held at first and taken up later"),
    # what a gateway made of a message
    "no_connection": n_("The gateway can't be reached; nothing was sent"),
    "untrusted": n_("The gateway's certificate is not trusted here; nothing was sent"),
    "timeout": n_("The gateway did not answer in time; it may have been sent"),
    "cut_off": n_("The gateway hung up without an answer; it may have been sent"),
    "too_long": n_("The gateway's answer is too long to be one; it may have been sent"),
    "unreadable": n_("The gateway's answer can't be read; it may have been sent"),
    "gateway_fault": n_("The gateway had a fault; it may have been sent"),
    "too_many": n_("The gateway asks to come back later; nothing was sent"),
    "not_taken": n_("The gateway did not take it; nothing was sent"),
    "redirected": n_("The gateway has another address now; nothing was sent"),
    "bad_number": n_("The gateway says that this number can't be reached"),
    "resting": n_("The gateway did not answer lately and is left alone for some seconds"),
    "not_delivered": n_("The gateway reports that it did not arrive"),
    "arrived": n_("The try before it arrived after all"),
    # why a level rises without a new warning
    "unreachable_by_message": n_("No number is known to write to: a person must look"),
    "message_failed": n_("The message did not arrive"),
    "reply_paying": n_("Answered that payment is under way"),
    "reply_unclear": n_("Answered something that nobody has understood yet: a person must ask"),
    # why a message to a resident is not sent, or later
    "household_budget": n_("Not sent: this household has had enough messages for now"),
    "complaint": n_("Not sent: this household wants no messages"),
    "level_raised": n_("Not sent: the case goes another way now"),
    "quiet_hours": n_("Waits for the end of the quiet hours"),
}
COUNTED = {  # a number decides the word
    "repeat": ngettext_lazy(
        "%(count)s earlier warning within seven days", "%(count)s earlier warnings within seven days", "count"
    ),
    "load": ngettext_lazy("Has %(count)s case in hand", "Has %(count)s cases in hand", "count"),
}
BEARINGS = {
    "N": n_("north"), "NE": n_("north-east"), "E": n_("east"), "SE": n_("south-east"),
    "S": n_("south"), "SW": n_("south-west"), "W": n_("west"), "NW": n_("north-west"),
}  # fmt: skip


def sentence(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Return the sentence of a reason in the active language; an unknown code is returned as it is."""
    said = {key: _parameter(key, value) for key, value in (params or {}).items()}
    if code in COUNTED:
        return str(COUNTED[code] % said)
    template = SENTENCES.get(code)
    return code if template is None else _(template) % said


def with_text(reasons: Iterable[Reason]) -> list[ReasonWithText]:
    """Return the reasons, each with its sentence as `text`."""
    return [{**reason, "text": sentence(reason["code"], reason.get("params"))} for reason in reasons]


def duration(seconds: float) -> str:
    """Return a span of seconds as people say it: 6 s, 3 min, 2 h."""
    if seconds < 60:
        return _("%(n)d s") % {"n": seconds}
    if seconds < 3600:
        return _("%(n)d min") % {"n": seconds // 60}
    return _("%(n)d h") % {"n": seconds // 3600}


def yuan(amount: Decimal | float | str) -> str:
    """Return an amount of money with its unit: 20 万元 and 5,000 元 in Chinese, ¥200,000 in English."""
    value = Decimal(amount)
    grouped = f"{value:,.2f}".removesuffix(".00")
    if not (get_language() or "").startswith("zh"):
        return f"¥{grouped}"
    if value < 10_000:
        return f"{grouped} 元"
    tens_of_thousands = (value / 10_000).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{tens_of_thousands:,f}".removesuffix(".0") + " 万元"


def _parameter(key: str, value: Any) -> Any:
    match key:
        case "scam_type":
            return scam_types.name(value, get_language() or "zh-hans")
        case "amount" | "transferred":
            return yuan(value)
        case "bearing":
            return _(BEARINGS[value])
        case "seconds":
            return duration(value)
        case "km":
            return str(value).removesuffix(".0")
    return value
