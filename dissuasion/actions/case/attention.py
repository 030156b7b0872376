"""What the desk is asked about a case: a clock's question never replaces one that only a person can answer."""

from dissuasion.models import Case

Attention = Case.Attention
# Questions that a clock asks. Any other question is a person's to decide and is never overwritten by one of these.
ASKED_BY_CLOCK = (
    Attention.NONE, Attention.SHORTFALL, Attention.UNANSWERED, Attention.OVERDUE, Attention.NO_MESSAGES,
)  # fmt: skip


def may_be_replaced(case: Case) -> bool:
    """Return whether the desk has no question about this case that only a person can answer."""
    return case.attention in ASKED_BY_CLOCK


def ask(case: Case, attention: Case.Attention) -> None:
    """Ask the desk about a case, unless a question that only a person can answer is open."""
    if may_be_replaced(case) and case.attention != attention:
        replace(case, attention)


def replace(case: Case, attention: str) -> str:
    """Replace the desk's question about a case, whichever it is; return the one before."""
    before = case.attention
    if before != attention:
        case.attention = attention
        case.save(update_fields=["attention"])
    return before


def answer(case: Case) -> None:
    """Clear the desk's question: it has been answered."""
    replace(case, Attention.NONE)


def restore(case: Case, before: str) -> None:
    """Restore the question from before a case moved, if only a person can answer it."""
    if before not in ASKED_BY_CLOCK:
        replace(case, before)
