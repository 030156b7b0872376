"""What a phone asks back and says about itself: its own record as it stands, and whose acts it sends."""


def written(phone, visit):
    return phone.client.get(f"/api/v1/visits/{visit}").json()


def test_its_author_reads_a_record_back(lin):
    visit = lin.records("dissuaded", note="her daughter was there")["uuid"]
    assert written(lin, visit) == {"met": True, "disposition": "dissuaded", "note": "her daughter was there"}


def test_it_reads_the_newest_correction(lin, clock):
    visit = lin.records("dissuaded")["uuid"]
    clock.shift(60)
    record = {"met": True, "disposition": "wavering", "done": ["family_informed"]}
    lin.does("correction", corrects=visit, reason="tapped the wrong one", record=record)
    assert written(lin, visit) == record


def test_acts_of_another_person_are_not_taken(lin, cast):
    act = {
        "uuid": "018f0000-0000-7000-8000-000000000001", "kind": "note", "assignment": lin.assignment, "seq": 1,
        "happened_at": "2026-11-20T10:00:00+08:00", "device": "d", "payload": {"text": "mine"},
    }  # fmt: skip
    body = {"acts": [act]}
    answer = cast.client("mei").post(
        "/api/v1/acts", body, content_type="application/json", headers={"x-person": str(cast.lin.pk)}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "another_person")
    mine = cast.client("lin").post(
        "/api/v1/acts", body, content_type="application/json", headers={"x-person": str(cast.lin.pk)}
    )
    assert mine.json()["receipts"][0]["verdict"] in ("applied", "flagged")
