"""A week of 200 sources and 5 % faults in minutes: ``python -m tests.drills.week``; prints what it takes, 1 when that grows.

The real daemon under a clock that is moved on by an interval (``--every``) as soon as everybody was asked. Memory,
handles, threads and the file are measured four times a day; their slope is that of all but the first day. The database lies in
memory where it can, so that a week waits for no disk.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.drills.house import FRAME, HOOK, MAIL, SEARCH, House, Running
from tests.drills.town import SOURCES, Town

DAY = 86_400
#: What a day may add at most, once the first is over.
MOST = {"memory MB": 1.5, "child MB": 1.5, "handles": 0.5, "threads": 0.5}
KEPT = FRAME.replace('every="1s"', 'every="EVERY"\nkeep="1d"').replace('["127.0.0.1"]', '["127.0.0.0/8"]')


def week(minutes: float, every: int, seed: int) -> bool:
    """Run it, each source read every so many seconds; True when nothing was lost or told twice and nothing grows."""
    with House() as house, Town(seed) as town:
        house.configure(town.tables + SEARCH + MAIL + HOOK, KEPT.replace("EVERY", f"{every}s"))
        house.extra = {"LD_PRELOAD": _clock(house.folder), "MOVED_CLOCK": str(house.folder / "offset")}
        _move(house, 0)
        samples: list[dict[str, float]] = []
        began, end = time.monotonic(), time.monotonic() + minutes * 60
        with house.start() as daemon:
            daemon.until(lambda: town.is_quiet(SOURCES), 300)
            town.faulty, done = True, 0
            while done < 7 * DAY and time.monotonic() < end:
                done += every
                _round(daemon, house, town, done)
                if done % (DAY // 4) < every:
                    samples.append(_measure(daemon, house) | {"days": done / DAY})
                    print(_line(samples[-1]), flush=True)
            town.faulty = False
            missing = _settle(daemon, house, town, range(done + every, done + 2 * DAY, every))
            daemon.signal(signal.SIGTERM)
            stopped = daemon.ended(30)
        sound = house.integrity() == "ok" and stopped == 0
    took = (time.monotonic() - began) / 60
    print(f"{done / DAY:.1f} days of {SOURCES} sources in {took:.1f} minutes: {town.reads} answers, wrong: {dict(town.faults)}")
    twice = {name: _twice(arrived) for name, arrived in (("mail", house.mailed), ("hook", house.hooked))}
    print(f"{len(town.fresh)} jobs published; not told {missing}, told twice {twice}; sound and stopped in good order: {sound}")
    return _flat(samples) and sound and not any(missing.values()) and not any(twice.values())


def _round(daemon: Running, house: House, town: Town, seconds: int) -> None:
    """The clock is moved; everybody but those in trouble is asked, who answered wrongly before waits longer."""
    town.begin_round()
    _move(house, seconds)
    end = time.monotonic() + 30
    daemon.until(lambda: town.is_quiet(int(SOURCES * 0.8)) or time.monotonic() > end, 60)


def _settle(daemon: Running, house: House, town: Town, moments: range) -> dict[str, int]:
    """Without faults, until all is told; how much is not."""
    arrived = {"mail": house.mailed, "hook": house.hooked}

    def missing() -> dict[str, int]:
        return {name: len(set(town.fresh) - _numbers(some)) for name, some in arrived.items()}

    for moment in moments:
        if not any(missing().values()):
            break
        _round(daemon, house, town, moment)
    return missing()


def _measure(daemon: Running, house: House) -> dict[str, float]:
    number = daemon.process.pid
    # Of whichever thread.
    children = [one for file in Path(f"/proc/{number}/task").glob("*/children") for one in file.read_text("ascii").split()]
    return {
        "memory MB": _resident(number),
        "child MB": sum(_resident(int(child)) for child in children),
        "handles": len(list(Path(f"/proc/{number}/fd").iterdir())),
        "threads": len(list(Path(f"/proc/{number}/task").iterdir())),
        "file MB": (house.folder / "a.db").stat().st_size / 2**20,
    }


def _resident(number: int) -> float:
    text = Path(f"/proc/{number}/status").read_text("ascii")
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")), 0) / 1024


def _flat(samples: Sequence[dict[str, float]]) -> bool:
    """Print the slopes; do they stay below what is allowed?"""
    later = [one for one in samples if one["days"] > 1]
    if len(later) < 3:
        print("too short for slopes: it takes more than a day and a half of the week")
        return True
    slopes = {name: _slope([one["days"] for one in later], [one[name] for one in later]) for name in (*MOST, "file MB")}
    print("a day adds: " + ", ".join(f"{name} {slope:+.2f}" for name, slope in slopes.items()))
    return all(slopes[name] <= most for name, most in MOST.items())


def _slope(across: Sequence[float], up: Sequence[float]) -> float:
    """Least squares."""
    middle, height = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread


def _line(sample: dict[str, float]) -> str:
    return f"day {sample['days']:.2f}: " + ", ".join(f"{name} {value:.1f}" for name, value in sample.items() if name != "days")


def _numbers(arrived: Sequence[tuple[str, list[int]]]) -> set[int]:
    return {number for _, numbers in list(arrived) for number in numbers}


def _twice(arrived: Sequence[tuple[str, list[int]]]) -> int:
    told = Counter(number for _, numbers in arrived for number in numbers)
    return sum(times > 1 for times in told.values())


def _clock(folder: Path) -> str:
    made = folder / "moved_clock.so"
    source = Path(__file__).parent / "moved_clock.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(made), str(source)], check=True, timeout=60)
    return str(made)


def _move(house: House, seconds: int) -> None:
    fresh = house.folder / "offset.new"
    fresh.write_text(str(seconds), "ascii")
    fresh.replace(house.folder / "offset")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=30.0)
    words.add_argument("--every", type=int, default=1800, help="seconds between two readings of a source")
    words.add_argument("--seed", type=int, default=1)
    called = words.parse_args()
    tempfile.tempdir = "/dev/shm" if Path("/dev/shm").is_dir() else None
    sys.exit(0 if week(called.minutes, called.every, called.seed) else 1)
