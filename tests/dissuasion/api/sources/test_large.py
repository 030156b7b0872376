"""An alert that brings megabytes beside itself: the warning is taken, the rest is named, and the board stays quick."""

import pytest

from dissuasion.api.sources import raw_bound
from dissuasion.models import Alert
from tests.cast import VILLAGE, alert
from tests.dissuasion.actions.field.phone import Desk

pytestmark = pytest.mark.django_db
LARGE = "很" * 100_000
UNKNOWN = {"phone": "10000000099", "division_code": VILLAGE}


def test_it_keeps_an_alert_of_the_usual_size_as_it_came(cast, post):
    body = alert(anything={"deep": [1, 2]}, note="字" * 4000)
    assert post(body).status_code == 201
    assert Alert.objects.get().raw == body


def test_it_takes_the_warning_and_names_what_it_left_out(cast, post):
    body = alert(
        note="字" * 4000, extra=LARGE, more=[LARGE[:10]], **{"x" * 100: 1},
        resident={"mother": LARGE, "name": "赵某"}, suspect={"phone": "10000000077", "notes": LARGE},
    )  # fmt: skip
    answer = post(body)
    assert (answer.status_code, answer.json()["way"]) == (201, "case")
    kept = Alert.objects.get().raw
    assert kept[raw_bound.LEFT_OUT] == ["extra", "more", "x" * 60]
    assert (kept["note"], kept["suspect"]) == ("字" * 4000, {"phone": "10000000077"})
    assert kept["resident"] == {"phone": body["resident"]["phone"], "name": "赵某"}
    assert {name: kept[name] for name in ("external_id", "occurred_at", "amount_at_risk")} == {
        name: body[name] for name in ("external_id", "occurred_at", "amount_at_risk")
    }


def test_the_same_large_alert_is_known_and_another_is_another(cast, post):
    body = alert(extra=LARGE)
    first, again = post(body), post(body)
    assert (again.status_code, again.json()) == (200, first.json())
    assert post(body | {"extra": LARGE + "!"}).status_code == 409


def test_it_names_twenty_at_most(cast, post):
    post(alert(**{f"field_{number}": "x" * 2000 for number in range(30)}))
    assert len(Alert.objects.get().raw[raw_bound.LEFT_OUT]) == 20


def test_a_board_reads_no_more_of_it(cast, post):
    for number in range(3):
        answer = post(alert(external_id=f"u-{number}", resident=UNKNOWN | {"mother": LARGE}, extra=LARGE))
        assert answer.json()["way"] == "triage"
    board = Desk(cast, "zhao").reads("board")
    assert len(board["triage"]) == 3
    assert max(len(str(row.raw)) for row in Alert.objects.all()) < raw_bound.MOST_BYTES
    file = Desk(cast, "zhao").reads(f"triage/{board['triage'][0]['id']}")
    assert file["given"] == UNKNOWN
