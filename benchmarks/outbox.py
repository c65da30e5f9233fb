"""Alerts against an inbox and a hook that fail three times in ten: what arrived, what came twice, who was hurried.

    python benchmarks/outbox.py [alerts a channel] [seed]

Time is moved, not waited for. Ends with 1 when anything was lost, given up, asked for too early, or came twice under two ids.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.drills.flood import Flood


def main() -> int:
    alerts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        flood = Flood(Path(folder), stack, seed, 0.3)
        begun = flood.stage.now
        flood.run(alerts)
        span = flood.stage.now - begun
    bad = 0
    for name, tally in flood.tallies.items():
        lost = alerts - len(tally.arrived)
        bad += bool(lost or tally.dead or tally.broken or tally.too_early or tally.twice > tally.faults["drop after"])
        figures = {"lost": lost, "given up": tally.dead, "under two ids": len(tally.broken), "came twice": tally.twice}
        figures |= {"of as many ambiguous faults": tally.faults["drop after"], "before Retry-After": tally.too_early}
        print(f"{name}: {alerts} alerts in {tally.messages} messages, {tally.attempts} attempts")
        print("  " + ", ".join(f"{what} {count}" for what, count in figures.items()))
        print("  " + ", ".join(f"{fault} {count}" for fault, count in sorted(tally.faults.items())))
    print(f"{span} of moved time, {time.perf_counter() - started:.0f} s of real time, seed {seed}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
