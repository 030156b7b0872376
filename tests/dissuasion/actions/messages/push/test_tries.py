"""Each push is a delivery: sent when its service takes it, shown when the phone's worker says so."""

from dissuasion.models import Delivery


def tries():
    return list(Delivery.objects.filter(channel="push").values_list("state", "reason"))


def test_a_push_that_was_taken_is_sent(lin, subscribed, later):
    later(15)
    assert tries() == [("sent", "")]


def test_the_receipt_of_the_worker_shows_it(lin, subscribed, later):
    later(15)
    told = subscribed.got()[-1]
    lin.client.post("/api/v1/push/receipt", {"id": told["id"]}, "application/json")
    assert tries() == [("shown", "")]


def test_a_subscription_that_is_over_is_a_failed_try(lin, subscribed, later, service_of_push):
    service_of_push.status = 410
    later(15)
    assert tries() == [("failed", "gone")]
