"""Which version runs here: an id of what Vite has built, an id of the server's code, and Vite's script tags."""

import hashlib

from django.conf import settings
from django_vite.core.asset_loader import DjangoViteAppClient, ManifestClient, ManifestEntry
from django_vite.core.exceptions import DjangoViteManifestError

NOT_BUILT = "development"
PACKAGES = ("accounts", "config", "dissuasion", "households")


def build_id() -> str:
    """Return the id of the current build, twelve hex digits; the service worker computes it from the same file."""
    try:
        return hashlib.sha256((settings.BUILT / "manifest.json").read_bytes()).hexdigest()[:12]
    except OSError:
        return NOT_BUILT


def code_id() -> str:
    """Return the id of the server's Python files as they are on disk now, twelve hex digits; call it at the start."""
    digest = hashlib.sha256()
    for path in sorted(path for package in PACKAGES for path in (settings.ROOT / package).rglob("*.py")):
        digest.update(f"{path.relative_to(settings.ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class _Manifest(ManifestClient):
    def get(self, path: str) -> ManifestEntry:
        if settings.DEBUG:  # built again while the server runs
            self._reread()
        return super().get(path)

    def _reread(self) -> None:
        try:
            self._entries, self.legacy_polyfills_entry = self._parse_manifest()
        except DjangoViteManifestError:
            self._entries = {}


class ViteClient(DjangoViteAppClient):
    """Reads the manifest anew with each page while DEBUG is on, and once at the start otherwise."""

    ManifestClient = _Manifest
