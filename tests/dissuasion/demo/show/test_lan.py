"""The demo in the local network: who may vouch for what, and a phone's way from the certificate to the app."""

import datetime as dt
import http.client
import re
import signal
import ssl
import stat

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.core.management import CommandError
from django.utils import translation

from dissuasion.demo.show import lan
from dissuasion.demo.show.authority import DAYS, load_authority, may_certify, server_certificate
from tests.dissuasion.demo.show.test_demo import end, read_until, start

NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)


HERE = {"address": "192.168.1.5", "names": ["localhost", "desk.local"]}


def served(folder):
    made = load_authority(folder, **HERE, now=NOW)
    pem = server_certificate(made, folder, **HERE, now=NOW)
    return made, x509.load_pem_x509_certificate(pem.read_bytes())


def test_the_key_is_its_owners_only(tmp_path):
    served(tmp_path / "lan")
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "lan").iterdir()}
    assert files == {"ca.key": 0o600, "ca.crt": 0o600, "server.pem": 0o600}
    assert stat.S_IMODE((tmp_path / "lan").stat().st_mode) == 0o700


def test_it_is_kept_so_that_phones_trust_it_once(tmp_path):
    first, again = (load_authority(tmp_path, **HERE, now=NOW) for _time in range(2))
    assert first.fingerprint == again.fingerprint
    late = load_authority(tmp_path, **HERE, now=NOW + dt.timedelta(days=DAYS - 1))
    assert late.fingerprint != first.fingerprint


def test_it_is_made_anew_for_another_address(tmp_path):
    first = load_authority(tmp_path, **HERE, now=NOW)
    moved = load_authority(tmp_path, **HERE | {"address": "192.168.1.6"}, now=NOW)
    assert moved.fingerprint != first.fingerprint


@pytest.mark.parametrize("broken", ["ca.key", "ca.crt"])
def test_what_is_broken_is_made_anew(tmp_path, broken):
    first = load_authority(tmp_path, **HERE, now=NOW)
    (tmp_path / broken).write_text("nothing")
    assert load_authority(tmp_path, **HERE, now=NOW).fingerprint != first.fingerprint


def test_the_servers_certificate_is_what_phones_ask_for(tmp_path):
    made, certificate = served(tmp_path)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["192.168.1.5"]
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "desk.local"]
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert certificate.not_valid_after_utc - NOW <= dt.timedelta(days=398)
    certificate.verify_directly_issued_by(made.certificate)
    with pytest.raises(InvalidSignature):
        certificate.verify_directly_issued_by(load_authority(tmp_path / "another", **HERE, now=NOW).certificate)


def test_it_vouches_for_this_computer_only_and_for_a_month(tmp_path):
    made, _certificate = served(tmp_path)
    limits = made.certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    permitted = {str(name.value) for name in limits.value.permitted_subtrees}
    assert permitted == {"192.168.1.5/32", "localhost", "desk.local"}
    uses = made.certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(uses) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert made.certificate.not_valid_after_utc - NOW == dt.timedelta(days=30)
    assert isinstance(made.key, ec.EllipticCurvePrivateKey)
    assert all(may_certify(address) for address in ("192.168.1.5", "10.1.2.3", "172.20.0.9", "127.0.0.1", "fd00::1"))
    assert not any(may_certify(address) for address in ("8.8.8.8", "172.32.0.1", "2001:db8::1"))


@pytest.mark.parametrize("asked", ["8.8.8.8", "not an address"])
def test_it_does_not_listen_where_the_internet_reaches(asked):
    with translation.override("en"), pytest.raises(CommandError, match="no address in a local network"):
        lan.open_lan(asked, port=0)


def test_it_listens_there_only_and_writes_to_no_address_here(settings, tmp_path):
    settings.STATE, settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = tmp_path, [], []
    settings.PUSH_SERVICES = ["https://push.example", "http://127.0.0.1:*"]
    opened = lan.open_lan("127.0.0.1", port=0)
    listening = {one.getsockname()[0] for one in (opened.app, opened.help)}
    for one in (opened.app, opened.help):
        one.close()
    assert listening == {"127.0.0.1"}
    assert settings.PUSH_SERVICES == ["https://push.example"]


def test_a_machine_without_a_network_is_told_so(monkeypatch):
    monkeypatch.setattr(lan, "_own", lambda: "")
    with translation.override("en"), pytest.raises(CommandError, match="no address in a local network"):
        lan.open_lan("1", port=0)


def test_the_code_in_the_terminal_is_square_and_framed():
    lines = lan.qr_code("http://192.168.1.5:8080/").plain.splitlines()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert not lines[0].strip()
    assert abs(len(lines) * 2 - (len(lines[0]) - 2)) <= 1


async def test_cookies_leave_over_https_only():
    async def app(scope, receive, send):
        cookies = [(b"set-cookie", b"sessionid=1; Path=/"), (b"Set-Cookie", b"a=b; Secure"), (b"x", b"y")]
        await send({"type": "http.response.start", "status": 200, "headers": cookies})

    sent = []

    async def send(message):
        sent.append(message)

    await lan.secure_cookies(app)({"type": "http"}, None, send)
    values = [value for _key, value in sent[0]["headers"]]
    assert values == [b"sessionid=1; Path=/; Secure", b"a=b; Secure", b"y"]


def plain(address, path):
    connection = http.client.HTTPConnection(address, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer, answer.read()


def over_tls(address, trust, path):
    """Return an answer over TLS, as a phone gets it that trusts this certificate."""
    context = ssl.create_default_context(cadata=trust)
    host, _colon, port = address.partition(":")
    connection = http.client.HTTPSConnection(host, int(port), context=context, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer, answer.read()


def test_a_phone_gets_from_the_code_to_the_app(tmp_path):
    demo = start(tmp_path, "--port", "0", "--crew", "off", "--rate", "0", "--lan", "127.0.0.1")
    try:
        said = read_until(demo, "SHA-256", seconds=60)
        help_at = re.search(r"Phones\s+http://([\d.:]+)/", said)[1]
        app_at = re.search(r"The app\s+https://([\d.:]+)/", said)[1]
        page, body = plain(help_at, "/")
        assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert f"https://{app_at}/" in body.decode()
        certificate, der = plain(help_at, "/doorstep-ca.crt")
        assert certificate.headers["Content-Type"] == "application/x-x509-ca-cert"
        assert plain(help_at, "/api/v1/work")[0].status == 404
        shell, _body = over_tls(app_at, der, "/")
        assert (shell.status, shell.headers["Cache-Control"]) == (200, "no-cache")
        config, _body = over_tls(app_at, der, "/_allauth/browser/v1/config")
        assert "Secure" in config.headers["Set-Cookie"]
        missing, told = over_tls(app_at, der, "/nothing")
        assert missing.status == 404
        assert b"urlpatterns" not in told
        with pytest.raises(ssl.SSLCertVerificationError):
            over_tls(app_at, None, "/")
        _last, took = end(demo, signal.SIGINT)
    finally:
        demo.kill()
    assert (demo.returncode, took < 5) == (0, True)
