"""When a held act is tried again (待定记录): at growing pauses, for a limited time, for few acts of one person."""

import datetime as dt

from dissuasion.models import Act

# The first and the last try, counted from the act's arrival; kinds of newer phones wait for a newer server.
FOR_A_WHILE = (dt.timedelta(seconds=20), dt.timedelta(minutes=10))
RETRIES = {
    "assignment_unknown": FOR_A_WHILE,
    "record_unknown": FOR_A_WHILE,
    "kind_unknown": (dt.timedelta(hours=1), dt.timedelta(days=30)),
}
LONGEST_PAUSE = dt.timedelta(days=1)
# Acts of one person that are tried again; further ones are kept until somebody looks at them.
MOST_OF_ONE = 100


def next_try(act: Act, code: str, *, at: dt.datetime) -> dt.datetime | None:
    """Return when an act held under `code` is tried next; None where only a person can take it up.

    Each pause is as long as the act has waited already, and the last try comes when its time is over.
    """
    first, until = RETRIES.get(code, (None, None))
    if first is None or until is None:
        return None
    last = act.received_at + until
    if at >= last or not _few_of(act):
        return None
    return min(at + min(max(first, at - act.received_at), LONGEST_PAUSE), last)


def _few_of(act: Act) -> bool:
    others = Act.objects.filter(person=act.person_id, retry_at__isnull=False).exclude(pk=act.pk)
    return others.count() < MOST_OF_ONE
