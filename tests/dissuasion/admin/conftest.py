"""Rows in every table of the admin, and the forms as the browser would send them back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dissuasion.actions.messages import notices
from dissuasion.models import Assignment, Case, Policy, Script, ScriptVersion
from households.models import Household
from tests.cast import Cast

SCRIPT: dict[str, Any] = {
    "scam_type": "investment", "audience": "resident", "language": "en", "title": "Fake investment",
    "before": ["Ring the desk."],
    "steps": [
        {"key": "calm", "title": "Slow down", "say": "It is your money.", "ask": None, "do": "Sit.", "dont_say": None},
    ],
    "objections": [{"key": "earned", "they_say": "I have earned", "answer": "Ask for all of it.", "then": None}],
    "never_ask": ["password"], "never_say": ["I told you so."],
    "show": [{"key": "steps", "title": "The steps", "lines": ["1 A teacher"]}],
    "agree": ["Wait a day."], "follow_up": {"1": "Well?", "14": "Well?", "28": "Well?"}, "basis": [],
}  # fmt: skip


@pytest.fixture
def sun(cast: Cast) -> Client:
    """The admin's browser."""
    return cast.client("sun")


@pytest.fixture
def script(db: None) -> Script:
    """A script with a published version."""
    made = Script.objects.create(scam_type="investment", audience="resident", language="en")
    ScriptVersion.objects.create(script=made, number=1, status="published", content=SCRIPT, published_at=timezone.now())
    return made


@pytest.fixture
def case(cast: Cast) -> Case:
    """Mrs Zhao's open case, in Lin's hands."""
    home = Household.objects.get(residents=cast.zhao_resident)
    now = timezone.now()
    made = Case.objects.create(
        resident=cast.zhao_resident, unit=cast.lin.unit, division_id=home.division_id, scam_type="investment",
        risk="high", due_way="visit", points=80, weights=Policy.current("triage"), opened_at=now,
        reasons=[{"code": "source_high", "points": 30, "params": {}}],
    )  # fmt: skip
    Assignment.objects.create(
        case=made, person=cast.lin, assigned_at=now, acknowledge_by=now, contact_by=now, arrive_by=now, record_by=now
    )
    return made


@pytest.fixture
def work(live_cast: Cast, send_alert: Callable[..., Any], act: Callable[..., Any]) -> Cast:
    """The cast, with one alert walked to its visit and one that waits in triage: a row in every table of the work."""
    send_alert()
    send_alert(external_id="a-2", resident={"phone": "13900000000", "division_code": "411681112200"})
    lin = live_cast.client("lin")
    held = lin.get("/api/v1/work").json()["assignments"][0]["id"]
    position = {"lat": 33.4660, "lon": 114.8751, "accuracy_m": 12, "age_s": 3}
    act(lin, "arrive", held, {"position": position})
    amount = {"meaning": "protected", "evidence": "bank", "kind": "money", "quantity": "200000"}
    photo = {"uuid": str(uuid4()), "sha256": "0" * 64, "bytes": 9, "kind": "photo"}
    record = {"met": True, "disposition": "dissuaded", "note": "canary-note", "amounts": [amount], "photos": [photo]}
    act(lin, "visit", held, record)
    notices.tell(Case.objects.get(), live_cast.gu, channel="text", purpose="overdue", at=timezone.now())
    return live_cast


def form_of(client: Client, address: str) -> dict[str, Any]:
    """Return what the browser would send if the form at `address` were sent back as it is."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            widget = bound.field.widget
            if hasattr(widget, "decompress") and not isinstance(value, list):
                parts = widget.decompress(value)
                data |= {f"{bound.html_name}_{n}": str(part) for n, part in enumerate(parts) if part is not None}
            elif value is True or (value not in (None, "", False)):
                data[bound.html_name] = "on" if value is True else value
    return data


def said(response: Any) -> list[str]:
    """Return the messages that the next page shows."""
    return [str(message) for message in response.context["messages"]]
