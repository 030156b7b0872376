"""A push to a phone whose app is closed: a time and nothing else, and a tap that leads to the visit."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from accounts.models import PushSubscription
from dissuasion.actions.clocks import due
from dissuasion.actions.messages import push
from tests.browser.support.http import elsewhere
from tests.browser.support.phone import Phone, until
from tests.dissuasion.actions.messages.push.service import Browser, Service, service

pytestmark = pytest.mark.django_db(transaction=True)
SHOWN = """async () => (await registration.getNotifications()).map(
  ({ title, body, tag, data, silent }) => ({ title, body, tag, data, silent }))"""
CLICK = """async () => {
  const opened = [];
  Object.defineProperty(self.clients, "openWindow", { value: (path) => { opened.push(path); } });
  const [notification] = await registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification });
  const waits = [];
  event.waitUntil = (work) => waits.push(work);
  self.dispatchEvent(event);
  await Promise.all(waits);
  return opened;
}"""
SUBSCRIBE = """(made) => {
  const plain = (text) => atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const key = (text) => Uint8Array.from(plain(text), (letter) => letter.charCodeAt(0)).buffer;
  const subscription = {
    endpoint: made.endpoint, expirationTime: null, options: { userVisibleOnly: true },
    getKey: (name) => key(made.keys[name]), unsubscribe: async () => true,
    toJSON: () => ({ endpoint: made.endpoint, expirationTime: null, keys: made.keys }),
  };
  let held = null;
  PushManager.prototype.subscribe = async () => (held = subscription);
  PushManager.prototype.getSubscription = async () => held;
}"""


class Pushed:
    """The way of a push into one browser, which no real push service can take here."""

    def __init__(self, phone: Phone, service: Service) -> None:
        self.phone, self.browser = phone, Browser(service)
        self.registration = phone.registration()
        self.delivers = self.registration.push
        self.worker = self.registration.worker

    def shown(self) -> list[dict]:
        """Wait for notifications; return them."""
        return until(lambda: self.worker().evaluate(SHOWN))


@pytest.fixture
def push_service():
    with service() as running:
        yield running


@pytest.fixture
def pushed(phone, push_service, desk) -> Pushed:
    """Lin's phone, subscribed to push."""
    made = Pushed(phone().ready(), push_service)
    desk("lin").asks("push", **made.browser.body("phone-of-lin"))
    return made


def watch_looks(seconds: float) -> None:
    for look in (due.tick, push.tick):
        elsewhere(look, at=timezone.now() + dt.timedelta(seconds=seconds))


def test_a_visit_reaches_a_closed_app_without_a_name(pushed, source, live_cast):
    pushed.phone.page.goto("about:blank")
    source.sends()
    watch_looks(16)
    (message,) = pushed.browser.got()
    pushed.delivers(message)
    (shown,) = pushed.shown()
    assert shown["title"].startswith("New visit, acknowledge by ")
    assert shown["data"] == {"path": f"/app/visit/{message['assignment']}"}
    everything = json.dumps([message, shown], ensure_ascii=False)
    for secret in (live_cast.zhao_resident.name, live_cast.zhao_resident.phone, "赵", "示范路"):
        assert secret not in everything
    assert pushed.worker().evaluate(CLICK) == [f"/app/visit/{message['assignment']}"]


def test_the_notification_speaks_chinese_on_a_chinese_phone(phone, push_service):
    made = Pushed(phone(language="zh-hans").ready(), push_service)
    made.phone.page.goto("about:blank")
    made.delivers({"type": "visit", "assignment": "a", "n": 1, "answer_by": "2026-11-20T07:40:00Z"})
    assert [one["title"] for one in made.shown()] == ["有新任务，15:40 前签收"]


def test_a_tap_brings_an_open_app_to_the_visit(pushed, source):
    lin = pushed.phone
    source.sends(risk="medium")
    until(lambda: (lin.disk("work") or [{}])[0].get("document", {}).get("assignments"))
    lin.goes("/app/me")
    assignment = lin.disk("work")[0]["document"]["assignments"][0]["id"]
    pushed.delivers({"type": "visit", "assignment": assignment, "n": 1})
    pushed.shown()
    pushed.worker().evaluate(CLICK)
    lin.page.wait_for_url(f"**/app/visit/{assignment}")


def test_a_visit_that_is_gone_takes_its_notification_with_it(pushed):
    pushed.phone.page.goto("about:blank")
    pushed.delivers({"type": "visit", "assignment": "a", "n": 1})
    pushed.shown()
    pushed.delivers({"type": "gone", "assignment": "a"})
    until(lambda: [one["tag"] for one in pushed.worker().evaluate(SHOWN)] == ["quiet"])


def test_what_a_newer_server_pushes_still_shows_something(pushed):
    pushed.phone.page.goto("about:blank")
    pushed.delivers({"type": "weather", "assignment": "a"})
    assert [one["title"] for one in pushed.shown()] == ["Doorstep has news, open to see"]


def test_the_worker_proves_that_a_push_came(pushed, desk):
    pushed.phone.page.goto("about:blank")
    desk("lin").asks("push/test", device="phone-of-lin")
    (message,) = until(pushed.browser.got)
    assert PushSubscription.objects.get().proven_at is None
    pushed.delivers(message)
    until(lambda: PushSubscription.objects.get().proven_at)


def test_the_ready_check_subscribes_and_proves_the_way(phone, push_service):
    browser = Browser(push_service)
    lin = phone(path="")
    lin.context.add_init_script(f"({SUBSCRIBE})({json.dumps(browser.body())})")
    lin.open("/app/ready").ready()
    registration = lin.registration()
    (message,) = until(browser.got)
    registration.push(message)
    until(lambda: PushSubscription.objects.get().proven_at)
    assert PushSubscription.objects.get().person_id == lin.person.pk
