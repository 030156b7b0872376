"""Compares the three ledgers: what was lost, what happened twice, what was skipped. Pure.

Each check returns sentences, one for each thing that is wrong, with the ids that lead to it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from tests.faults.books.ledger import Database, Phones, Sent, Window

OPEN = frozenset({"assigned", "acknowledged", "en_route", "on_scene"})
ANSWERED = frozenset({200, 201})
# An assignment that was taken back sooner need not have reached its phone.
BRIEF_S = 12.0
# Watchers look once a second; after a restart of the database they may need this long (promises.md 8).
LATE_S, LATEST_S = 2.0, 10.0
# What an applied act leaves in the history, once for each assignment.
STEPS = {"receipt": "shown", "acknowledge": "acknowledged", "decline": "declined", "depart": "departed",
         "contact": "contacted", "arrive": "arrived"}  # fmt: skip
APPLIED = "applied"


def lost(sent: Iterable[Sent], phones: Phones, base: Database, windows: Sequence[Window]) -> list[str]:
    """Return what was promised by an answer, a commit or a receipt and is not where it should be."""
    return [
        *_alerts_lost(sent, base),
        *_assignments_unseen(phones, base, windows),
        *_acts_lost(phones, base),
    ]


def doubled(sent: Iterable[Sent], phones: Phones, base: Database) -> list[str]:
    """Return what is there, was applied or was shown more than once, and what nobody ever sent."""
    return [
        *_alerts_doubled(sent, base),
        *_assignments_doubled(phones, base),
        *_acts_doubled(phones, base),
    ]


def skipped(phones: Phones, base: Database) -> list[str]:
    """Return what was due and not done: by dispatch, by a deadline, or by a phone's last worklist."""
    return [*_cases_skipped(base), *_deadlines_skipped(base), *_phones_behind(phones)]


# --- Lost ---------------------------------------------------------------------------------------------------------
def _alerts_lost(sent: Iterable[Sent], base: Database) -> Iterable[str]:
    kept = {row["external_id"]: row for row in base.alerts}
    for line in sent:
        row = kept.get(line.external_id)
        if line.answered_s is None or line.status not in ANSWERED:
            yield f"alert {line.external_id}: no answer after {line.tries} tries (status {line.status})"
        elif row is None:
            yield f"alert {line.external_id}: answered {line.status} and not in the database"
        elif row["case"] != line.case:
            yield f"alert {line.external_id}: answered with case {line.case}, kept with {row['case']}"
        elif row["case"] is None and not row["in_triage"]:
            yield f"alert {line.external_id}: in no case and not in triage"


def _assignments_unseen(phones: Phones, base: Database, windows: Sequence[Window]) -> Iterable[str]:
    seen = {(row.person, row.assignment) for row in phones.seen}
    for row in base.assignments:
        if (row["person"], row["id"]) in seen:
            continue
        if row["status"] in OPEN:
            yield f"assignment {row['id']} of {row['person']}: open ({row['status']}) and never on the phone"
        elif (there := awake(row["person"], row["assigned_at"], row["ended_at"], windows)) > BRIEF_S:
            yield f"assignment {row['id']} of {row['person']}: {row['status']} after {there:.1f} s, never on the phone"


def awake(person: str, from_s: float, until_s: float, windows: Iterable[Window]) -> float:
    """Return how many seconds of a stretch this person's phone was not frozen."""
    frozen = sum(
        max(0.0, min(until_s, window.until_s) - max(from_s, window.from_s))
        for window in windows
        if person in window.persons
    )
    return until_s - from_s - frozen


def _acts_lost(phones: Phones, base: Database) -> Iterable[str]:
    kept = {row["uuid"]: row for row in base.acts}
    steps = {(row["assignment"], row["kind"]) for row in base.events}
    visits = set(base.visits)
    for act in phones.done:
        row = kept.get(act.uuid)
        named = f"act {act.kind} {act.uuid} of {act.person}"
        if not act.verdict:
            yield f"{named}: no receipt at the end"
        elif row is None:
            yield f"{named}: receipt ({act.verdict}) and not in the database"
        elif (row["person"], row["device"], row["seq"], row["kind"]) != (act.person, act.device, act.seq, act.kind):
            yield f"{named}: kept as something else"
        elif row["verdict"] == APPLIED and act.kind in STEPS and (act.assignment, STEPS[act.kind]) not in steps:
            yield f"{named}: applied and without its step in the history"
        elif act.kind == "visit" and act.uuid not in visits:
            yield f"{named}: receipt ({act.verdict}) and no visit"


# --- Doubled ------------------------------------------------------------------------------------------------------
def _alerts_doubled(sent: Iterable[Sent], base: Database) -> Iterable[str]:
    known = {line.external_id: line for line in sent}
    for external_id, count in Counter(row["external_id"] for row in base.alerts).items():
        if count > 1:
            yield f"alert {external_id}: {count} rows"
        if external_id not in known:
            yield f"alert {external_id}: nobody sent it"
    for line in known.values():
        if len(set(line.alerts)) > 1:
            yield f"alert {line.external_id}: answered as {len(set(line.alerts))} alerts"
    told = Counter(row["external_id"] for row in base.events if row["external_id"])
    yield from (f"alert {key}: {count} lines of history" for key, count in told.items() if count > 1)


def _assignments_doubled(phones: Phones, base: Database) -> Iterable[str]:
    real = {(row["person"], row["id"]) for row in base.assignments}
    shown = Counter((row.person, row.assignment) for row in phones.seen)
    for (person, key), count in shown.items():
        if count > 1:
            yield f"assignment {key}: shown {count} times as new to {person}"
        if (person, key) not in real:
            yield f"assignment {key}: on the phone of {person}, in no table"
    for row in phones.odd:
        if row["what"] == "again":
            yield f"assignment {row['assignment']}: left the phone of {row['person']} and came back"
    leads = Counter(row["case"] for row in base.assignments if row["part"] == "lead" and row["status"] in OPEN)
    yield from (f"case {key}: {count} open leads" for key, count in leads.items() if count > 1)


def _acts_doubled(phones: Phones, base: Database) -> Iterable[str]:
    known = {act.uuid for act in phones.done}
    for row in base.acts:
        if row["uuid"] not in known:
            yield f"act {row['uuid']} of {row['person']}: no phone recorded it"
    numbers = Counter((row["device"], row["seq"]) for row in base.acts)
    yield from (f"act {seq} of {device}: {count} rows" for (device, seq), count in numbers.items() if count > 1)
    once = {*STEPS.values(), "assigned", "lapsed", "cleared"}
    steps = Counter((row["assignment"], row["kind"]) for row in base.events if row["kind"] in once)
    yield from (f"assignment {key}: {kind} {count} times" for (key, kind), count in steps.items() if count > 1)
    rungs = Counter((row["assignment"], row["rung"]) for row in base.events if row["kind"] == "rung")
    yield from (f"assignment {key}: rung {rung} {count} times" for (key, rung), count in rungs.items() if count > 1)
    told = Counter(row["act"] for row in base.events if row["kind"] == "visited")
    yield from (f"visit {act}: told {count} times" for act, count in told.items() if count > 1)


# --- Skipped ------------------------------------------------------------------------------------------------------
def _cases_skipped(base: Database) -> Iterable[str]:
    held = {row["case"] for row in base.assignments if row["part"] == "lead" and row["status"] in OPEN}
    for row in base.cases:
        due = row["dispatch_due_at"]
        if due is not None and due < base.watched_until_s - LATEST_S:
            yield f"case {row['id']}: due for dispatch {base.watched_until_s - due:.1f} s before the watchers stopped"
        elif due is None and _to_be_visited(row) and row["id"] not in held and not row["attention"]:
            yield f"case {row['id']}: to be visited, held by nobody, not in the queue, on no desk"


def _to_be_visited(case: dict[str, Any]) -> bool:
    return case["status"] == "open" and case["due_way"] == "visit"


def _deadlines_skipped(base: Database) -> Iterable[str]:
    for row in base.assignments:
        due = row["due_at"]
        if row["status"] in OPEN and due is not None and due < base.watched_until_s - LATEST_S:
            yield f"assignment {row['id']}: looked at by nobody {base.watched_until_s - due:.1f} s after its time"
        if row["status"] == "assigned" and row["part"] == "lead" and due is None:
            yield f"assignment {row['id']}: unanswered, and no clock runs on it"


def _phones_behind(phones: Phones) -> Iterable[str]:
    for final in phones.finals:
        if final.held == final.fresh:
            continue
        versions = final.held["version"], final.fresh["version"]
        parts = [part for part in final.held if final.held[part] != final.fresh[part]]
        yield f"phone of {final.person}: version {versions[0]} of {versions[1]}, differs in {', '.join(parts)}"
    for row in phones.odd:
        if row["what"] == "backward":
            yield f"phone of {row['person']}: version {row['got']} after {row['had']} ({row['by']})"


# --- How long -----------------------------------------------------------------------------------------------------
def delays(
    sent: Iterable[Sent], phones: Phones, base: Database, windows: Sequence[Window]
) -> list[tuple[float, float]]:
    """Return (when the alert was first tried, seconds until its assignment was on a phone) in order of the first.

    Of high-risk alerts only, and of those that found nobody on the case; phones that were frozen do not count.
    """
    by_case: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in base.assignments:
        if row["part"] == "lead":
            by_case[row["case"]].append(row)
    received = {row["external_id"]: row["received_at"] for row in base.alerts}
    first = {(row.person, row.assignment): row.at_s for row in phones.seen}
    found = []
    for line in sent:
        if line.risk != "high" or line.case is None or line.external_id not in received:
            continue
        at = received[line.external_id]
        given = by_case[line.case]
        if any(row["assigned_at"] < at and (row["ended_at"] is None or row["ended_at"] > at) for row in given):
            continue
        made = next((row for row in given if row["assigned_at"] >= at), None)
        shown = first.get((made["person"], made["id"])) if made else None
        if made is None or shown is None:
            continue
        frozen = (window for window in windows if made["person"] in window.persons)
        # Thawing takes a moment: a phone that was frozen has to find out that its line is dead.
        if not any(window.from_s < shown and line.begun_s < window.until_s + LATEST_S for window in frozen):
            found.append((line.begun_s, shown - line.begun_s))
    return sorted(found)


def after(window: Window, delayed: Sequence[tuple[float, float]], *, within_s: float = 10.0) -> list[float]:
    """Return the delays of the alerts that were first tried within so many seconds after a fault struck."""
    return [delay for begun, delay in delayed if window.from_s <= begun < window.from_s + within_s]


def apart(windows: Sequence[Window], delayed: Sequence[tuple[float, float]], *, within_s: float = 10.0) -> list[float]:
    """Return the delays of the alerts that no fault touched."""
    return [
        delay
        for begun, delay in delayed
        if not any(window.from_s - 1 <= begun < window.until_s + within_s for window in windows)
    ]


def lateness(base: Database, windows: Iterable[Window]) -> tuple[list[float], list[float]]:
    """Return how late (s) the rungs of ladders were taken: while all was well, and around these faults."""
    well, around = [], []
    told = list(windows)
    for row in base.events:
        if row["kind"] == "rung" and row["late_s"] is not None:
            due, late = row["at"] - row["late_s"], row["late_s"]
            hit = any(window.from_s - 1 <= due + late and due <= window.until_s + LATEST_S for window in told)
            (around if hit else well).append(late)
    return well, around
