"""What a board of near-identical postings costs to judge: ``python benchmarks/near_identical.py [--sizes 2000,5000,20000]``.

One title, one text with another number in it, five cities: all of one board, then the same on a second one. Printed: seconds
of processor time for keys, choosing candidates and judging, pairs judged, and the jobs they became. Linear means that the
seconds for each thousand stay the same.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.nearby import Nearby
from alerts.model.identity import Fingerprint
from alerts.model.posting import Place, Posting

DAY = datetime(2026, 11, 20, tzinfo=UTC)
CITIES = ("Leeds", "York", "Hull", "Bath", "Derby")
TEXT = "You run one of our shops, plan the week with the crew, order what sells and keep the books of the shop. " * 3


def prints(count: int, source: str) -> list[Fingerprint]:
    return [
        fingerprint(
            Posting(
                source=source,
                source_id=str(number),
                url=f"https://{source}.example/jobs/{number}",
                title="Store Manager, Nights",
                company="Acme",
                places=(Place("", CITIES[number % 5], None, "GB"),),
                posted=DAY,
                text=f"{TEXT} Shop {number}.",
            ),
            with_text=True,
        )
        for number in range(count)
    ]


def judge_all(rows: list[Fingerprint]) -> tuple[int, int]:
    """Pairs judged, and jobs."""
    near, judged, jobs = Nearby(), 0, set()
    for number, one in enumerate(rows):
        keys = blocks(one)
        rivals = near.of(one, keys)
        judged += len(rivals)
        job = assign(one, [(str(job), other) for job, other in rivals]).job or str(number)
        near.add(int(job), one, keys)
        jobs.add(job)
    return judged, len(jobs)


def main(sizes: list[int]) -> None:
    print("   rows  boards  seconds  s a thousand    pairs    jobs")
    for size in sizes:
        for boards in (1, 2):
            rows = [row for board in range(boards) for row in prints(size // boards, f"board{board}")]
            started = time.process_time()
            judged, jobs = judge_all(rows)
            seconds = time.process_time() - started
            print(
                f"{len(rows):>7,} {boards:>7} {seconds:8.2f} {seconds / len(rows) * 1000:13.3f} {judged:>8,} {jobs:>7,}",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="2000,5000,20000")
    main([int(size) for size in parser.parse_args().sizes.split(",")])
