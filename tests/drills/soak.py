"""The daemon under all faults together: ``python -m tests.drills.soak --minutes 60``; prints a tally, 1 when it is bad.

Again and again one to three of these, together and by chance: kill -9, a write lock, a reader that stays, a full disk, a hook
and an inbox that refuse, a moved clock, a lost network, a reload.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from tests.drills import preloads
from tests.drills.house import BOARD, HOOK, MAIL, SEARCH, UNBRAKED, House
from tests.drills.soak_faults import Faults, memory, wait

#: A poll every second, and what an interval may be late by. A start of the program is told apart.
INTERVAL, SLACK = 1.0, 10.0
QUIET = [f"quiet{number}" for number in range(5)]


class Soak:
    """One house under faults, and what came of it."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance = house, random.Random(seed)
        self.faults = Faults(house, self.chance)
        self.counted: Counter[str] = Counter()
        self.latest = self.latest_start = 0.0
        #: Everything that was later than it may be, with the faults before it and the load of the machine.
        self.late: list[str] = []

    def round(self) -> None:
        """Some faults, from their beginning to their end; then every source must be read in time."""
        names = self.chance.sample(sorted(self.faults.ways), self.chance.choice([1, 1, 2, 3]))
        self.counted.update(names)
        with ExitStack() as stack:
            for name in names:
                stack.enter_context(self.faults.under_way(name))
                wait(self.chance, 6)
            wait(self.chance, 9)
        if self.faults.daemon.process.poll() == 1 and {"kill", "full disk"} <= set(names):
            # No room at the start: it ends, and systemd starts it again.
            self.counted["start without room"] += 1
            print(f"ended at its start: {self.faults.daemon.log()[-500:]}", flush=True)
            self.faults.daemon = self.house.start()
        began = time.monotonic()
        self.all_read()
        took = time.monotonic() - began
        if "kill" in names:
            self.latest_start = max(self.latest_start, took)
            return
        self.latest = max(self.latest, took)
        if took > INTERVAL + SLACK:
            self.late.append(f"{took:.1f} s after {' + '.join(names)}, load {os.getloadavg()[0]:.1f}")
            print(f"late: {self.late[-1]}\n{self.faults.daemon.log()[-3000:]}", flush=True)

    def all_read(self) -> None:
        """Wait until each source was read once more."""
        house, reads, quiet = self.house, self.house.reads, self.house.quiet.copy()
        self.faults.daemon.until(lambda: house.reads > reads and all(house.quiet[one] > quiet[one] for one in QUIET), 120)

    def settle(self) -> None:
        """Wait until everything was told; then a little longer, for what comes twice."""
        wanted = set(self.house.published[1:])
        for arrived in (self.house.mailed, self.house.hooked):
            self.faults.daemon.until(lambda arrived=arrived: wanted <= told(arrived).keys(), 900)
        time.sleep(3)


def told(arrived: list[tuple[str, list[int]]]) -> Counter[int]:
    """How often each job was told; the same message again counts once."""
    return Counter(number for numbers in dict(list(arrived)).values() for number in numbers)


def soak(minutes: float, seed: int) -> bool:
    """Run it; True when nothing was lost, nothing came twice under another id, and every poll came in time."""
    with House(delay=0.05) as house, tempfile.TemporaryDirectory(prefix="preload") as made:
        quiet = "".join(BOARD.replace("acme", name).replace("Acme", name) for name in QUIET)
        house.configure(BOARD + quiet + SEARCH + MAIL + HOOK, UNBRAKED)
        house.lists, house.pipe = 200, True
        house.extra = preloads.environment(house, *(preloads.build(name, Path(made)) for name in ("moved_clock", "lost_network")))
        preloads.move(house, 0)
        run = Soak(house, seed)
        try:
            _rounds(run, minutes)
        finally:
            run.faults.daemon.kill()
            good = _tally(run)
            print(f"{minutes:g} minutes, seed {seed}; load of the machine {os.getloadavg()[0]:.1f}", flush=True)
    return good


def _rounds(run: Soak, minutes: float) -> None:
    house = run.house
    run.all_read()
    run.all_read()  # what is there from the start is written down before the first fault
    end, said, house.publish = time.monotonic() + minutes * 60, time.monotonic(), 1
    while time.monotonic() < end:
        run.round()
        if time.monotonic() - said > 60:
            said = time.monotonic()
            print(
                f"{(end - said) / 60:.0f} minutes to go: {len(house.published)} jobs, {memory(run.faults.daemon)} MB", flush=True
            )
    house.publish = 0
    run.settle()


def _tally(run: Soak) -> bool:
    """Print what came of it; is it good?"""
    house, wanted, good = run.house, set(run.house.published[1:]), not run.late
    for name, arrived in (("mail", house.mailed), ("hook", house.hooked)):
        times = told(arrived)
        lost, other = wanted - set(times), [number for number, often in times.items() if often > 1]
        again = len(arrived) - len(dict(arrived))
        print(f"{name}: {len(wanted)} jobs, {len(lost)} lost, {len(other)} under another id, {again} messages again")
        good = good and not lost and not other
        for what, numbers in (("lost", lost), ("under another id", other)):
            if numbers:
                print(f"  {what}: {sorted(numbers)[:20]}")
    print(f"faults: {dict(run.counted)}")
    print(f"latest poll {run.latest:.1f} s after the faults ended; after a start {run.latest_start:.1f} s")
    print("".join(f"  late: {one}\n" for one in run.late), end="")
    return good


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=1.0)
    words.add_argument("--seed", type=int, default=1)
    called = words.parse_args()
    print(f"seed {called.seed}", flush=True)
    sys.exit(0 if soak(called.minutes, called.seed) else 1)
