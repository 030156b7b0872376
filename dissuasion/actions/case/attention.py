"""What the desk is asked about a case: a question of a clock gives way to one that only a person can answer."""

from dissuasion.models import Case

Attention = Case.Attention
# What a clock asks of the desk gives way to what a person must decide: that is never overwritten.
ASKED_BY_CLOCK = (
    Attention.NONE, Attention.SHORTFALL, Attention.UNANSWERED, Attention.OVERDUE, Attention.NO_MESSAGES,
)  # fmt: skip


def is_free(case: Case) -> bool:
    """Return whether nothing stands before the desk that only a person can answer."""
    return case.attention in ASKED_BY_CLOCK


def ask(case: Case, attention: Case.Attention) -> None:
    """Put a case before its desk; a question that only a person can answer stays in front."""
    if is_free(case) and case.attention != attention:
        put(case, attention)


def put(case: Case, attention: str) -> str:
    """Put a question before everything else that the desk was asked about a case; return what that was."""
    before = case.attention
    if before != attention:
        case.attention = attention
        case.save(update_fields=["attention"])
    return before


def answer(case: Case) -> None:
    """Take back what the desk was asked: it has been answered."""
    put(case, Attention.NONE)


def keep(case: Case, before: str) -> None:
    """Ask again what the desk was asked before a case moved, if only a person can answer it."""
    if before not in ASKED_BY_CLOCK:
        put(case, before)
