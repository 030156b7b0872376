"""What the desk is asked about a case: a question of a clock gives way to one that only a person can answer."""

from dissuasion.models import Case

# What a clock asks of the desk gives way to what a person must decide: that is never overwritten.
ASKED_BY_CLOCK = (
    "", Case.Attention.SHORTFALL, Case.Attention.UNANSWERED, Case.Attention.OVERDUE, Case.Attention.NO_MESSAGES,
)  # fmt: skip


def ask_desk(case: Case, attention: Case.Attention) -> None:
    """Put a case before its desk; a question that only a person can answer stays in front."""
    if case.attention in ASKED_BY_CLOCK and case.attention != attention:
        case.attention = attention
        case.save(update_fields=["attention"])
