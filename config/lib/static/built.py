"""What runs here: the tags of what Vite has built, one name for all of it, and one for the server's code."""

import hashlib

from django.conf import settings
from django_vite.core.asset_loader import DjangoViteAppClient, ManifestClient, ManifestEntry
from django_vite.core.exceptions import DjangoViteManifestError

NOTHING = "development"
PACKAGES = ("accounts", "config", "dissuasion", "households")


def build() -> str:
    """Return the name of what is built now, twelve hex digits: the worker computes the same from the same file."""
    try:
        return hashlib.sha256((settings.BUILT / "manifest.json").read_bytes()).hexdigest()[:12]
    except OSError:
        return NOTHING


def code() -> str:
    """Return the name of the server's Python files as they lie there now, twelve hex digits; ask at the start."""
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


class Client(DjangoViteAppClient):
    """Looks at what is there now while somebody develops, and once at the start otherwise."""

    ManifestClient = _Manifest
