"""A case's file names every try: to whom, by which way, what became of it, and why it waits."""

from dissuasion.models import Delivery


def test_the_desk_reads_what_became_of_a_message(lin, after, wire, gu, cast):
    after(15)
    (row,) = gu.case(lin)["deliveries"]
    assert (row["to"], row["channel"], row["purpose"], row["state"]) == (cast.lin.name, "text", "visit", "sent")


def test_the_desk_reads_until_when_a_message_waits_and_why(lin, after, wire, gu, cast, clock):
    wire.per_minute = 1
    after(15)
    after(45)
    after(60)
    waits = [row for row in gu.case(lin)["deliveries"] if row["state"] == "planned"]
    assert waits
    assert waits[0]["due_at"] is not None
    assert waits[0]["reasons"][0]["text"] == "Put off: the channel takes no more in a minute"


def test_the_desk_reads_why_nothing_was_sent(lin, after, wire, gu, cast):
    cast.lin.phone = ""
    cast.lin.save()
    after(15)
    assert Delivery.objects.get().state == "dropped"
    assert gu.case(lin)["deliveries"][0]["reasons"][0]["text"] == "No number is known"
