"""The watch when something in a tick fails: the rest goes on, and what failed comes again a little later."""

from django.utils import timezone

from dissuasion.actions.case import visits
from dissuasion.actions.clocks import due
from dissuasion.models import Assignment, Case


def broken(*ids, **at):
    raise RuntimeError("broken")


def test_it_puts_off_a_case_that_fails_so_that_the_others_have_their_turn(lin, monkeypatch):
    now = timezone.now()
    Case.objects.update(dispatch_due_at=now)
    monkeypatch.setattr(visits, "dispatch_case", broken)
    due.tick(at=now)
    assert Case.objects.get().dispatch_due_at == now + visits.LOOK_AGAIN


def test_it_wakes_no_ended_assignment_when_its_deadline_fails(lin, monkeypatch, clock):
    def ends_and_breaks(*ids, at):
        lin.does("decline", reason="unwell")
        raise RuntimeError("broken")

    clock.shift(121)
    monkeypatch.setattr(due, "act_on_deadline", ends_and_breaks)
    due.tick(at=timezone.now())
    assert lin.held() == []
    assert not Assignment.objects.filter(status="declined", due_at__isnull=False).exists()
