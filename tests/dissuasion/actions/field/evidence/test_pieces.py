"""A photo comes in pieces and goes on where it broke; what was sent twice is kept once."""

from django.test import Client

from config.lib.sealing import sealed_file
from dissuasion.actions.field import evidence
from dissuasion.models import Evidence
from tests.dissuasion.actions.field.evidence.conftest import File, picture


def test_it_takes_a_photo_in_pieces(photo):
    half = len(photo.data) // 2
    first, second = photo.put(0, half), photo.put(half)
    assert (first.status_code, first.json()) == (200, {"uuid": photo.uuid, "have": half, "complete": False})
    assert second.json() == {"uuid": photo.uuid, "have": len(photo.data), "complete": True}


def test_it_does_not_mind_a_repeated_piece(photo):
    photo.put(0, 1000)
    assert photo.put(0, 1000).json()["have"] == 1000
    assert photo.put(500, 500).json()["have"] == 1000
    photo.put_all()
    assert photo.put(0, 1000).json()["complete"] is True


def test_it_says_where_to_go_on(photo):
    photo.put(0, 1000)
    for offset in (2000, 999):
        answer = photo.put(offset, 700)
        assert (answer.status_code, answer.json()["code"], answer.json()["have"]) == (409, "wrong_offset", 1000)
    assert photo.put(1000).json()["complete"] is True


def test_it_tells_the_state_at_any_time(photo):
    assert photo.client.get(f"{photo.path}?state=1").status_code == 404
    photo.put(0, 1000)
    assert photo.state() == {"have": 1000, "complete": False}
    head = photo.client.head(photo.path)
    assert (head.status_code, head["X-Have"], head["X-Complete"]) == (200, "1000", "false")
    assert photo.client.get(photo.path).json()["code"] == "not_complete"


def test_it_writes_over_what_a_crash_left_behind(photo, monkeypatch):
    photo.put(0, 1000)
    write = sealed_file.add_piece

    def crash(*args, **kwargs):
        write(*args, **kwargs)
        raise RuntimeError("the power fails before the commit")

    with monkeypatch.context() as broken:
        broken.setattr(sealed_file, "add_piece", crash)
        photo.client.raise_request_exception = False
        assert photo.put(1000, 700).status_code == 500
    assert photo.state()["have"] == 1000
    photo.put(1000, 900)
    assert photo.put(1900).json()["complete"] is True


def test_it_says_that_a_full_disk_is_for_now(photo, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(sealed_file, "add_piece", full)
        answer = photo.put(0, 1000)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert photo.put_all().json()["complete"] is True


def test_it_starts_again_when_the_file_is_gone(photo, state):
    photo.put(0, 1000)
    for file in (state / "evidence").rglob("*"):
        if file.is_file():
            file.unlink()
    assert photo.put(1000, 500).json()["have"] == 0
    assert photo.put_all().json()["complete"] is True


def test_it_has_other_bytes_sent_again_three_times_at_most(photo):
    wrong = File(photo.client, picture(colour="red"), uuid=photo.uuid, **{"x-sha256": "0" * 64})
    for _ in range(2):
        answer = wrong.put_all()
        assert (answer.status_code, answer.json()["code"], answer.json()["have"]) == (409, "hash_differs", 0)
    assert wrong.put_all().status_code == 415
    assert Evidence.objects.get().reason == "hash_differs"


def test_it_takes_nothing_else_under_a_known_uuid(photo, cast):
    photo.put(0, 1000)
    others = [
        File(photo.client, picture(colour="red"), uuid=photo.uuid),
        File(photo.client, photo.data, uuid=photo.uuid, **{"x-bytes": str(len(photo.data) + 1)}),
        File(cast.client("wen"), photo.data, uuid=photo.uuid),
        File(cast.client("gu"), photo.data, uuid=photo.uuid),
    ]
    for other in others:
        answer = other.put(1000)
        assert (answer.status_code, answer.json()["code"]) == (409, "uuid_reused")
        assert "have" not in answer.json()
    assert photo.state() == {"have": 1000, "complete": False}


def test_it_names_what_is_wrong_with_a_piece(lin, photo):
    def refusal(answer):
        return answer.status_code, answer.json()["code"]

    assert refusal(photo.put(data=b"")) == (400, "wrong_length")
    assert refusal(photo.put(data=photo.data + b"x")) == (400, "wrong_length")
    big = File(lin.client, b"x" * 300_000)
    assert refusal(big.put(data=b"x" * 262_145)) == (413, "piece_too_large")
    assert big.put(data=b"x" * 262_144).status_code == 200
    assert refusal(File(lin.client, b"x", **{"x-bytes": str(8 * 2**20 + 1)}).put()) == (413, "file_too_large")
    assert refusal(File(lin.client, b"x", **{"x-mime": "image/svg+xml"}).put()) == (415, "not_an_image")
    assert lin.client.put(photo.path, "{}", "application/json").status_code == 400
    for name, value in (("x-sha256", "A" * 64), ("x-sha256", "\x00" * 64), ("x-bytes", "many"), ("x-bytes", "0")):
        assert refusal(File(lin.client, b"x", **{name: value}).put()) == (400, "invalid")
    for offset in ("", "-1", "1e9", "9" * 40):
        answer = lin.client.put(
            f"{photo.path}?offset={offset}", b"x", "application/octet-stream", headers=photo.promise
        )
        assert refusal(answer) == (400, "invalid")


def test_it_lets_nobody_fill_the_disk_with_files_of_no_record(lin):
    answers = [File(lin.client, picture(), uuid=None).put(0, 10).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]


def test_it_files_by_month_and_keeps_the_path(photo, state):
    photo.put_all()
    assert (state / "evidence" / "2026-03" / photo.uuid).is_file()
    assert Evidence.objects.get().path == f"2026-03/{photo.uuid}"


def test_it_takes_so_many_bytes_a_day(lin, clock, monkeypatch):
    first, second = (File(lin.client, picture(colour=colour)) for colour in ("red", "blue"))
    monkeypatch.setattr(evidence, "BYTES_A_DAY", len(first.data) + len(second.data) - 1)
    assert first.put_all().json()["complete"] is True
    assert (second.put().status_code, second.put().json()["code"]) == (429, "too_many_files")
    clock.shift(86_401)
    Client.force_login(lin.client, lin.person)
    assert second.put_all().json()["complete"] is True


def test_it_counts_what_a_file_promises_when_it_begins(lin, monkeypatch):
    first, second = (File(lin.client, picture(colour=colour)) for colour in ("red", "blue"))
    monkeypatch.setattr(evidence, "BYTES_A_DAY", len(first.data) + len(second.data) - 1)
    assert first.put(0, 10).status_code == 200
    assert (second.put(0, 10).status_code, second.put(0, 10).json()["code"]) == (429, "too_many_files")
    assert first.put(10).json()["complete"] is True


def test_it_counts_a_file_on_the_day_on_which_it_begins(lin, clock, monkeypatch):
    first, second = (File(lin.client, picture(colour=colour)) for colour in ("red", "blue"))
    monkeypatch.setattr(evidence, "BYTES_A_DAY", len(first.data) + len(second.data) - 1)
    lin.records(photos=[first.listed(), second.listed()])
    clock.shift(86_401)
    Client.force_login(lin.client, lin.person)
    assert first.put(0, 10).status_code == 200
    assert second.put(0, 10).status_code == 429


def test_files_that_no_act_ever_listed_stop_counting(lin, clock, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_UNLISTED", 1)
    File(lin.client, picture(colour="red")).put(0, 1000)
    waiting = File(lin.client, picture(colour="blue"))
    assert waiting.put(0, 1000).status_code == 429
    clock.shift(7 * 86_400)
    Client.force_login(lin.client, lin.person)
    assert waiting.put(0, 1000).status_code == 200
