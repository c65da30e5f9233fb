"""The daemon under all faults together: ``python -m tests.drills.soak --minutes 60``; prints a tally, 1 when it is bad.

By chance and again and again: kill -9, a write lock, a reader that stays, a full disk, a hook that fails, a reload. (The clock
is moved in test_moved_clock.py.)
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

from alerts.cli.demo.site import Given
from tests.drills.house import BOARD, HOOK, MAIL, SEARCH, House, Running
from tests.drills.test_storage import HOLDER, full, other_program

#: A poll every second, and what an interval may be late by. A start of the program is not counted.
INTERVAL, SLACK = 1.0, 10.0


class Soak:
    """One house under faults, and what came of it."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance = house, random.Random(seed)
        self.faults: Counter[str] = Counter()
        self.latest = 0.0
        self.daemon = house.start()

    def fault(self) -> None:
        """One fault, from its beginning to its end; then a poll must come in time."""
        name = self.chance.choice(["kill", "lock", "reader", "full", "hook", "reload"])
        self.faults[name] += 1
        getattr(self, f"_{name}")()
        reads, began = self.house.reads, time.monotonic()
        self.daemon.until(lambda: self.house.reads > reads, 60)
        self.latest = max(self.latest, 0.0 if name == "kill" else time.monotonic() - began)

    def _kill(self) -> None:
        time.sleep(self.chance.uniform(0, 2))
        self.daemon.kill()
        self.daemon = self.house.start()

    def _lock(self) -> None:
        with other_program(self.house, HOLDER, "BEGIN IMMEDIATE"):
            time.sleep(self.chance.uniform(1, 15))

    def _reader(self) -> None:
        with other_program(self.house, HOLDER, "BEGIN"):
            time.sleep(self.chance.uniform(1, 15))

    def _full(self) -> None:
        full(self.daemon, room=False)
        time.sleep(self.chance.uniform(1, 8))
        full(self.daemon, room=True)

    def _hook(self) -> None:
        self.house.hook = lambda _asked: Given(status=503)
        time.sleep(self.chance.uniform(1, 4))
        self.house.hook = lambda _asked: None

    def _reload(self) -> None:
        import signal

        self.daemon.signal(signal.SIGHUP)


def soak(minutes: float, seed: int) -> bool:
    """Run it; True when nothing was lost, nothing came twice under another id, and every poll came in time."""
    with House(delay=0.05) as house:
        house.configure(BOARD + SEARCH + MAIL + HOOK)
        run = Soak(house, seed)
        run.daemon.until(lambda: house.reads > 1, 60)
        end, house.publish = time.monotonic() + minutes * 60, 1
        while time.monotonic() < end:
            run.fault()
        house.publish = 0
        _settle(run.daemon, house)
        run.daemon.kill()
    wanted = set(house.published[1:])
    bad = run.latest > INTERVAL + SLACK
    for name, arrived in (("mail", house.mailed), ("hook", house.hooked)):
        by_id = dict(arrived)
        told = Counter(number for numbers in by_id.values() for number in numbers)
        lost, other = len(wanted - set(told)), sum(times > 1 for times in told.values())
        print(f"{name}: {len(wanted)} jobs, {lost} lost, {other} under another id, {len(arrived) - len(by_id)} messages again")
        bad = bad or bool(lost or other)
    print(f"{minutes:g} minutes, seed {seed}, faults {dict(run.faults)}; latest poll {run.latest:.1f} s after a fault ended")
    return not bad


def _settle(daemon: Running, house: House) -> None:
    wanted = set(house.published[1:])
    for arrived in (house.mailed, house.hooked):
        daemon.until(lambda arrived=arrived: wanted <= {one for _, some in list(arrived) for one in some}, 900)
    time.sleep(3)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=1.0)
    words.add_argument("--seed", type=int, default=1)
    called = words.parse_args()
    sys.exit(0 if soak(called.minutes, called.seed) else 1)
