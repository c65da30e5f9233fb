"""What a board of near-identical postings costs: ``python benchmarks/near_identical.py [--sizes 2000,5000,20000] [--poll]``.

One title, one text with another number in it, five cities: all of one board, then the same on a second one. Printed: seconds
of processor time for keys, choosing candidates and judging, pairs judged, and the jobs they became. Linear means that the
seconds for each thousand stay the same. ``--poll``: one whole poll of such a board, from the page to the alerts owed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.nearby import Nearby
from alerts.model.identity import Fingerprint
from alerts.model.posting import Place, Posting
from tests.story.conftest import Stage

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


CONFIG = """
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"
[[searches]]
name = "managers"
title = ["manager"]
[channels.out]
kind = "file"
path = "out.jsonl"
"""


def listed(number: int) -> dict[str, object]:
    return {
        "id": number,
        "title": "Store Manager, Nights",
        "location": {"name": f"{CITIES[number % 5]}, United Kingdom"},
        "company_name": "Acme",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": f"<p>{TEXT} Shop {number}.</p>",
        "first_published": "2026-11-20T10:00:00-05:00",
    }


def poll_all(sizes: list[int]) -> None:
    print("   rows  seconds  s a thousand     jobs  alerts owed")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            stage = Stage(Path(folder), stack)
            stage.pages["/v1/boards/acme/jobs"] = {"jobs": [listed(0)]}
            stage.configure(CONFIG)
            stage.poll()
            stage.wait()
            stage.pages["/v1/boards/acme/jobs"] = {"jobs": [listed(number) for number in range(size + 1)]}
            started = time.process_time()
            (report,) = stage.poll()
            seconds = time.process_time() - started
            jobs = stage.means.store.postings.count()[0]
            print(f"{size:>7,} {seconds:8.2f} {seconds / size * 1000:13.3f} {jobs:>8,} {report.recorded.told:>12,}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="2000,5000,20000")
    parser.add_argument("--poll", action="store_true", help="a whole poll, not the judging alone")
    args = parser.parse_args()
    (poll_all if args.poll else main)([int(size) for size in args.sizes.split(",")])
