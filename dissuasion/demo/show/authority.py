"""A certificate authority of this machine, for showing the demo on phones: made once, kept, and narrowly limited.

Browsers give a worker and a position only over HTTPS, and no public authority vouches for an address in a local
network. Phones that trust this one trust it for this computer only, and for a month: that is written into it.
"""

import datetime as dt
import os
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey
# Addresses that the internet does not reach: for one of them an authority may be made, and it vouches for that one
# alone, even if its key were stolen. Machines inside machines also have addresses of the last two.
NETWORKS = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7",
    "fe80::/10", "100.64.0.0/10", "192.0.2.0/24",
)  # fmt: skip
DAYS = 30
RENEWED_BEFORE = dt.timedelta(days=7)
SKEW = dt.timedelta(days=2)  # phones whose clock is behind


@dataclass(frozen=True)
class Authority:
    """The certificate that phones are asked to trust, and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        """The certificate as phones download it."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """Its SHA-256, in pairs, for comparing by eye."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def may_certify(address: str) -> bool:
    """Return whether an address is one that the authority may sign for."""
    return any(ip_address(address) in network for network in _networks())


def load_authority(folder: Path, *, address: str, names: list[str], now: dt.datetime) -> Authority:
    """Return the authority for one address and these names kept in `folder`.

    It is made anew when there is none, when it is for others, or when its time is nearly over.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept, permitted = _kept(folder), _permitted(address, names)
    old = kept is None or kept.certificate.not_valid_after_utc - now < RENEWED_BEFORE
    if kept is None or old or _constraints(kept.certificate) != permitted:
        kept = _make(permitted, now)
        _write(folder / "ca.key", _pem(kept.key))
        _write(folder / "ca.crt", kept.certificate.public_bytes(serialization.Encoding.PEM))
    return kept


def server_certificate(signed_by: Authority, folder: Path, *, address: str, names: list[str], now: dt.datetime) -> Path:
    """Write a server's key and certificate for this address and these names; return the file that holds both."""
    key = ec.generate_private_key(ec.SECP256R1())
    ca = signed_by.certificate
    alternatives: list[x509.GeneralName] = [x509.IPAddress(ip_address(address))]
    alternatives += [x509.DNSName(name) for name in names]
    certificate = (
        _builder("Doorstep demo", ca.subject, key, now - SKEW, ca.not_valid_after_utc)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.key.public_key()), critical=False)
        .sign(signed_by.key, hashes.SHA256())
    )
    path = folder / "server.pem"
    _write(path, _pem(key) + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def _permitted(address: str, names: list[str]) -> x509.NameConstraints:
    permitted: list[x509.GeneralName] = [x509.IPAddress(ip_network(address))]
    permitted += [x509.DNSName(name) for name in names]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


def _constraints(certificate: x509.Certificate) -> x509.NameConstraints | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        return None


def _make(permitted: x509.NameConstraints, now: dt.datetime) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    title = "Doorstep demo, this computer only"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    certificate = (
        _builder(title, subject, key, now - SKEW, now + dt.timedelta(days=DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(permitted, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def _builder(
    title: str, issuer: x509.Name, key: Key, since: dt.datetime, until: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _kept(folder: Path) -> Authority | None:
    """Return what lies in the folder, or None where something is missing or belongs to something else."""
    try:
        key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), password=None)
        certificate = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    except (OSError, ValueError):
        return None
    ours = isinstance(key, Key) and certificate.public_key() == key.public_key()
    return Authority(certificate, key) if ours and isinstance(key, Key) else None


def _networks() -> list[IPv4Network | IPv6Network]:
    return [ip_network(network) for network in NETWORKS]


def _pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner ever could read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
