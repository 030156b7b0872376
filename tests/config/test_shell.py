"""The shell, its worker, its manifest and its files: the same for everybody, asked about each time, strict."""

import base64
import hashlib
import json
import re
import struct

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from config import shell
from config.lib.static.files import immutable

ADDRESSES = ("/", "/app/visit/0199-anything", "/app/", "/handover")
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'",
    "worker-src": "'self'", "manifest-src": "'self'", "font-src": "'self'", "form-action": "'self'",
    "img-src": "'self' data: blob:", "frame-ancestors": "'none'", "base-uri": "'none'",
    "require-trusted-types-for": "'script'", "trusted-types": "doorstep-worker default",
}  # fmt: skip


def get(path, *, client=None, language="zh-hans", **headers):
    return (client or Client()).get(path, headers={"accept-language": language, **headers})


def policy(response):
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


@pytest.fixture(scope="module")
def built():
    """What the build lists; without a build there is nothing to test here."""
    return json.loads((settings.BUILT / "manifest.json").read_text())


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_the_same_for_everybody(cast, address):
    pages = [get(address), get(address, language="en"), get(address, client=cast.client("lin"))]
    assert {page.status_code for page in pages} == {200}
    assert len({page.content for page in pages}) == 1
    assert not any(page.cookies or "Cookie" in page["Vary"] for page in pages)


@pytest.mark.parametrize("address", [*ADDRESSES, "/sw.js", "/manifest.webmanifest"])
def test_it_is_asked_about_each_time(address):
    page = get(address)
    assert page["Cache-Control"] == "no-cache"
    again = get(address, if_none_match=page["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert Client().post(address).status_code == 405


@pytest.mark.parametrize("address", ["/", "/sw.js", "/manifest.webmanifest", "/accounts/login/"])
def test_the_policy_is_strict(db, address):
    ours = {"script-src": f"'self' 'sha256-{shell.START_HASH}'"} if address == "/" else {}
    assert policy(get(address)) == POLICY | ours


def test_it_holds_no_style_and_one_script_of_its_own():
    page = get("/").content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|https?://", page)
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert scripts
    fetched = [inside for attributes, inside in scripts if 'src="/static/assets/' in attributes]
    assert fetched == [""] * (len(scripts) - 1)


def test_what_comes_before_the_first_paint_is_a_classic_script(built):
    early = built["phone/early.ts"]
    assert "imports" not in early
    assert f'<script src="/static/{early["file"]}"></script>' in get("/").content.decode()
    text = (settings.BUILT / early["file"]).read_text()
    assert not re.search(r"\b(import|export)\b", text)


def test_it_names_the_build_that_the_worker_keeps(built):
    build = hashlib.sha256((settings.BUILT / "manifest.json").read_bytes()).hexdigest()[:12]
    page, worker = get("/"), get("/sw.js").content.decode()
    assert page["X-Build"] == build
    assert build in worker
    assert all(f"/static/{chunk['file']}" in worker for chunk in built.values())


def test_the_worker_may_answer_for_every_address():
    worker = get("/sw.js")
    assert worker["Service-Worker-Allowed"] == "/"
    assert worker["Content-Type"].startswith("text/javascript")


def test_it_says_so_when_nothing_is_built(settings, tmp_path):
    settings.BUILT = tmp_path
    page = get("/", language="en")
    assert (page.status_code, page.content.decode()) == (503, "The app is not built yet. Build it with: make build\n")
    assert get("/sw.js").status_code == 404


@pytest.mark.parametrize(("language", "name", "tag"), [("zh-hans", "上门劝阻", "zh-CN"), ("en", "Doorstep", "en")])
def test_the_manifest_speaks_the_phones_language(language, name, tag):
    answer = get("/manifest.webmanifest", language=language)
    manifest = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["short_name"], manifest["lang"]) == (name, tag)
    assert {manifest["id"], manifest["start_url"], manifest["scope"]} == {"/"}
    assert manifest["display"] == "standalone"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all(shortcut["name"] and get(shortcut["url"]).status_code == 200 for shortcut in manifest["shortcuts"])


def test_the_icons_are_as_large_as_they_say():
    page = get("/").content.decode()
    icons = {icon["src"]: icon["sizes"] for icon in get("/manifest.webmanifest").json()["icons"]}
    icons[re.search(r'rel="apple-touch-icon" href="([^"]+)"', page)[1]] = "180x180"
    for address, size in icons.items():
        image = b"".join(get(address).streaming_content)
        width, height = struct.unpack(">II", image[16:24])
        assert (image[1:4], f"{width}x{height}") == (b"PNG", size)


def test_built_files_are_kept_for_ever_and_compressed(built):
    address = f"/static/{built['phone/main.tsx']['file']}"
    for coding in ("br", "gzip"):
        answer = get(address, accept_encoding=coding)
        assert "immutable" in answer["Cache-Control"]
        assert answer["Content-Encoding"] == coding


@pytest.mark.parametrize("path", ["phone/main.tsx", "sw/sw.ts", "built/sw.js", "manifest.json", "built/manifest.json"])
def test_the_sources_are_nobodys_business(path):
    assert get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/static/assets/main-D2QQ2S3v.css", True),
        ("/static/assets/main-D_QQ-S3v.js", True),
        ("/static/css/base.0123456789ab.css", True),
        ("/static/css/base.css", False),
        ("/static/img/icon-512.png", False),
        ("/static/img/maskable-512.png", False),
    ],
)
def test_only_names_with_a_hash_are_kept_for_ever(address, kept):
    assert immutable("", address) is kept


def test_collecting_leaves_vites_names_alone(settings, tmp_path, built):
    """A second hash would be a second address of the same module."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.lib.static.storage.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    main = built["phone/main.tsx"]["file"]
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    same = {name for name in found if name.startswith("assets/main-")}
    originals = {f"assets/{path.name}" for path in (settings.BUILT / "assets").iterdir()}
    assert same == {name for name in originals if name.startswith("assets/main-")}
    assert (tmp_path / main).read_bytes() == (settings.BUILT / main).read_bytes()
    assert any(re.fullmatch(r"css/base\.[0-9a-f]{12}\.css\.gz", name) for name in found)
    page = get("/").content.decode()
    assert f'src="/static/{main}"' in page
    assert re.search(r'href="/static/img/doorstep\.[0-9a-f]{12}\.svg"', page)


def test_the_one_script_in_the_page_is_the_one_that_its_policy_names():
    page = get("/")
    inline = re.findall(r"<script>(.*?)</script>", page.content.decode(), re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    assert policy(page)["script-src"].split() == ["'self'", *(f"'sha256-{one}'" for one in hashes)]
    assert len(hashes) == 1
    assert policy(get("/start"))["script-src"] == "'self'"
    unchanged = get("/", **{"if-none-match": page["ETag"]})
    assert (unchanged.status_code, policy(unchanged)) == (304, policy(page))


@pytest.mark.parametrize("address", ["/", "/accounts/login/"])
def test_a_browser_gives_none_of_it_to_a_translator(address, db):
    page = get(address).content.decode()
    assert re.search(r'<html[^>]* translate="no"', page)
    assert '<meta name="google" content="notranslate">' in page


def test_a_resident_may_have_the_page_of_codes_translated(db):
    page = get("/verify").content.decode()
    assert "notranslate" not in page
    assert 'translate="no"' not in page.split(">", 2)[1]
