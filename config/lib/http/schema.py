"""Adds the refusals of every door to the schema, in one shape (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from config.lib.http.problems import MEDIA_TYPE

METHODS = frozenset({"get", "put", "post", "delete", "patch"})
PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


class Fault(serializers.Serializer[Any]):
    """One place that can't be read, and why; the code is for programs, the reason for people."""

    field = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    reason = serializers.CharField()


class Holder(serializers.Serializer[Any]):
    """Who was faster, and with which assignment."""

    assignment = serializers.UUIDField()
    person = serializers.UUIDField()
    name = serializers.CharField()


@extend_schema_serializer(component_name="Problem")
class ProblemShape(serializers.Serializer[Any]):
    """A refusal. `code` is stable; `errors` names the places; further members depend on the code."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = Fault(many=True, required=False)  # type: ignore[assignment]
    field = serializers.CharField(required=False, help_text="other_content: which field names the alert that is here.")
    have = serializers.IntegerField(required=False, help_text="wrong_offset and the like: how many bytes are here.")
    holder = Holder(required=False, help_text="already_assigned: who holds the case now.")


def refusals(*codes: int) -> dict[Any, Any]:
    """Return the refusals of one door besides those of every door of its kind, for `extend_schema`."""
    return {(code, MEDIA_TYPE): ProblemShape for code in codes}


def declare_refusals(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Add to each operation the refusals that follow from what it asks for (a hook of drf-spectacular)."""
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                answers = operation["responses"]
                for code in _refused(path, method, operation):
                    answers.setdefault(code, {"content": PROBLEM, "description": ""})
                for code, answer in answers.items():
                    answer["description"] = answer["description"] or HTTPStatus(int(code)).phrase
                operation["responses"] = dict(sorted(answers.items()))
    return result


def _refused(path: str, method: str, operation: dict[str, Any]) -> set[str]:
    codes = {"400", "503"}  # a head that can't be read, a database that does not answer
    if method != "get":
        codes.add("415")
    if any(operation.get("security", [])):
        codes |= {"401", "403"}
    if "{" in path:
        codes.add("404")
    if "requestBody" in operation:
        codes.add("413")
    return codes
