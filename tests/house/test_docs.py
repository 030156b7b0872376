"""The documents name files that exist: whoever moves a file puts the documents right."""

import re

import pytest
from django.conf import settings

ROOT = settings.ROOT
# Where a path in a document may begin.
BASES = [ROOT, *(ROOT / base for base in ("dissuasion", "dissuasion/actions", "docs"))]
NAMED = re.compile(r"`([\w.-]+/[\w./-]*\.(?:py|json))`|\]\(([\w./-]+\.(?:md|json|svg))(?:#[\w-]*)?\)")


@pytest.mark.parametrize(
    "name", ["README.md", "docs/glossary.md", "docs/operations.md", "docs/phone.md", "docs/way-of-an-alert.md"]
)
def test_every_file_that_a_document_names_exists(name):
    document = ROOT / name
    named = {code or link for code, link in NAMED.findall(document.read_text())}
    bases = [*BASES, document.parent]
    assert not {path for path in named if not any((base / path).exists() for base in bases)}
