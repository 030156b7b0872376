"""Position good, poor, denied and moved; camera, album and signature; the record's undo."""

import pytest

from dissuasion.models import CheckIn, Evidence, Visit
from tests.browser.support import steps
from tests.browser.support.chromium import PERMISSIONS
from tests.browser.support.phone import until
from tests.cast import HOME

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
AT_THE_DOOR = {"latitude": HOME[0], "longitude": HOME[1], "accuracy": 8}
COARSE = {"latitude": HOME[0] + 0.003, "longitude": HOME[1], "accuracy": 900}


def on_the_way(phone, source):
    """Take Zhao's visit and set out."""
    source.sends()
    steps.acknowledges(phone)
    steps.sets_out(phone)
    return phone


def checked_in(phone):
    until(CheckIn.objects.exists, what="the check-in on the server")
    phone.sent()
    return CheckIn.objects.get()


def test_a_fine_position_at_the_door_is_grade_a(phone, source):
    lin = on_the_way(phone(geolocation=AT_THE_DOOR), source)
    steps.arrives(lin, grade="A")
    assert checked_in(lin).grade == "A"


def test_a_coarse_position_with_a_companion_is_grade_c(phone, source):
    lin = on_the_way(phone(geolocation=COARSE), source)
    lin.taps("app:next.arrive")
    lin.control(lin.word("check-in:go", g="C")).wait_for()
    lin.page.clock.install()
    lin.page.clock.run_for(31_000)
    lin.taps("check-in:companion").taps("check-in:go")
    assert checked_in(lin).grade == "C"


def test_without_permission_it_checks_in_with_a_reason(phone, source):
    lin = on_the_way(phone(permissions=[one for one in PERMISSIONS if one != "geolocation"]), source)
    lin.taps("app:next.arrive")
    lin.sees("check-in:denied")
    lin.taps("check-in:why.indoors").taps(lin.word("check-in:go", g="D"))
    row = checked_in(lin)
    assert (row.grade, row.manual_reason) == ("D", lin.word("check-in:why.indoors"))


def test_by_hand_promises_no_grade_and_sends_no_wrong_position(phone, source):
    lin = on_the_way(phone(geolocation=AT_THE_DOOR), source)
    lin.taps("app:next.arrive")
    lin.control(lin.word("check-in:go", g="A")).wait_for()
    lin.taps("check-in:manual").taps("check-in:why.drifts").taps(lin.word("check-in:go.hand", g="D"))
    row = checked_in(lin)
    assert (row.grade, row.lat, row.manual_reason) == ("D", None, lin.word("check-in:why.drifts"))


def test_it_follows_the_officer_to_the_door(phone, source):
    lin = on_the_way(phone(), source)
    lin.taps("app:next.arrive")
    lin.control(lin.word("check-in:go", g="D")).wait_for()
    lin.context.set_geolocation(AT_THE_DOOR)
    lin.taps(lin.word("check-in:go", g="A"))
    assert checked_in(lin).grade == "A"


def opened(phone, source) -> str:
    source.sends()
    assignment = phone.holds()[0]["id"]
    steps.acknowledges(phone)
    steps.opens_record(phone, assignment)
    return assignment


def test_a_photo_is_made_small_and_arrives_whole(phone, source):
    lin = phone()
    opened(lin, source)
    big = steps.picture(width=4000, height=3000)
    lin.page.get_by_label(lin.word("record:camera"), exact=True).set_input_files([big])
    lin.control(lin.word("record:photo.remove", n=1)).wait_for()
    (kept,) = lin.disk("photos")
    assert kept["bytes"] <= 300_000
    steps.fills_record(lin)
    steps.saves(lin)
    lin.hurries().sent()
    evidence = Evidence.objects.get()
    assert (evidence.state, evidence.sha256, evidence.size) == ("complete", kept["sha256"], kept["bytes"])


def test_what_is_no_picture_or_half_of_one_is_a_sentence(phone, source):
    lin = phone()
    opened(lin, source)
    wrong = {"name": "slip.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"}
    lin.page.get_by_label(lin.word("record:album"), exact=True).set_input_files([wrong])
    lin.sees("record:photo.unreadable")
    whole = steps.picture(width=800, height=600)
    half = {**whole, "buffer": whole["buffer"][: len(whole["buffer"]) // 2]}
    lin.page.get_by_label(lin.word("record:album"), exact=True).set_input_files([half])
    lin.sees("record:photo.cut")
    assert len(lin.disk("photos")) == 1


def test_a_signature_goes_with_the_record(phone, source):
    lin = phone()
    opened(lin, source)
    lin.taps("record:signature")
    pad = lin.page.get_by_label(lin.word("record:signature.pad"))
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    lin.page.mouse.move(box["x"] + 40, box["y"] + 60)
    lin.page.mouse.down()
    lin.page.mouse.move(box["x"] + 160, box["y"] + 90, steps=8)
    lin.page.mouse.up()
    until(lambda: [photo["kind"] for photo in lin.disk("photos")] == ["signature"])
    steps.fills_record(lin)
    steps.saves(lin)
    lin.hurries().sent()
    assert (Evidence.objects.get().kind, Evidence.objects.get().state) == ("signature", "complete")


def test_a_photo_that_was_cut_off_goes_on_where_it_stopped(phone, source, weather):
    lin = phone()
    opened(lin, source)
    steps.takes_photo(lin)
    steps.fills_record(lin)
    steps.saves(lin)
    weather.loses("/api/v1/evidence")
    lin.hurries().sent(seconds=15)
    assert Evidence.objects.get().state == "complete"


def test_a_record_can_be_taken_back(phone, source):
    lin = phone()
    assignment = opened(lin, source)
    steps.fills_record(lin, note="the wrong door")
    steps.saves(lin)
    lin.taps("app:undo")
    until(lambda: [entry["kind"] for entry in lin.outbox("waiting")].count("visit") == 0)
    lin.sent()
    assert not Visit.objects.exists()
    assert [row["id"] for row in lin.holds()] == [assignment]


def test_leaving_and_coming_back_loses_nothing(phone, source):
    lin = phone()
    assignment = opened(lin, source)
    steps.fills_record(lin, kept=("180000", "bank"), note="half a sentence")
    until(lambda: [draft["form"]["note"] for draft in lin.disk("drafts")] == ["half a sentence"])
    lin.goes("/").open(f"/app/visit/{assignment}/record")
    assert steps.note_field(lin).input_value() == "half a sentence"
    assert lin.page.get_by_label(lin.word("record:kept.amount")).input_value() == "180000"


def test_the_worklist_comes_anew_in_the_language_that_is_chosen(phone, source):
    lin = phone()
    source.sends()
    lin.holds()
    steps.acknowledges(lin)

    def reasons() -> set[str]:
        return {reason["text"] for reason in lin.work()[0]["case"]["reasons"]}

    english = reasons()
    lin.goes("/app/me").page.get_by_role("button", name="中文", exact=True).click()
    until(lambda: not reasons() & english)
