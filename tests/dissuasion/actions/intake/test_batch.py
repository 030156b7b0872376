"""Many alerts at once: each row answered for itself, the good ones kept, the urgent ones first."""

import pytest

from dissuasion.models import Alert, Assignment, Case, TriageEntry
from tests.cast import OTHER_PHONE, alert
from tests.dissuasion.actions.intake.conftest import BATCH

pytestmark = pytest.mark.django_db
QUIET = {"channel": "sms", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "gaming", "risk": "low"}


def statuses(answer):
    assert answer.status_code == 200, answer.content
    return [row["status"] for row in answer.json()["rows"]]


def counts(answer):
    document = answer.json()
    return {name: document[name] for name in ("received", "kept", "known", "refused")}


def test_it_answers_every_row_in_its_place(cast, post_batch):
    rows = [alert(external_id="0"), "nonsense", alert(external_id="2", risk="terrible"), alert(external_id="3")]
    answer = post_batch(rows)
    assert statuses(answer) == [201, 400, 400, 201]
    assert [row["row"] for row in answer.json()["rows"]] == [0, 1, 2, 3]
    assert [row["answer"]["external_id"] for row in answer.json()["rows"] if "answer" in row] == ["0", "3"]
    assert counts(answer) == {"received": 4, "kept": 2, "known": 0, "refused": 2}
    assert sorted(Alert.objects.values_list("external_id", flat=True)) == ["0", "3"]


def test_it_gives_place_and_reason_of_a_bad_row(cast, post_batch):
    problem = post_batch([alert(resident={"lat": 114.8, "lon": 33.4})]).json()["rows"][0]["problem"]
    assert problem["status"] == 400
    (error,) = problem["errors"]
    assert (error["field"], error["code"]) == ("resident.lat", "coordinates_swapped")
    assert error["reason"] == "Latitude and longitude are swapped."


def test_it_takes_a_bare_list(cast, post):
    assert statuses(post([alert()], BATCH)) == [201]


def test_it_takes_an_empty_batch(cast, post_batch):
    assert counts(post_batch([])) == {"received": 0, "kept": 0, "known": 0, "refused": 0}


@pytest.mark.parametrize("body", [{}, {"alerts": None}, {"alerts": {}}, {"rows": []}, '"text"', 1, None])
def test_it_must_be_a_list(cast, post, body):
    answer = post(body, BATCH)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer["content-type"] == "application/problem+json"


def test_it_is_answered_again_as_the_first_time(cast, post_batch):
    rows = [alert(external_id=str(n)) for n in range(5)]
    first, again = post_batch(rows), post_batch(rows)
    assert (statuses(first), statuses(again)) == ([201] * 5, [200] * 5)
    assert [r["answer"] for r in again.json()["rows"]] == [r["answer"] for r in first.json()["rows"]]
    assert counts(again) == {"received": 5, "kept": 0, "known": 5, "refused": 0}


def test_it_knows_what_came_alone(cast, post, post_batch):
    body = alert()
    first = post(body).json()
    assert post_batch([body]).json()["rows"][0] == {"row": 0, "status": 200, "answer": first}


def test_it_answers_a_double_inside_the_batch_like_a_second_sending(cast, post_batch):
    body = alert()
    answer = post_batch([body, body, body | {"note": "other"}])
    assert statuses(answer) == [201, 200, 409]
    rows = answer.json()["rows"]
    assert rows[0]["answer"] == rows[1]["answer"]
    assert rows[2]["problem"]["code"] == "other_content"
    assert Alert.objects.count() == 1


def test_it_compares_with_what_is_kept_and_not_with_what_stands_first(cast, post, post_batch):
    body = alert()
    post(body)
    assert statuses(post_batch([body | {"note": "other"}, body, body | {"note": "third"}])) == [409, 200, 409]


def test_it_mixes_new_known_other_and_unreadable(cast, post, post_batch):
    known, changed = alert(external_id="known"), alert(external_id="changed")
    post(known)
    post(changed)
    lost = alert(external_id="lost", resident={"phone": "10000000098"})
    rows = [known, alert(external_id="new"), changed | {"note": "x"}, {}, lost]
    answer = post_batch(rows)
    assert statuses(answer) == [200, 201, 409, 400, 201]
    assert counts(answer) == {"received": 5, "kept": 2, "known": 1, "refused": 2}


def test_it_keeps_nothing_of_too_many_rows(cast, post_batch):
    answer = post_batch([alert(external_id=str(n)) for n in range(1001)])
    assert (answer.status_code, answer.json()["code"]) == (413, "too_many_rows")
    assert "1001" in answer.json()["detail"]
    assert not Alert.objects.exists()


def test_it_takes_a_thousand_rows(cast, post_batch):
    rows = [alert(external_id=str(n), resident={"phone": f"1{n:010d}"}, **QUIET) for n in range(2, 1002)]
    answer = post_batch(rows)
    assert counts(answer) == {"received": 1000, "kept": 1000, "known": 0, "refused": 0}
    assert (TriageEntry.objects.count(), Case.objects.count()) == (999, 1)


def test_it_sends_somebody_although_the_urgent_row_stands_last(cast, post_batch):
    rows = [alert(external_id=str(n), resident={"phone": f"1{n:010d}"}, **QUIET) for n in range(3, 103)]
    answer = post_batch([*rows, alert(external_id="last")])
    assert answer.json()["rows"][-1]["answer"]["risk"] == "high"
    assert Assignment.objects.get().person == cast.lin


def test_it_joins_the_rows_of_one_resident_in_one_case(cast, post_batch):
    rows = [alert(external_id=str(n), **QUIET) for n in range(3)] + [alert(external_id="3")]
    answer = post_batch(rows)
    cases = {row["answer"]["case"] for row in answer.json()["rows"]}
    assert cases == {str(Case.objects.get().pk)}
    assert Case.objects.get().alerts.count() == 4
    assert {row["answer"]["risk"] for row in answer.json()["rows"]} == {"high"}
    kinds = list(Case.objects.get().events.values_list("kind", flat=True))
    assert kinds == ["heard", "joined", "joined", "joined", "judged", "assigned"]


def test_it_sends_the_most_urgent_first(cast, post_batch):
    less = alert(external_id="less", amount_at_risk="1", already_transferred="0")
    post_batch([less, alert(external_id="more", resident={"phone": OTHER_PHONE})])
    given = list(Assignment.objects.order_by("assigned_at", "pk").values_list("case__points", flat=True))
    assert given == sorted(given, reverse=True)


def test_it_needs_few_queries_for_many_rows(cast, post_batch, django_assert_max_num_queries):
    rows = [alert(external_id=str(n), resident={"phone": f"1{n:010d}"}, **QUIET) for n in range(3, 203)]
    with django_assert_max_num_queries(40):
        post_batch(rows)
