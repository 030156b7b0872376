"""Says which static files never change under their name: those whose name holds a hash of their content."""

import re

ASSETS = "assets"
# Vite names what it builds assets/name-hash.ext, Django's storage name.hash.ext.
HASHED = re.compile(rf"/{ASSETS}/[^/]+-[\w-]{{8}}\.\w+$|\.[0-9a-f]{{12}}\.\w+$")


def immutable(path: str, url: str) -> bool:
    """Return whether a browser may keep the file at `url` for ever; `path` is where it lies here."""
    return bool(HASHED.search(url))
