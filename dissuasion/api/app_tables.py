"""The tables that the apps take over from Python, as TypeScript modules: no code is typed twice."""

import json
from typing import Any, cast

from rest_framework.serializers import ChoiceField

from accounts import door_words
from accounts.roles import COMMANDS, MAY_LEAD_HIGH, Role
from dissuasion.actions.field import acts, evidence, payloads, receipts
from dissuasion.actions.scripts import publication
from dissuasion.api.phone import handover, readiness
from dissuasion.models import Act, VisitAmount
from dissuasion.rules import close_codes, dispositions, grading, ranking, scam_types, states
from dissuasion.rules.clocks import Clock
from dissuasion.rules.levels import RISKS

HEAD = """// Made by `make types` from the tables of the server: never edited here, and a test fails when it is stale.
"""
TYPES = {
    "CaseStatus": "CASE_STATUSES",
    "AssignmentStatus": "ASSIGNMENT_STATUSES",
    "Risk": "RISKS",
    "ActKind": "ACT_KINDS",
    "DispositionCode": "DISPOSITIONS",
    "DeclineReason": "DECLINE_REASONS",
    "TriedCode": "TRIED",
    "DoneCode": "DONE",
    "NeedsCode": "NEEDS",
    "Clock": "CLOCKS",
    "ResolveChoice": "RESOLVE_CHOICES",
    "HeldCode": "HELD_CODES",
    "ReadyCheck": "READY_CHECKS",
    "AmountMeaning": "AMOUNT_MEANINGS",
    "AmountEvidence": "AMOUNT_EVIDENCE",
    "AmountKind": "AMOUNT_KINDS",
    "GradeReason": "GRADE_REASONS",
    "ScriptPicture": "SCRIPT_PICTURES",
    "Role": "ROLES",
}
TYPES_OF_NAMES = {"ScamType": "SCAM_TYPES"}


def modules() -> dict[str, str]:
    """Return the modules by the names of their files: codes and limits, and, for later than the sign-in, names."""
    return {"generated.ts": _module(_tables(), TYPES), "names.ts": _module(_names(), TYPES_OF_NAMES)}


def _module(tables: dict[str, Any], types: dict[str, str]) -> str:
    """Return every table as a constant, and a type of its codes where there is one."""
    constants = [f"export const {name} = {_literal(value)} as const;\n" for name, value in tables.items()]
    of_codes = [f"export type {name} = {_codes(table, tables[table])};\n" for name, table in types.items()]
    return HEAD + "".join(constants) + "\n" + "".join(of_codes)


def _tables() -> dict[str, Any]:
    return {
        "CASE_STATUSES": sorted(states.Case),
        "ASSIGNMENT_STATUSES": sorted(states.Assignment),
        "OPEN_STATUSES": list(states.OPEN_ASSIGNMENT),
        "FORWARD": list(states.FORWARD),
        "RISKS": list(RISKS),
        "ACT_KINDS": sorted(Act.Kind.values),
        "DISPOSITIONS": {
            code: {"met": found.met, "leads_to": found.leads_to, "follow_up_days": found.follow_up_days}
            for code, found in sorted(dispositions.DISPOSITIONS.items())
        },
        "CLOCKS": list(Clock),
        "DECLINE_REASONS": sorted(cast("ChoiceField", payloads.Decline().fields["reason"]).choices),
        "TRIED": sorted(payloads.TRIED),
        "DONE": sorted(payloads.DONE),
        "NEEDS": sorted(payloads.NEEDS),
        "AMOUNT_MEANINGS": sorted(VisitAmount.Meaning.values),
        "AMOUNT_EVIDENCE": sorted(VisitAmount.Evidence.values),
        "AMOUNT_KINDS": sorted(VisitAmount.Kind.values),
        "GRADING": {
            "at_the_door_m": grading.AT_THE_DOOR_M,
            "at_the_house_m": grading.AT_THE_HOUSE_M,
            "fine_m": grading.FINE_M,
            "usable_m": grading.USABLE_M,
            "coarse_m": grading.COARSE_M,
            "old_after_s": grading.OLD_AFTER_S,
        },
        "GRADE_REASONS": list(grading.REASONS),
        "TRAVEL": {"minutes_a_km": ranking.PER_KM},
        "SCRIPT_PICTURES": list(publication.PICTURES),
        # Flags for which the officer says how the act counts: it contradicts what somebody else did.
        "FLAGS_FOR_THE_OFFICER": sorted(acts.NEEDS_DESK - acts.TOLD_ONLY),
        "TAKEN": list(receipts.TAKEN),
        "RESOLVE_CHOICES": list(cast("ChoiceField", payloads.Resolve().fields["choice"]).choices),
        "HELD_CODES": list(acts.HELD_CODES),
        "READY_CHECKS": list(readiness.CHECKS),
        "CLOSE_CODES": {
            "signed_out": close_codes.SIGNED_OUT,
            "right_removed": close_codes.RIGHT_REMOVED,
            "replaced": close_codes.REPLACED,
            "refetch": close_codes.REFETCH,
        },
        "LIMITS": _limits(),
        "ROLES": sorted(Role),
        "ROLES_THAT_LEAD_HIGH": sorted(MAY_LEAD_HIGH),
        "ROLES_THAT_COMMAND": sorted(COMMANDS),
    }


def _names() -> dict[str, Any]:
    return {
        "SCAM_TYPES": {code: _both(names) for code, names in sorted(scam_types.NAMES.items())},
        "STAFF_NUMBER": _both(door_words.STAFF_NUMBER),
        "NEVER_TITLE": _both(door_words.NEVER_TITLE),
        "NEVER_ASKED": {code: _both(words) for code, words in door_words.NEVER_ASKED.items()},
    }


def _both(words: dict[str, str]) -> dict[str, str]:
    return {"zh": words["zh-hans"], "en": words["en"]}


def _limits() -> dict[str, int]:
    """Return the largest numbers that the server takes: acts, bytes, photos, characters."""
    correction, amount = payloads.Correction().fields, payloads.Amount().fields
    return {
        "carried": handover.MOST_CARRIED,
        "piece_bytes": evidence.PIECE_BYTES,
        "photos": payloads.MOST_PHOTOS,
        "arrival_photos": payloads.MOST_ARRIVAL_PHOTOS,
        "amounts": payloads.MOST_AMOUNTS,
        "note": payloads.MOST_NOTE,
        "manual_reason": _longest(payloads.Arrive().fields["manual_reason"]),
        "reason": _longest(correction["reason"]),
        "amount_to": _longest(amount["to"]),
    }


def _longest(field: Any) -> int:
    return int(field.max_length)


def _codes(name: str, table: Any) -> str:
    """Return the TypeScript type of the codes in a table."""
    return f"keyof typeof {name}" if isinstance(table, dict) else f"(typeof {name})[number]"


def _literal(value: Any) -> str:
    """Return a table with a line for each entry."""
    if isinstance(value, dict):
        rows = (f"  {key}: {_inline(item)},\n" for key, item in value.items())
        return "{\n" + "".join(rows) + "}"
    return _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
