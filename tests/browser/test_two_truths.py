"""Two truths about one visit: somebody else decided, recorded or wrote meanwhile, and nothing of either is lost."""

import re

from dissuasion.models import Act, Visit
from tests.browser.support import steps
from tests.browser.support.phone import until


def test_a_record_after_a_reassignment_asks_how_it_counts(phone, source, desk, live_cast):
    lin = phone()
    assignment = steps.at_the_record(lin, source)
    case = lin.work()[0]["case"]["id"]
    lin.offline()
    desk("gu").asks(f"cases/{case}/assign", person=str(live_cast.qin.pk), instead_of=assignment)
    steps.fills_record(lin)
    steps.saves(lin)
    lin.online().hurries()
    lin.sees("sync:you")
    lin.goes("/app/outbox")
    lin.sees("outbox:after_recall")
    lin.sees("outbox:did.since")
    lin.taps("outbox:mine_too")
    lin.sent()
    assert Visit.objects.get().decides is False
    assert Act.objects.get(kind="resolve").body["payload"]["choice"] == "mine_too"


def test_a_form_in_another_tab_is_kept_when_the_visit_is_recorded(phone, source):
    lin = phone()
    steps.at_the_record(lin, source)
    steps.fills_record(lin, note="what is recorded")
    until(lambda: lin.disk("drafts"))
    beside = lin.context.new_page()
    beside.goto(lin.page.url)
    label = re.compile("^" + re.escape(lin.word("record:note")))
    beside.get_by_label(label).fill("what only this tab knows")
    until(lambda: lin.disk("drafts")[0]["form"]["note"] == "what only this tab knows")
    steps.saves(lin)
    until(lambda: [draft["form"]["note"] for draft in lin.disk("drafts")] == ["what only this tab knows"])
    beside.get_by_text(lin.word("record:gone.recorded")).wait_for()
    lin.hurries()
    lin.sent()
    lin.holds(0)
    lin.goes("/app/outbox")
    lin.sees("outbox:stray.recorded")
    assert steps.note_field(lin.taps("outbox:stray.open")).input_value() == "what only this tab knows"


def test_a_second_record_of_one_visit_may_be_a_mistake_and_is_at_stake(phone, source):
    lin = phone()
    assignment = steps.at_the_record(lin, source)
    steps.fills_record(lin)
    steps.saves(lin)
    lin.hurries().sent()
    lin.holds(0)
    lin.queue(1, "visit", assignment=assignment, met=True, disposition="refused")
    lin.page.reload()
    lin.sees("sync:you")
    lin.goes("/app/me").taps("me:out", exact=True)
    lin.sees("me:out.unsettled")
    lin.taps("me:out.settle")
    for text in ("outbox:second_record", "record:dissuaded", "record:refused"):
        lin.sees(text)
    lin.taps("outbox:mistake")
    lin.sent()
    assert Act.objects.get(kind="resolve").body["payload"]["choice"] == "mistake"
    lin.goes("/app/me").taps("me:out", exact=True)
    lin.sees("me:out.clear")


def test_a_draft_outlives_its_assignment(phone, source, desk):
    lin = phone()
    steps.at_the_record(lin, source)
    steps.note_field(lin).fill("said that the bank has called")
    until(lambda: lin.disk("drafts"))
    desk("gu").asks(f"cases/{lin.work()[0]['case']['id']}/recall", reason="wrong station")
    lin.holds(0)
    lin.goes("/")
    lin.sees("sync:you")
    assert steps.note_field(lin.goes("/app/outbox").taps("outbox:stray.open")).input_value().startswith("said that")
