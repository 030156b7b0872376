"""What a refused alert is told: the same in both languages, with the field and the reason, and nothing is kept."""

from collections.abc import Callable
from typing import Any

from dissuasion.models import Alert
from tests.cast import alert

Post = Callable[..., Any]
PROBLEM = "application/problem+json"
LANGUAGES = ("en", "zh-hans")


def told(post: Post, body: Any, **options: Any) -> Any:
    """Send the same thing in both languages; return the problem that both agree on."""
    problems = []
    for language in LANGUAGES:
        answer = post(body, language=language, **options)
        assert answer["content-type"] == PROBLEM, answer.content
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["detail"]
        assert all(error["reason"] for error in problem.get("errors", []))
        problems.append(problem)
    assert not Alert.objects.exists()
    english, chinese = (places(problem) for problem in problems)
    assert english == chinese
    return problems[0]


def places(problem: Any) -> tuple[str, list[tuple[str, str]]]:
    """Return what a problem says to programs: its code, and of each fault the field and the code."""
    return (problem["code"], [(error["field"], error["code"]) for error in problem.get("errors", [])])


def refused(post: Post, fault: tuple[str, str], **changes: Any) -> None:
    """An alert with these changes is refused for just this fault: field and code."""
    assert places(told(post, alert(**changes))) == ("invalid", [fault])


def of_resident(**changes: Any) -> dict[str, Any]:
    """Return what changes an alert's resident."""
    return {"resident": {"address": "示范路12号", **changes}}


def with_text(field: str, value: Any) -> dict[str, Any]:
    """Return an alert in which `field` (a name, or a name inside a person) holds `value`."""
    outer, _, inner = field.rpartition(".")
    return alert(**{outer: {inner: value}}) if outer else alert() | {inner: value}
