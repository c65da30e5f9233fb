"""Recorded boards replayed in order through the whole house: what was told, told twice, missed and joined.

    python benchmarks/series.py FOLDER [how many examples]

FOLDER holds ``samples/greenhouse-series``, ``samples/lever-series`` and ``replay`` (``*.jsonl.gz``, one change a line).
Ends with 1 when anything was told twice or missed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.story.replay import EVENTS, Tally, found, run_alone

HEADS = ("steps", "polls", "appeared", *EVENTS, "twice", "missed", "old told", "joined old", "joined told", "errors")


def row(tally: Tally) -> list[int]:
    judged = (tally.twice, tally.missed, tally.old, tally.joined_old, tally.joined_told, tally.errors)
    return [tally.steps, tally.polls, tally.appeared, *(tally.told[event] for event in EVENTS), *map(len, judged)]


def examples(tally: Tally, count: int) -> None:
    lists = {**tally.lines, "told twice": tally.twice, "missed": tally.missed, "old but told": tally.old}
    lists |= {"joined an old job": tally.joined_old, "joined a told job": tally.joined_told, "errors": tally.errors}
    for name, lines in lists.items():
        for line in lines[:: max(1, len(lines) // count)][:count]:
            print(f"  {name:<18}{line[:400]}")


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    tallies = {name: run_alone(*series) for name, series in found(folder).items()}
    print(" | ".join(["series", *HEADS]))
    for name, tally in tallies.items():
        print(" | ".join([name, *map(str, row(tally))]))
    for name, tally in tallies.items():
        print(f"\n{name}")
        examples(tally, count)
    return 1 if any(tally.twice or tally.missed for tally in tallies.values()) or not tallies else 0


if __name__ == "__main__":
    sys.exit(main())
