"""Requests and answers cut anywhere, acts doubled and in any order: each counts once and none is lost (C14)."""

import itertools
import json
import random
from collections import Counter
from typing import Any

import pytest

from dissuasion.models import Act, CaseEvent, CheckIn, Visit, VisitAmount
from households.models import Household, Resident
from tests.cast import VILLAGE, alert
from tests.dissuasion.actions.field.phone import Phone, position, protected, standing_clock
from tests.properties.often import seed, times

clock = pytest.fixture(standing_clock)
DAY: list[tuple[str, dict[str, Any]]] = [
    ("receipt", {}),
    ("acknowledge", {}),
    ("depart", {"position": position(900)}),
    ("contact", {"reached": True}),
    ("arrive", {"position": position(3)}),
    ("note", {"text": "院里有狗"}),
    ("all_right", {}),
    ("visit", {"met": True, "disposition": "dissuaded", "amounts": [protected("5000")]}),
]


class Poor:
    """A phone on a network that cuts what it carries: it sends an act until it has read its receipt to the end."""

    def __init__(self, phone: Phone, lots: random.Random) -> None:
        self.phone, self.lots = phone, lots
        self.unanswered: list[dict[str, Any]] = []
        self.answered: dict[str, dict[str, Any]] = {}
        self.sent: list[dict[str, Any]] = []
        self.replays = 0

    def goes(self) -> None:
        """Send some of what has no answer, in any order, perhaps with something answered long ago."""
        lots = self.lots
        some = lots.sample(self.unanswered, lots.randint(1, len(self.unanswered)))
        some += lots.choices(self.sent, k=lots.choice([0, 0, 1, 2])) if self.sent else []
        seen = {act["uuid"] for act in self.sent}
        self.replays += sum(act["uuid"] in seen for act in some)
        self.sent += [act for act in some if act["uuid"] not in seen]
        raw = json.dumps({"acts": some}, ensure_ascii=False).encode()
        heard = raw if lots.random() < 0.8 else raw[: lots.randrange(1, len(raw))]
        answer = self.phone.client.generic("POST", "/api/v1/acts", heard, "application/json")
        assert answer.status_code == (200 if heard == raw else 400), answer.content
        body = answer.content if lots.random() < 0.4 else answer.content[: lots.randrange(len(answer.content))]
        self.reads(body)

    def reads(self, body: bytes) -> None:
        """Take over what an answer says, if it came whole; the second receipt of an act is its first."""
        try:
            receipts = json.loads(body)["receipts"]
        except (ValueError, KeyError):
            return
        for receipt in receipts:
            assert receipt["verdict"] not in ("refused", "busy", "held")
            said = {key: receipt.get(key) for key in ("flags", "received_at", "grade", "distance_m", "holder")}
            assert self.answered.setdefault(receipt["uuid"], said) == said
        self.unanswered = [act for act in self.unanswered if act["uuid"] not in self.answered]


@pytest.mark.usefixtures("clock")
def test_every_act_counts_once_however_often_its_answer_was_cut(cast, send_alert):
    lots, most = random.Random(seed(14)), times(120, long=10_000)
    phone, replays, visits = Phone(cast, "lin"), 0, 0
    for number in itertools.count(1):
        home = Household.objects.create(division_id=VILLAGE, address=f"示范路{number}号")
        Resident.objects.create(household=home, name="某", phone=f"1006{number:07d}")
        answer = send_alert(**alert(external_id=f"c-{number}", resident={"phone": f"1006{number:07d}"}))
        assert answer.status_code == 201
        poor, assignment = Poor(phone, lots), phone.work()["assignments"][0]["id"]
        poor.unanswered = [phone.envelope(kind, payload, assignment=assignment) for kind, payload in DAY]
        mine = {act["uuid"]: act["kind"] for act in poor.unanswered}
        while poor.unanswered:
            poor.goes()
        kept = Act.objects.filter(assignment=assignment)
        assert {str(act.pk): act.kind for act in kept} == mine
        assert CheckIn.objects.filter(assignment=assignment).count() == 1
        assert Visit.objects.filter(assignment=assignment).count() == 1
        lines = Counter(CaseEvent.objects.filter(assignment=assignment).values_list("kind", flat=True))
        assert max(lines[kind] for kind in ("shown", "acknowledged", "departed", "arrived", "noted", "visited")) == 1
        replays, visits = replays + poor.replays, visits + 1
        if replays >= most:
            break
    assert VisitAmount.objects.count() == visits
    print(f"{replays} replays of {Act.objects.count()} acts, {visits} visits")
