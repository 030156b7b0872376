"""What every database needs from the start: sources with their keys, the first policies, the scripts."""

import datetime as dt
import json
from pathlib import Path

from django.conf import settings

from accounts.models import Unit
from dissuasion.models import AlertSource, Policy, Script, ScriptVersion, SourceKey
from dissuasion.models.script import content_hash

SCRIPTS = Path(__file__).resolve().parents[2] / "data" / "scripts"
DEMO_SOURCE, FUNDS_SOURCE = "demo", "funds-centre"
# Published: only a development server accepts it.
DEMO_SOURCE_KEY = "demo-source-key-not-secret"


def load_sources(unit: Unit) -> None:
    """Make the city's own alert sources, whose instructions bind; only a development server gets the published key."""
    own = {"unit": unit, "kind": AlertSource.Kind.POLICE, "instructs": True}
    demo = AlertSource.objects.create(code=DEMO_SOURCE, name="演示预警", **own)
    AlertSource.objects.create(code=FUNDS_SOURCE, name="资金预警", **own)
    if settings.DEBUG:
        SourceKey.issue(demo, DEMO_SOURCE_KEY)


def load_policies() -> None:
    """Make the first version of every policy that has none."""
    for kind in Policy.Kind.values:
        Policy.current(kind)


def load_scripts(*, now: dt.datetime) -> int:
    """Publish the first version of every script that the database does not know; return how many.

    A script that is known is left alone, whatever became of its words: from then on it is the admins'.
    """
    known = set(Script.objects.values_list("scam_type", "audience", "language"))
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCRIPTS.glob("*.json"))]
    new = [content for content in contents if _key(content) not in known]
    keys = [_key(content) for content in new]
    scripts = [Script(scam_type=kind, audience=audience, language=language) for kind, audience, language in keys]
    Script.objects.bulk_create(scripts)
    ScriptVersion.objects.bulk_create(
        ScriptVersion(
            script=script,
            number=1,
            status=ScriptVersion.Status.PUBLISHED,
            content=content,
            sha256=content_hash(content),
            published_at=now,
        )
        for script, content in zip(scripts, new, strict=True)
    )
    return len(new)


def _key(content: dict[str, str]) -> tuple[str, str, str]:
    return content["scam_type"], content["audience"], content["language"]
