"""What stands between phone and server: portals, proxies, a neighbour's cookies. Each is named, no alarm is lost."""

import json
import time
from email.utils import formatdate

import pytest
from django.conf import settings

from dissuasion.models import Act
from tests.browser.support import steps
from tests.browser.support.phone import until
from tests.browser.support.weather import Spell
from tests.browser.support.words import pattern

pytestmark = pytest.mark.django_db(transaction=True)
PORTAL = "<!DOCTYPE html><html><title>Market wireless</title>Sign in to go on"
PASSWORD = "another-key-to-the-door"
KEPT = """async (path) => {
  const found = await caches.match(path);
  return found ? [found.headers.get("content-type"), (await found.text()).slice(0, 15)] : null;
}"""
ACTIVE = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)"


def file_of(chunk: str) -> str:
    """Return the address of a built file."""
    manifest = json.loads((settings.BUILT / "manifest.json").read_text())
    return f"/static/{manifest[chunk]['file']}"


def asked(weather, path: str) -> int:
    """Return how often a path was asked for."""
    return sum(one.path == path for one in weather.asked)


def test_a_portals_page_is_kept_for_no_file(phone, weather, source):
    path = file_of("phone/screens/all-lazy.ts")
    weather.answers(path, 200, page=PORTAL)
    lin = phone()
    until(lambda: asked(weather, path) >= 2)  # once more past every cache
    lin.page.wait_for_timeout(500)
    assert lin.page.evaluate(ACTIVE) is False
    assert lin.page.evaluate(KEPT, path) is None
    weather.clears()
    lin.page.reload()
    lin.ready()
    kind, text = lin.page.evaluate(KEPT, path)
    assert kind.startswith("text/javascript")
    assert "<" not in text
    lin.offline().goes("/app/card")
    lin.page.get_by_role("heading", level=1).first.wait_for()


def test_a_poisoned_cache_is_mended_and_the_app_starts(phone, weather):
    lin = phone().ready()
    path = file_of("phone/main.tsx")
    poison = """async ([path, page]) => {
      const name = (await caches.keys()).find((one) => one.startsWith("doorstep-app-"));
      await (await caches.open(name)).put(path, new Response(page, { headers: { "Content-Type": "text/html" } }));
    }"""
    lin.page.evaluate(poison, [path, PORTAL])
    lin.page.reload()
    lin.page.locator("#not-started").wait_for()
    lin.taps("现在再试 · Try now")
    lin.sees("work:empty")


HALF = "Invalid or unexpected token"
WAYS = {
    "a page": lambda weather, path: weather.answers(path, 200, page=PORTAL),
    "a refusal": lambda weather, path: weather.answers(path, 403, page=PORTAL),
    "half": lambda weather, path: weather.spells.append(
        Spell(path, "answer", 200, {"content-type": "text/javascript"}, b"import{a as b}from'")
    ),
    "a break": lambda weather, path: weather.loses(path, times=99),
    "nothing": lambda weather, path: weather.hangs(path),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_app_that_does_not_start_says_so_and_tries_again(phone, weather, way):
    lin = phone(path="")
    lin.page.clock.install()
    WAYS[way](weather, file_of("phone/main.tsx"))
    lin.page.goto("/", wait_until="commit")
    note = lin.page.locator("#not-started")
    note.wait_for(state="attached")
    lin.page.clock.run_for(11_000)
    note.wait_for()
    assert "96110" in note.inner_text()
    weather.clears()
    lin.page.clock.run_for(16_000)
    lin.sees("work:empty")
    lin.faults[:] = [fault for fault in lin.faults if way != "half" or fault != HALF]  # once for each try


def test_a_neighbours_cookies_are_none_of_ours(phone, weather, source):
    lin = phone(path="")
    lin.context.add_cookies([
        {"name": name, "value": "neighbour", "domain": "127.0.0.1", "path": "/"} for name in ("csrftoken", "sessionid")
    ])  # fmt: skip
    lin.open()
    source.sends()
    steps.acknowledges(lin)
    lin.sent()
    assert Act.objects.filter(kind="acknowledge").exists()


def test_where_sockets_are_forbidden_the_alarm_comes_all_the_same(phone, weather, source):
    weather.forbids_sockets = True
    lin = phone()
    lin.page.get_by_text(pattern("sync:ok.polled")).first.wait_for(timeout=30_000)
    source.sends()
    lin.sees("app:next.acknowledge", seconds=8)
    weather.forbids_sockets = False


def test_a_proxy_that_is_two_hours_ahead_silences_no_alarm(phone, source):
    def dates(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"date": formatdate(time.time() + 7200, usegmt=True)})

    lin = phone(path="")
    lin.context.route("**/api/**", dates)
    lin.open()
    source.sends()
    lin.control("app:next.acknowledge").wait_for()
    lin.page.wait_for_timeout(3_000)  # two seconds after the next answer the alarm fell silent
    steps.acknowledges(lin)
    lin.sent()
    assert abs(Act.objects.get(kind="acknowledge").clock_offset_ms) < 60_000
    lin.context.unroute_all(behavior="ignoreErrors")


def test_a_network_without_cookies_is_said_at_the_sign_in(phone, weather, live_cast):
    live_cast.lin.set_password(PASSWORD)
    live_cast.lin.save()
    weather.strips = (b"set-cookie",)
    lin = phone(fresh=True)
    signs_in(lin)
    lin.sees("sign-in:signin.cookies")
    weather.clears()
    signs_in(lin)
    lin.sees("work:empty")


def test_a_sign_in_whose_code_was_lost_is_said_and_goes_on(phone, weather, live_cast, source):
    live_cast.lin.set_password(PASSWORD)
    live_cast.lin.save()
    (entering,) = (settings.BUILT / "assets").glob("entering-*.js")
    # A portal's page that the browser may keep: an import that failed is remembered, the page in its place as well.
    weather.answers(f"/static/assets/{entering.name}", 200, page=PORTAL, cache_control="max-age=86400")
    lin = phone(fresh=True)
    signs_in(lin)
    lin.sees("sign-in:signin.offline")
    weather.clears()
    with lin.page.expect_navigation():
        signs_in(lin)
    signs_in(lin)
    lin.sees("work:empty")
    lin.ready()
    source.sends()
    steps.acknowledges(lin)
    lin.sent()


def signs_in(phone) -> None:
    """Fill in the form, the number as a Chinese keyboard may write it."""
    phone.page.get_by_label(phone.word("sign-in:number")).fill("ｌｉｎ\u200b")
    phone.page.get_by_label(phone.word("sign-in:password"), exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name=phone.word("sign-in:go"), exact=True).click()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [(403, None, "sync:off.foreign"), (403, {"code": "forbidden"}, "sync:off.refused"),
     (403, {"code": "csrf"}, "sync:off.cookies"), (502, None, "sync:off.down")],
)  # fmt: skip
def test_a_refusal_is_no_lost_network(phone, weather, status, body, said):
    lin = phone()
    lin.sees(pattern("sync:ok"))
    weather.answers("/api/v1/acts", status, body=body, page="" if body else PORTAL)
    lin.queue(1)
    lin.page.evaluate("() => dispatchEvent(new Event('online'))")
    lin.page.get_by_text(pattern(said)).first.wait_for(timeout=20_000)
    weather.clears()
    lin.page.evaluate("() => dispatchEvent(new Event('online'))")
    lin.sent(seconds=30)


def test_nothing_of_it_is_given_to_a_translator(phone):
    lin = phone()
    assert lin.page.evaluate("() => document.documentElement.translate") is False
    assert lin.page.locator("meta[name=google][content=notranslate]").count() == 1
