"""Subscribing a phone, leaving, a shared phone, a test, and the receipt that alone proves anything."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import PushSubscription
from accounts.people import deactivate
from dissuasion.models import Assignment, Case, Delivery
from dissuasion.transports import push
from tests.dissuasion.actions.messages.push.service import Browser

PATH = "/api/v1/push"


def post(client, path, body):
    return client.post(path, body, "application/json")


@pytest.fixture
def other(service_of_push):
    return Browser(service_of_push, "other")


def test_it_tells_the_servers_key(cast, settings):
    answer = cast.client("lin").get(PATH).json()
    assert answer == {"public_key": settings.VAPID_PUBLIC_KEY}
    assert len(answer["public_key"]) == 87


def test_it_says_when_there_is_no_push(cast, settings, other):
    settings.VAPID_PRIVATE_KEY = settings.VAPID_PUBLIC_KEY = ""
    client = cast.client("lin")
    assert client.get(PATH).json() == {"public_key": None}
    assert post(client, PATH, other.body()).json()["code"] == "push_off"


def test_it_keeps_a_subscription_once(lin, subscribed):
    first = post(lin.client, PATH, subscribed.body(lin.device))
    again = post(lin.client, PATH, subscribed.body(lin.device))
    assert (first.status_code, first.json()) == (201, again.json())
    assert PushSubscription.objects.count() == 1


def test_it_keeps_one_a_phone(lin, subscribed, other):
    post(lin.client, PATH, other.body(lin.device))
    assert PushSubscription.objects.get().endpoint.endswith("/send/other")


def test_it_belongs_to_who_has_the_phone_now(lin, cast, subscribed):
    assert post(cast.client("qin"), PATH, subscribed.body("phone-of-lin")).status_code == 201
    assert PushSubscription.objects.get().person == cast.qin


def test_it_lies_sealed(lin, subscribed, service_of_push):
    row = PushSubscription.objects.values_list("endpoint", "auth", "p256dh").get()
    assert {type(value).__name__ for value in row} == {"Sealed"}
    assert service_of_push.origin.encode() not in row[0].blob


def test_it_ends(lin, cast, subscribed):
    leaves = {"endpoint": subscribed.body()["endpoint"]}
    assert cast.client("qin").delete(PATH, leaves, "application/json").status_code == 204
    assert PushSubscription.objects.count() == 1
    assert lin.client.delete(PATH, leaves, "application/json").status_code == 204
    assert PushSubscription.objects.count() == 0


def test_it_ends_with_the_session_on_that_phone(lin, subscribed, cast, other):
    second = cast.client("lin")
    post(second, PATH, other.body("second"))
    lin.client.delete("/_allauth/browser/v1/auth/session")
    assert PushSubscription.objects.get().device == "second"


def test_it_ends_with_the_session_after_a_new_password(lin, subscribed, cast, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast.lin.set_password("a-right-password-7")
    cast.lin.save()
    lin.client.force_login(cast.lin)
    post(lin.client, PATH, subscribed.body(lin.device))
    before = lin.client.session.session_key
    change = {"current_password": "a-right-password-7", "new_password": "another-password-9"}
    assert post(lin.client, "/_allauth/browser/v1/account/password/change", change).status_code == 200
    assert lin.client.session.session_key != before
    lin.client.delete("/_allauth/browser/v1/auth/session")
    assert not PushSubscription.objects.exists()


def test_it_keeps_the_five_newest(lin, clock, service_of_push):
    for number in range(7):
        clock.shift(1)
        body = Browser(service_of_push, f"b{number}").body(f"phone-{number}")
        assert post(lin.client, PATH, body).status_code == 201
    kept = PushSubscription.objects.order_by("made_at").values_list("device", flat=True)
    assert list(kept) == [f"phone-{number}" for number in range(2, 7)]


def test_it_subscribes_twenty_times_in_five_minutes(lin, other):
    statuses = [post(lin.client, PATH, other.body("x")).status_code for _try in range(21)]
    assert statuses == [201] * 20 + [429]


def test_it_says_so_when_the_fault_is_ours_and_forgets_nothing(lin, subscribed, settings):
    settings.PUSH_SERVICES = []
    assert post(lin.client, f"{PATH}/test", {"device": lin.device}).json()["code"] == "push_off"
    assert PushSubscription.objects.count() == 1


def test_it_ends_with_the_persons_rights(lin, subscribed, cast):
    deactivate(cast.lin)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"endpoint": "x"}, {"endpoint": 7}, {"keys": {}}, {"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, {"device": ""},
     {"keys": {"p256dh": "é", "auth": "é"}}, {"endpoint": "\x00"}, {"keys": None}],
)  # fmt: skip
def test_it_refuses_what_is_no_subscription(cast, other, change):
    answer = post(cast.client("lin"), PATH, other.body() | change)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://web.push.apple.com/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://fcm.googleapis.com@evil.example/x", False),
        ("https://evil.example/.push.apple.com", False),
        ("https://evil.example\\.push.apple.com/", False),
        ("https://evil.example#.push.apple.com", False),
        ("https://evil.example\n.push.apple.com/", False),
        ("https://web.push.apple.com\t/x", False),
        (" https://web.push.apple.com/x", False),
        ("https://web.push.apple.com/\u202ex", False),
        ("https://[::1]/", False),
        ("https://[/", False),
        ("http://10.0.0.1/", False),
        ("http://169.254.169.254/", False),
        ("http://127.0.0.1.evil.example:80/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_it_writes_to_push_services_only(endpoint, known):
    assert push.is_allowed(endpoint) is known


def test_it_refuses_another_address(cast, other):
    answer = post(cast.client("lin"), PATH, other.body() | {"endpoint": "https://10.0.0.1/x"})
    assert answer.json()["errors"][0]["code"] == "unknown_push_service"


def test_it_tests_the_way_and_believes_the_worker_only(lin, subscribed):
    answer = post(lin.client, f"{PATH}/test", {"device": lin.device})
    assert answer.status_code == 202
    assert subscribed.got() == [{"type": "test", "id": answer.json()["id"]}]
    assert PushSubscription.objects.get().proven_at is None
    receipt = post(Client(), f"{PATH}/receipt", {"id": answer.json()["id"]})
    assert receipt.json() == {"proven": True}
    assert PushSubscription.objects.get().proven_at == timezone.now()


def test_a_visit_proves_the_way_as_well(lin, subscribed, later):
    later(15)
    assert post(Client(), f"{PATH}/receipt", {"id": subscribed.got()[0]["id"]}).json() == {"proven": True}


@pytest.mark.parametrize("sent", ["2f8e3f60-1111-4111-8111-111111111111", None, 7, "x"])
def test_a_receipt_for_nothing_proves_nothing(lin, subscribed, sent):
    answer = post(Client(), f"{PATH}/receipt", {"id": sent})
    assert answer.json().get("proven", False) is False
    assert answer.status_code in (200, 400)


def visit_push(state="sent"):
    row = Delivery.objects.get(channel="push")
    assert row.state == state
    return row


def receipt_for(message):
    return post(Client(), f"{PATH}/receipt", {"id": str(message)}).json()


def test_a_receipt_moves_the_push_that_it_names(lin, subscribed, later):
    later(15)
    assert receipt_for(visit_push().pk) == {"proven": True}
    visit_push("shown")


def test_an_earlier_push_of_the_same_subscription_counts_too(lin, subscribed, later):
    later(15)
    post(lin.client, f"{PATH}/test", {"device": lin.device})
    assert receipt_for(visit_push().pk) == {"proven": True}
    visit_push("shown")


@pytest.mark.parametrize("channel", ["text", "voice", "messenger"])
@pytest.mark.parametrize("state", ["planned", "sending", "sent", "unknown", "failed", "delivered"])
def test_a_receipt_moves_nothing_but_a_push(lin, subscribed, channel, state):
    about = {"case_id": Assignment.objects.get().case_id, "planned_at": timezone.now(), "state": state}
    resident = Assignment.objects.get().case.resident
    for whom in ({"person": lin.person}, {"resident": resident}):
        row = Delivery.objects.create(channel=channel, purpose="warning", **about, **whom)
        assert receipt_for(row.pk) == {"proven": False}
        row.refresh_from_db()
        assert (row.state, row.ended_at) == (state, None)
    assert Case.objects.get().status == "open"


def test_a_receipt_counts_no_more_when_its_subscription_is_gone(lin, subscribed, later):
    later(15)
    PushSubscription.objects.all().delete()
    assert receipt_for(visit_push().pk) == {"proven": False}
    visit_push()


def test_a_receipt_of_before_proves_nothing_for_who_has_the_phone_now(lin, subscribed, later, cast):
    later(15)
    body = subscribed.body(lin.device)
    assert post(cast.client("mei"), PATH, body).status_code == 201
    assert receipt_for(visit_push().pk) == {"proven": False}
    visit_push()
    assert PushSubscription.objects.get().proven_at is None


def test_it_tests_no_phone_that_never_subscribed(lin, cast, subscribed):
    assert post(lin.client, f"{PATH}/test", {"device": "none"}).status_code == 404
    assert post(cast.client("qin"), f"{PATH}/test", {"device": lin.device}).status_code == 404


def test_it_says_what_the_service_said(lin, subscribed, service_of_push):
    service_of_push.status = 410
    assert post(lin.client, f"{PATH}/test", {"device": lin.device}).json()["outcome"] == "gone"
    assert not PushSubscription.objects.exists()


def test_it_tests_six_times_a_minute(lin, subscribed):
    statuses = [post(lin.client, f"{PATH}/test", {"device": lin.device}).status_code for _try in range(7)]
    assert statuses == [202] * 6 + [429]
