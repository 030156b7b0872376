"""Where `collectstatic` puts files: hashed, compressed, and what Vite has hashed already left as it is."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.lib.static.files import ASSETS


class Storage(CompressedManifestStaticFilesStorage):
    """A second hash would make a second address of a module: loaded twice, and missed without a network."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Yield what was done to each file that has no hash in its name yet; Vite compressed the others as well."""
        ours = {name: found for name, found in paths.items() if not _built(name)}
        yield from super().post_process(ours, dry_run=dry_run, **options)

    def stored_name(self, name: str) -> str:
        """Return the name under which a file is served."""
        return name if _built(name) else str(super().stored_name(name))


def _built(name: str) -> bool:
    return name.replace("\\", "/").startswith(f"{ASSETS}/")
