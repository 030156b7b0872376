"""The long forms are all collected, and a proof that was stopped goes on where it was."""

import re
import subprocess
from types import SimpleNamespace

import pytest
from django.conf import settings

from tests.proof.__main__ import Proof
from tests.proof.forms import FORMS, Form
from tests.proof.ledger import Ledger, Row, code_of

TESTS = settings.ROOT / "tests"
LONG_FORM = re.compile(r"\btimes\([^)]*long=|environ\.get\(\"KILLS\"")


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return Ledger(tmp_path / "var" / "proof.jsonl")


@pytest.fixture
def proof(ledger) -> Proof:
    return Proof(ledger, "code", until=None)


@pytest.fixture
def ran(monkeypatch) -> list[list[str]]:
    """What would have been run; a slice whose seed is 2 fails."""
    seen: list[list[str]] = []

    def run(command, **how):
        seen.append(command[1:])
        return SimpleNamespace(returncode=int(how["env"]["PROPERTY_SEED"] == "2"), stdout="", stderr="why")

    monkeypatch.setattr(subprocess, "run", run)
    return seen


SMALL = Form("any_path", "11", 250, 100, "tests/properties/test_any_path.py::test_it_holds_on_any_path")


def test_every_long_form_is_collected():
    files = [path for path in TESTS.rglob("test_*.py") if LONG_FORM.search(path.read_text())]
    assert len(files) >= 5
    proven = {form.test.partition("::")[0] for form in FORMS}
    assert {str(path.relative_to(settings.ROOT)) for path in files} <= proven


@pytest.mark.parametrize("form", [form for form in FORMS if form.test], ids=lambda form: form.name)
def test_what_it_runs_is_there(form):
    path, _colons, name = form.test.partition("::")
    assert not name or f"def {name}(" in (settings.ROOT / path).read_text()


def test_the_slices_make_the_whole():
    assert [SMALL.environment(seed)["PROPERTY_TIMES"] for seed in SMALL.slices] == ["100", "100", "50"]
    for form in FORMS:
        assert sum(int(form.environment(seed)[form.amount]) for seed in form.slices) == form.whole


def test_it_goes_on_where_it_was_stopped(proof, ledger, ran):
    assert proof.holds(SMALL, 1)
    ran.clear()
    assert (proof.runs(SMALL), len(ran), proof.missing(SMALL)) == (1, 2, [2])
    assert proof.runs(SMALL) == 1
    assert len(ran) == 3
    assert proof.says(SMALL).startswith("any_path (promise 11): 2 of 3 slices")


def test_a_slice_has_its_own_seed(ran, proof):
    proof.holds(SMALL, 3)
    assert "--hypothesis-seed=3" in ran[0]


def test_other_code_and_another_database_prove_nothing(proof, ledger):
    for code, database, held in [("other", proof.database, True), ("code", "other", True), ("code", "sqlite", False)]:
        ledger.add(Row(SMALL.name, 1, database, code, held, 1.0))
    assert proof.missing(SMALL) == [1, 2, 3]


def test_a_line_that_was_cut_short_counts_for_nothing(ledger):
    ledger.add(Row("a", 1, "sqlite", "code", True, 1.0))
    with ledger.path.open("a") as file:
        file.write('{"form": "a", "se')
    assert ledger.done("a", database="sqlite", code="code") == {1}


def test_code_is_known_by_its_files(tmp_path):
    before = code_of(tmp_path)
    (tmp_path / "dissuasion").mkdir()
    (tmp_path / "dissuasion" / "new.py").write_text("x = 1")
    assert code_of(tmp_path) != before


def test_no_slice_is_begun_after_the_time_is_over(ledger, ran):
    assert Proof(ledger, "code", until=0.0).runs(SMALL) == 0
    assert ran == []
