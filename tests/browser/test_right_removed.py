"""A right that is taken away empties the phone at once; what had not arrived is brought by whoever signs in next."""

import pytest
from django.utils import timezone

from accounts.people import deactivate, end_everything
from dissuasion.actions.desk import staff
from dissuasion.models import Act, Assignment
from tests.browser.support import steps
from tests.browser.support.phone import until
from tests.browser.test_hard_times import may_sign_in, signs_in

pytestmark = pytest.mark.django_db(transaction=True)


def nothing_of_it(phone) -> None:
    """Neither the screen nor the disk knows the resident any more."""
    phone.sees("wall:title")
    phone.sees("wall:gone")
    assert "赵" not in phone.page.locator("body").inner_text()
    assert phone.page.evaluate("() => theDisk.names()") in ([], ["doorstep"])
    assert phone.page.evaluate("() => localStorage.getItem('doorstep.me')") is None


@pytest.mark.parametrize("end", [deactivate, end_everything])
def test_a_phone_that_rings_forgets_the_resident_at_once(phone, source, live_cast, end):
    lin = phone()
    source.sends()
    lin.sees("app:next.acknowledge")
    lin.holds()
    until(lambda: lin.outbox("answered"))  # the device receipt
    lin.sent()
    end(live_cast.lin)
    nothing_of_it(lin)
    lin.sees("wall:none")
    lin.page.reload()
    nothing_of_it(lin)


def test_what_had_not_arrived_is_sealed_and_brought_by_the_next(phone, source, live_cast):
    may_sign_in(live_cast.qin)
    lin = phone()
    steps.at_the_record(lin, source)
    steps.note_field(lin).fill("half a sentence")
    until(lambda: lin.note("handover_key"))
    lin.sent().offline()
    lin.queue(2, "note", assignment=str(Assignment.objects.get().pk), text="canary")
    deactivate(live_cast.lin)
    lin.online()
    nothing_of_it(lin)
    lin.sees(lin.word("wall:sealed", n=2))
    lin.page.reload()
    lin.sees(lin.word("wall:sealed", n=2))
    assert "canary" not in lin.page.evaluate("async () => JSON.stringify(await theDisk.phone('sealed'))")
    lin.taps("wall:go")
    signs_in(lin, "qin")
    lin.sees("work:empty")
    until(lambda: Act.objects.filter(person=live_cast.lin, kind="note").count() == 2)
    assert {act.carried_by_id for act in Act.objects.filter(kind="note")} == {live_cast.qin.pk}


def test_what_was_passed_on_leaves_the_phone(phone, source, live_cast):
    lin = phone()
    source.sends()
    steps.acknowledges(lin)
    lin.sent()
    assert "示范路" in str(lin.disk("work"))
    staff.pass_on(live_cast.lin, by=live_cast.sun, at=timezone.now())
    lin.holds(0)
    assert "示范路" not in str(lin.disk("work"))
    lin.goes("/")
    lin.sees_not("示范路12号")


def test_a_session_that_ended_takes_nothing(phone, source):
    lin = phone()
    source.sends()
    steps.acknowledges(lin)
    lin.sent().goes("/").offline()
    lin.queue(1)
    lin.context.clear_cookies()
    lin.online()
    lin.sees("sync:signed_out")
    assert len(lin.holds()) == 1
