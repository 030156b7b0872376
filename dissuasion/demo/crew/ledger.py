"""What one phone has seen and done, as plain data: others compare it with what the server kept."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# "Could not take this now": the act is sent again, so this is no receipt.
BUSY = "busy"
# Flags of a receipt that mean that two records contradict each other, and what the officer answers to each.
MEANWHILE = {
    "after_recall": "theirs", "after_lapse": "theirs", "second_record": "mine_too",
    "decided_meanwhile": "seen", "after_close": "seen", "after_clear": "seen",
}  # fmt: skip
AT_THE_DOOR = ("arrive", "visit")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Version:
    """A document that was taken, with the true time; `road`: pull or push."""

    epoch: str
    version: int
    road: str
    at: dt.datetime = field(default_factory=_now)


@dataclass
class Shown:
    """An assignment's time in the worklist of this phone; one that came back has another line."""

    assignment: str
    version: int
    at: dt.datetime = field(default_factory=_now)
    left_at: dt.datetime | None = None


@dataclass
class Kept:
    """An act as it was written, how often it was sent, and every answer to it."""

    act: dict[str, Any]
    put_at: dt.datetime = field(default_factory=_now)
    sent: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def receipt(self) -> dict[str, Any] | None:
        """The first answer that says what became of it, or None."""
        return next((answer for answer in self.answers if answer.get("verdict") != BUSY), None)

    @property
    def flags(self) -> list[str]:
        """The codes of the receipt's flags."""
        return [flag["code"] for flag in (self.receipt or {}).get("flags", ())]

    @property
    def holder(self) -> str:
        """Who holds the case instead, where the receipt says so."""
        return str((self.receipt or {}).get("holder") or "")

    @property
    def reply(self) -> str:
        """What the officer has to say about the receipt (`resolve`), or nothing."""
        if self.receipt is None or self.act["kind"] == "resolve":
            return ""  # an answer to an answer would never end
        met = next((flag for flag in self.flags if flag in MEANWHILE), None)
        if met is None:
            return "seen" if self.receipt["verdict"] in ("held", "refused") else ""
        there = MEANWHILE[met] == "theirs" and self.act["kind"] in AT_THE_DOOR
        return "mine_too" if there else MEANWHILE[met]


@dataclass
class Ledger:
    """Everything since the phone was switched on; times are the true ones, not those of the phone's clock."""

    versions: list[Version] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    acts: dict[str, Kept] = field(default_factory=dict)
    # Receipts that came and were not read yet.
    unread: list[Kept] = field(default_factory=list)
    _here: dict[str, Shown] = field(default_factory=dict)

    def record_document(self, document: dict[str, Any], *, road: str) -> None:
        """Note a document that is now the worklist, what came with it and what has left."""
        self.versions.append(Version(document["epoch"], document["version"], road))
        held = [assignment["id"] for assignment in document["assignments"]]
        for gone in self._here.keys() - set(held):
            self._here.pop(gone).left_at = _now()
        for new in held:
            if new not in self._here:
                self._here[new] = Shown(new, document["version"])
                self.shown.append(self._here[new])

    def record_act(self, act: dict[str, Any]) -> None:
        """Note an act that was recorded."""
        self.acts[act["uuid"]] = Kept(act)

    def record_sent(self, acts: Iterable[dict[str, Any]]) -> None:
        """Note that these acts go out, perhaps once more."""
        for act in acts:
            self.acts[act["uuid"]].sent += 1

    def record_answer(self, answer: dict[str, Any]) -> None:
        """Note an answer to an act."""
        kept = self.acts.get(str(answer.get("uuid")))
        if kept is None:
            return
        new = kept.receipt is None
        kept.answers.append(answer)
        if new and kept.receipt is not None:
            self.unread.append(kept)

    def receipt(self, act: str) -> dict[str, Any] | None:
        """Return the receipt of an act, or None when it still waits."""
        return self.acts[act].receipt

    @property
    def contradicted(self) -> list[Kept]:
        """The acts whose receipts say that somebody else holds the case, or that two records contradict each other."""
        return [kept for kept in self.acts.values() if kept.holder or MEANWHILE.keys() & set(kept.flags)]

    def to_dict(self) -> dict[str, Any]:
        """Return versions, shown and acts as JSON can hold them, each act with its `receipt` beside all answers."""
        acts = [_plain(kept) | {"receipt": kept.receipt} for kept in self.acts.values()]
        return {
            "versions": [_plain(version) for version in self.versions],
            "shown": [_plain(shown) for shown in self.shown],
            "acts": acts,
        }


def _plain(row: Any) -> dict[str, Any]:
    values = dataclasses.asdict(row)
    return {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in values.items()}
