"""Holds every request and answer of the suite against the schema: what a test sends and gets is what is published."""

import gzip
import json
import re
from functools import cache
from http import HTTPStatus
from typing import Any

import jsonschema_rs
import schemathesis
from django.http import HttpResponseBase
from django.urls import Resolver404
from drf_spectacular.generators import SchemaGenerator
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response

DOORS = "/api/v1/"
# A row of these is answered for itself: a bad one is refused while the request as a whole is taken.
ROWS_OF = {"/api/v1/acts": "acts", "/api/v1/alerts/batch": "alerts"}


@cache
def published() -> dict[str, Any]:
    """Return the schema as the server publishes it."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))


@cache
def doors() -> Any:
    """Return the operations, with every answer closed: a member that is not declared is a fault."""
    closed = json.loads(json.dumps(published()))
    for name, shape in closed["components"]["schemas"].items():
        if shape.get("type") == "object" and not name.endswith("Request"):
            shape.setdefault("additionalProperties", False)
    return schemathesis.openapi.from_dict(closed)


@cache
def _operation(path: str, method: str) -> Any:
    return doors()[path][method]


@cache
def _body_of(path: str, method: str) -> Any:
    """Return what checks the body that a door reads; None where it reads none, or no JSON."""
    content = published()["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    schema = {**content["application/json"]["schema"], "components": published()["components"]}
    # Formats only advise: a door also takes a time without its T and a zone without its colon.
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=False)


def _path(response: Any) -> str:
    """Return the door that answered as the schema names it; nothing for an address that nobody knows."""
    try:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", response.resolver_match.route)
    except Resolver404:
        return ""


def check(method: str, body: bytes, response: HttpResponseBase) -> None:
    """Raise AssertionError where an answer, or the request that was taken, is not as the schema says."""
    path = _path(response)
    if method.lower() not in published()["paths"].get(path, {}):
        return
    if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR:
        return  # a test made the server stumble: its client would have raised else
    status, content = response.status_code, getattr(response, "content", b"")
    if response.headers.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    operation = _operation(path, method)
    assert operation.responses.find_by_status_code(status), f"{method} {path} says nothing of {status}: {content!r}"
    kind = response.headers.get("content-type")
    headers = {"content-type": [kind]} if kind else {}
    try:
        operation.validate_response(Response(status, headers, content, request=None, elapsed=0, verify=False))
    except FailureGroup as group:
        faults = "\n".join(str(fault) for fault in group.exceptions)
        raise AssertionError(f"{method} {path} answers {status} unlike its schema:\n{faults}") from None
    if status < 300:
        _check_body(method, path, body, content)


def _check_body(method: str, path: str, body: bytes, content: bytes) -> None:
    validator = _body_of(path, method)
    if validator is None or (path in ROWS_OF and _any_refused(content)):
        return
    for error in validator.iter_errors(json.loads(body)):
        raise AssertionError(f"{method} {path} took what its schema does not allow: {error}\n{body!r}")


def _any_refused(content: bytes) -> bool:
    said = json.loads(content)
    return any(row["status"] >= 400 for row in said.get("rows", [])) or any(
        receipt["verdict"] in ("refused", "busy") for receipt in said.get("receipts", [])
    )
