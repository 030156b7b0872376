"""A phone's own authenticator in software: makes a passkey and signs with it, as a browser hands it over."""

import base64
import hashlib
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialUserEntity,
)

ORIGIN, HOST = "http://testserver", "testserver"
Flag = AuthenticatorData.FLAG


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Authenticator:
    """One passkey."""

    def __init__(self) -> None:
        self.private, self.id = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.count, self.user = 0, ""

    def makes(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the credential for the options of a registration."""
        asked = options["publicKey"]
        self.user = PublicKeyCredentialUserEntity.from_dict(asked["user"]).id
        key = ES256.from_cryptography_key(self.private.public_key())
        made = AttestedCredentialData.create(bytes(16), self.id, key)
        data = self._data(Flag.UP | Flag.UV | Flag.AT, made)
        response = {
            "clientDataJSON": text(self._client("webauthn.create", asked)),
            "attestationObject": text(bytes(AttestationObject.create("none", data, {}))),
        }
        return self._credential(response)

    def signs(self, options: dict[str, Any], *, origin: str = ORIGIN) -> dict[str, Any]:
        """Return the credential for the options of a sign-in."""
        client = self._client("webauthn.get", options["publicKey"], origin)
        data = self._data(Flag.UP | Flag.UV)
        signed = self.private.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(client),
            "authenticatorData": text(bytes(data)),
            "signature": text(signed),
            "userHandle": text(self.user),
        }
        return self._credential(response)

    def _data(self, flags: Any, made: Any = b"") -> AuthenticatorData:
        self.count += 1
        return AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), flags, self.count, made)

    def _client(self, kind: str, asked: dict[str, Any], origin: str = ORIGIN) -> bytes:
        return bytes(CollectedClientData.create(kind, asked["challenge"], origin))

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        name = text(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
