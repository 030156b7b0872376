"""What makes the app one that stays: its manifest, its worker, its files, its start without a network."""

import pytest

from tests.browser.support.phone import until

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
WORKLIST_S = 0.5


def manifest_of(phone):
    """Return what Chromium makes of the manifest, and what it holds against installing."""
    talk = phone.context.new_cdp_session(phone.page)
    manifest = talk.send("Page.getAppManifest")
    errors = talk.send("Page.getInstallabilityErrors")["installabilityErrors"]
    return manifest, [error["errorId"] for error in errors if error["errorId"] != "in-incognito"]


def test_it_can_be_installed(phone):
    lin = phone().ready()
    manifest, against = manifest_of(lin)
    assert (manifest["errors"], against) == ([], [])
    assert manifest["manifest"]["display"] == "standalone" or '"standalone"' in manifest["data"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_its_manifest_speaks_the_language_of_the_phone(phone, language):
    lin = phone(language=language)
    manifest = lin.page.request.get("/manifest.webmanifest", headers={"accept-language": language}).json()
    assert manifest["lang"] == {"en": "en", "zh-hans": "zh-CN"}[language]
    for icon in [*manifest["icons"], *(icon for short in manifest["shortcuts"] for icon in short["icons"])]:
        got = lin.page.request.get(icon["src"])
        assert (got.status, got.headers["content-type"]) == (200, "image/png")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_it_opens_offline_with_the_worklist_at_once(phone, source):
    lin = phone().ready()
    source.sends(risk="medium")
    lin.sees("赵")
    lin.offline()
    lin.page.reload()
    lin.sees("赵")
    beside = lin.page.locator('bdi[lang="zh-CN"]:text-is("赵某") + span[lang="zh-Latn-pinyin"]')
    assert beside.first.text_content() == "Zhao Mou"
    begun = lin.page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert begun < WORKLIST_S * 1000 * 4, "milliseconds to the first paint, with room for a busy machine"


# The phone forgets that its clock was ever compared.
FORGET = """(person) => new Promise((done) => {
  const opening = indexedDB.open(`doorstep-${person}`);
  opening.onsuccess = () => {
    const writing = opening.result.transaction("meta", "readwrite");
    writing.objectStore("meta").delete("offset");
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


def test_every_screen_opens_offline_by_its_address(phone):
    lin = phone().ready()
    until(lambda: lin.note("offset") is not None, what="the clock, compared")
    lin.offline()
    for path in ("/app/scripts", "/app/card", "/app/me", "/app/outbox", "/app/ready"):
        lin.open(path)
        until(lambda: lin.page.get_by_role("heading", level=1).count() == 1, what=path)
        if path == "/app/card":
            lin.control("card:done").wait_for()  # the card itself: its clock was compared before
    lin.page.evaluate(FORGET, str(lin.person.pk))
    lin.open("/app/card")
    lin.sees("card:clock")  # said to the officer, before the resident sees anything
    assert not lin.control("card:done").is_visible()
    lin.taps("card:anyway")
    lin.control("card:done").wait_for()
    lin.sees_not("card:clock")


def test_it_keeps_no_personal_data_in_its_files(phone, source, live_cast):
    lin = phone().ready()
    source.sends()
    until(lambda: (lin.disk("work") or [{}])[0].get("document", {}).get("assignments"))
    kept = lin.page.evaluate(
        """async () => {
          const texts = [JSON.stringify(localStorage), document.cookie];
          for (const name of await caches.keys()) {
            const held = await caches.open(name);
            for (const request of await held.keys()) {
              texts.push(request.url);
              const type = (await held.match(request)).headers.get("content-type") ?? "";
              if (!type.startsWith("image/")) texts.push(await (await held.match(request)).text());
            }
          }
          return texts.join("\\n");
        }"""
    )
    for secret in (live_cast.zhao_resident.phone, live_cast.zhao_resident.name, "示范路12号"):
        assert secret not in kept
