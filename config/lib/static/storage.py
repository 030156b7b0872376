"""The storage of `collectstatic`: files are hashed and compressed, except those that Vite has hashed already."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.lib.static.files import ASSETS


class Storage(CompressedManifestStaticFilesStorage):
    """Adds no second hash: it would give a module a second address, loaded twice and missing offline."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Yield the result for each file that has no hash in its name yet; Vite has compressed the others."""
        ours = {name: found for name, found in paths.items() if not _built(name)}
        yield from super().post_process(ours, dry_run=dry_run, **options)

    def stored_name(self, name: str) -> str:
        """Return the name under which a file is served."""
        return name if _built(name) else str(super().stored_name(name))


def _built(name: str) -> bool:
    return name.replace("\\", "/").startswith(f"{ASSETS}/")
