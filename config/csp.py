"""The Content-Security-Policy: a browser loads only what this server gives it."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

VITE_AT = "127.0.0.1:5173"


def policy(*, vite: bool, tiles: str) -> dict[str, Any]:
    """Return the content security policy: `tiles` is the origin of map tiles or empty, `vite` loosens it for `dev`."""
    directives: dict[str, Any] = {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([tiles] if tiles else [])],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        # One policy for the worker's address; the default one for Leaflet, which tests the browser with `<svg/>`.
        "trusted-types": ["doorstep-worker", "default"],
    }
    if vite:
        server = f"http://{VITE_AT}"
        directives["script-src"] = [SELF, server]
        directives["style-src"] = [SELF, UNSAFE_INLINE, server]
        directives["img-src"] += [server]
        directives["connect-src"] = [SELF, f"ws://{VITE_AT}", server]
        directives |= {"require-trusted-types-for": None, "trusted-types": None}
    return {"DIRECTIVES": directives}
