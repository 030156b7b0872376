"""The whole way of one alert, through HTTP only."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_goes_from_alert_to_recorded_outcome(live_cast, send_alert, act):
    answer = send_alert()
    assert answer.status_code == 201, answer.content
    assert answer.json()["risk"] == "high"

    lin = live_cast.client("lin")
    document = lin.get("/api/v1/work").json()
    assert [a["case"]["risk"] for a in document["assignments"]] == ["high"]
    assignment = document["assignments"][0]["id"]

    position = {"lat": 33.4660, "lon": 114.8751, "accuracy_m": 12, "age_s": 3}
    assert act(lin, "receipt", assignment)["verdict"] == "applied"
    assert act(lin, "acknowledge", assignment)["verdict"] == "applied"
    assert act(lin, "depart", assignment)["verdict"] == "applied"
    arrived = act(lin, "arrive", assignment, {"position": position})
    assert (arrived["verdict"], arrived["grade"]) == ("applied", "A")
    visit = {
        "met": True,
        "disposition": "dissuaded",
        "amounts": [{"meaning": "protected", "evidence": "bank", "kind": "money", "quantity": "200000"}],
    }
    assert act(lin, "visit", assignment, visit)["verdict"] == "applied"
    assert lin.get("/api/v1/work").json()["assignments"] == []

    gu = live_cast.client("gu")
    figures = gu.get("/api/v1/figures").json()
    assert figures["face_to_face"] | {"visited": 1, "met": 1, "rate": 1.0} == figures["face_to_face"]
    assert figures["amounts"][0]["sum"] == "200000.00"
    case = gu.get(f"/api/v1/cases/{answer.json()['case']}").json()
    assert case["status"] == "monitoring"
    assert gu.get("/api/v1/board").status_code == 200
