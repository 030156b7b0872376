"""What a run found, as rows of a table and as a summary in JSON."""

import os
from collections import Counter, defaultdict
from typing import Any

from tests.bench.report import Row, Rows, say, spread
from tests.faults.books import reconcile
from tests.faults.plan import OF_DATABASE, OF_HEARING, OF_WATCHERS, Kind
from tests.faults.run import Outcome

NEXT_S, NOTICED_S, DEAF_S = 5.0, 12.0, 15.0


def findings(outcome: Outcome) -> dict[str, list[str]]:
    """Return the sentences of everything that was lost, doubled or skipped."""
    return {
        "lost": reconcile.lost(outcome.sent, outcome.phones, outcome.base, outcome.windows),
        "doubled": reconcile.doubled(outcome.sent, outcome.phones, outcome.base),
        "skipped": reconcile.skipped(outcome.phones, outcome.base),
    }


def counts(outcome: Outcome) -> dict[str, int]:
    """Return how much there was that could have been lost."""
    verdicts = Counter(act.verdict for act in outcome.phones.done)
    return {
        "alerts": len(outcome.sent),
        "high-risk": sum(line.risk == "high" for line in outcome.sent),
        "alerts tried again": sum(line.tries > 1 for line in outcome.sent),
        "cases": len(outcome.base.cases),
        "assignments": len(outcome.base.assignments),
        "assignments seen": len(outcome.phones.seen),
        "lapsed": sum(row["status"] == "lapsed" for row in outcome.base.assignments),
        "acts": len(outcome.phones.done),
        "acts sent again": sum(act.repeated for act in outcome.phones.done),
        "acts flagged": verdicts["flagged"],
        "acts held or refused": verdicts["held"] + verdicts["refused"],
        "sockets opened": outcome.phones.sockets,
        "phones": len(outcome.phones.finals),
        "faults": len(outcome.windows),
    }


def rows(outcome: Outcome) -> Rows:
    """Return the table: zeros, then how soon after each fault the next alert was on a phone, then the clocks."""
    table, many = Rows(), counts(outcome)
    table.append(Row("alerts sent, of them high-risk, tried again",
                     f"{many['alerts']}, {many['high-risk']}, {many['alerts tried again']}"))  # fmt: skip
    table.append(Row("assignments, on a phone, lapsed",
                     f"{many['assignments']}, {many['assignments seen']}, {many['lapsed']}"))  # fmt: skip
    table.append(Row("acts, sent again, flagged", f"{many['acts']}, {many['acts sent again']}, {many['acts flagged']}"))
    # Whoever shares the machine shows in every delay below.
    table.append(Row("load average of 1, 5 and 15 minutes at the end", " · ".join(f"{n:.1f}" for n in os.getloadavg())))
    for name, found in findings(outcome).items():
        table.append(Row(name, str(len(found)), "", "0", not found))
    compared = f"{many['phones']} of {outcome.started}"
    table.append(Row("phones that compared their worklist", compared, "", "all", many["phones"] == outcome.started))
    _recovery(table, outcome)
    _clocks(table, outcome)
    return table


def _recovery(table: Rows, outcome: Outcome) -> None:
    delayed = reconcile.delays(outcome.sent, outcome.phones, outcome.base, outcome.windows)
    calm = reconcile.apart(outcome.windows, delayed)
    floor = say([1000 * delay for delay in calm]) if len(calm) > 1 else ""
    by_kind: dict[str, list[list[float]]] = defaultdict(list)
    for window in outcome.windows:
        by_kind[window.kind].append(reconcile.after(window, delayed))
    nexts = []
    for kind, found in by_kind.items():
        first = [delays[0] for delays in found if delays]
        together = [delay for delays in found for delay in delays]
        nexts += first
        if together:
            figure = f"next {max(first):.2f} s, slowest of {len(together)} in 10 s {max(together):.2f} s"
            table.append(Row(f"{kind}, {len(found)} times", figure))
    if len(nexts) > 1:
        p99 = spread(nexts)[2]
        table.append(Row(f"next alert → phone after {len(nexts)} faults", f"p99 {p99:.2f} s, worst {max(nexts):.2f} s",
                         floor, f"p99 ≤ {NEXT_S:.0f} s", p99 <= NEXT_S))  # fmt: skip
    struck = [window for window in outcome.windows if window.kind in OF_HEARING]
    if struck:
        deaf = [delay for window in struck for delay in reconcile.after(window, delayed)]
        figure = f"slowest of {len(deaf)} in 10 s {max(deaf, default=0):.2f} s"
        ok = bool(deaf) and max(deaf) <= DEAF_S
        table.append(Row("sockets gone deaf, healed", figure, "", f"≤ {DEAF_S:.0f} s", ok))


def _clocks(table: Rows, outcome: Outcome) -> None:
    hurt = [window for window in outcome.windows if window.kind in OF_DATABASE | OF_WATCHERS]
    well, around = reconcile.lateness(outcome.base, hurt)
    if len(well) > 1:
        p99 = spread(well)[2]
        table.append(
            Row(f"rung of a ladder taken, {len(well)} times", f"p99 {p99:.2f} s late", "", "p99 ≤ 2 s", p99 <= 2)
        )
    if around:
        table.append(Row(f"the same around faults of its database, {len(around)} times",
                         f"worst {max(around):.2f} s late", "", "≤ 10 s", max(around) <= 10))  # fmt: skip
    frozen = [window for window in outcome.windows if window.kind == Kind.PHONE_FREEZE]
    if frozen:
        noticed = [window.noticed_s for window in frozen]
        worst = max((seconds for seconds in noticed if seconds is not None), default=None)
        ok = None not in noticed and worst is not None and worst <= NOTICED_S
        figure = f"worst {worst:.1f} s" if ok and worst is not None else f"{noticed}"
        table.append(Row(f"frozen phones given up, {len(frozen)} times", figure, "", f"≤ {NOTICED_S:.0f} s", ok))


def summary(outcome: Outcome) -> dict[str, Any]:
    """Return what a test needs to know: counts, findings, and the slowest next alert (s)."""
    delayed = reconcile.delays(outcome.sent, outcome.phones, outcome.base, outcome.windows)
    nexts = [found[0] for window in outcome.windows if (found := reconcile.after(window, delayed))]
    return {
        "counts": counts(outcome), "findings": findings(outcome), "seconds": outcome.seconds,
        "slowest_next_s": max(nexts, default=None),
    }  # fmt: skip
