"""One row of a list that is nested without end: it costs itself, and the others are taken, at every list."""

import json

import pytest

from dissuasion.models import Act, Alert
from tests.cast import alert
from tests.dissuasion.actions.field.handover.test_handover import brings, sealed
from tests.dissuasion.actions.field.phone import Phone

pytestmark = pytest.mark.django_db
DEPTH = 2000
DEEP = "[" * DEPTH + "]" * DEPTH


def spoiled(body):
    """Return a body as text, with the abyss where a text `deep` stands."""
    return json.dumps(body).replace('"deep"', DEEP)


@pytest.mark.parametrize("alone", [True, False])
def test_a_batch_of_alerts(cast, client, alone):
    rows = [alert(), "deep" if alone else alert(external_id="a-2", anything="deep"), alert(external_id="a-3")]
    headers = {"authorization": "Bearer the-cast-source-key"}
    answer = client.post("/api/v1/alerts/batch", spoiled({"alerts": rows}), "application/json", headers=headers)
    assert [row["status"] for row in answer.json()["rows"]] == [201, 400, 201]
    assert Alert.objects.count() == 2


def test_acts(cast):
    lin = Phone(cast, "lin")
    acts = [lin.envelope("note", {"text": "a"}), lin.envelope("note", {"text": "deep"}), lin.envelope("note", {})]
    answer = lin.client.post("/api/v1/acts", spoiled({"acts": acts}), "application/json")
    assert [row["verdict"] for row in answer.json()["receipts"]] == ["held", "refused", "held"]
    assert Act.objects.count() == 2


def test_a_box(cast):
    lin = Phone(cast, "lin")
    acts = [lin.envelope("note", {"text": "a"}), lin.envelope("note", {"text": "deep"})]
    box = sealed(lin, spoiled({"acts": acts, "photos": ["deep", {"uuid": "x"}]}).encode())
    answer = brings(cast.client("mei"), box)
    assert [row["verdict"] for row in answer.json()["receipts"]] == ["held", "refused", "refused", "refused"]
