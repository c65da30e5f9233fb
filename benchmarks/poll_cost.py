"""What a poll of 1,000 new postings costs against 10 thousand, 100 thousand and a million stored ones, in the real store.

    python benchmarks/poll_cost.py [--sizes 10000 100000 1000000] [--postings 1000]

Prints processor seconds of the whole poll (fetch, read, normalise, judge, keep), of the part that meets the store, and the
ratio to the smallest size. The floor in the same run is one known-id look-up for each posting by a plain query.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.cli.demo.site import Asked, Given, Site
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.poll.poll import poll
from alerts.poll.record import Recorder
from alerts.sandbox.reader import Reader
from alerts.store.database import connect

WORDS = (
    "Software",
    "Data",
    "Platform",
    "Sales",
    "Nurse",
    "Account",
    "Product",
    "Security",
    "Field",
    "Senior",
    "Lead",
    "Clinical",
)
ROLES = ("Engineer", "Analyst", "Manager", "Scientist", "Developer", "Designer", "Technician", "Assistant", "Specialist")
CITIES = ("Berlin, Germany", "Paris, France", "Toronto, ON", "Austin, TX", "London, UK", "Madrid, Spain")
CONFIG = """
[settings]
database = "a.db"
[network]
allow_private = ["127.0.0.1"]
pace = "0s"
[[sources]]
kind = "greenhouse"
board = "acme"
base_url = "SITE"
[[searches]]
name = "x"
title = ["platform engineer"]
[channels.c]
kind = "file"
path = "FOLDER/out.jsonl"
"""


def fill(path: Path, size: int) -> None:
    """A store with ``size`` postings of other sources, their keys as long and as many as real ones."""
    chance = random.Random(7)
    posting = json.dumps({"source": "s", "source_id": "1", "url": "https://example.org/1", "title": "Platform Engineer"})
    print_ = json.dumps(
        {"source": "s", "source_id": "1", "company": "acme", "title": "platform engineer", "address": "https://example.org/1"}
    )
    with closing(connect(path)) as store, store:
        store.execute("PRAGMA synchronous = OFF")
        store.execute("INSERT OR IGNORE INTO sources (key, name, kind, due, configured) VALUES ('s', 's', 'lever', '2026', 0)")
        start = store.execute("SELECT coalesce(max(id), 0) FROM jobs").fetchone()[0]
        numbers = range(start + 1, start + size + 1)
        store.executemany("INSERT INTO jobs (id, first_seen) VALUES (?, '2026-01-01')", ((n,) for n in numbers))
        store.executemany(
            "INSERT INTO postings (id, source, source_id, job, raw, posting, text, fingerprint, first_seen)"
            " VALUES (?, 's', ?, ?, 'r', ?, ?, ?, '2026-01-01')",
            ((n, f"id-{n}", n, posting, "x" * 600, print_) for n in numbers),
        )
        keys = ((f"{kind}:{chance.getrandbits(72):018x}", n) for n in numbers for kind in "iacct")
        store.executemany("INSERT OR IGNORE INTO blocks VALUES (?, ?)", keys)


def job(number: int, chance: random.Random) -> dict[str, object]:
    title = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.choice(ROLES)} {number}"
    text = " ".join(chance.choice(WORDS) + chance.choice(ROLES).lower() for _ in range(250))
    address = f"https://job-boards.greenhouse.io/acme/jobs/{number}"
    return {"id": number, "title": title, "location": {"name": chance.choice(CITIES)}, "absolute_url": address, "content": text}


def measure(folder: Path, size: int, postings: int) -> tuple[float, float, float]:
    """(processor seconds of the poll, of its transaction, of the floor) against ``size`` stored postings."""
    chance, jobs = random.Random(1), []

    def answer(_asked: Asked) -> Given:
        return Given(json.dumps({"jobs": jobs}).encode())

    with Site(answer) as site:
        path = folder / "config.toml"
        path.write_text(CONFIG.replace("SITE", site.url).replace("FOLDER", str(folder)), encoding="utf-8")
        plan, now = load(path, {}), datetime(2026, 11, 23, tzinfo=UTC)
        jobs = [job(1, chance)]
        with at_work(plan, now, Reader(inline=True)) as means:
            poll(plan.sources[0], means, now)
            spent = [0.0]
            real = Recorder.record

            def timed(*values):  # type: ignore[no-untyped-def]
                begun = time.process_time()
                try:
                    return real(*values)
                finally:
                    spent[0] += time.process_time() - begun

            Recorder.record = timed  # type: ignore[method-assign]
            jobs = [job(number, chance) for number in range(2, postings + 2)]
            begun = time.process_time()
            report = poll(plan.sources[0], means, now + timedelta(hours=1))
            whole = time.process_time() - begun
            Recorder.record = real  # type: ignore[method-assign]
        assert report.error is None, report.error
        assert report.recorded.new == postings, report.recorded
        with closing(sqlite3.connect(folder / "a.db")) as store:
            begun = time.process_time()
            for number in range(postings):
                store.execute("SELECT id FROM postings WHERE source = 's' AND source_id = ?", (f"id-{number}",)).fetchone()
            return whole, spent[0], time.process_time() - begun


def main() -> None:
    call = argparse.ArgumentParser(description=__doc__)
    call.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    call.add_argument("--postings", type=int, default=1000)
    args = call.parse_args()
    first: tuple[float, float, float] | None = None
    print(f"{'stored':>9}  {'poll s':>7}  {'store s':>8}  {'floor s':>8}  {'poll ×':>7}  {'store ×':>8}  {'RSS MB':>7}")
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder) / "a.db", size)
            measure(Path(folder), size, 20) if first is None else None
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder) / "a.db", size)
            found = measure(Path(folder), size, args.postings)
        first = first or found
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ratios = f"{found[0] / first[0]:7.2f}  {found[1] / first[1]:8.2f}"
        print(f"{size:>9}  {found[0]:7.2f}  {found[1]:8.2f}  {found[2]:8.4f}  {ratios}  {peak:7.0f}")


if __name__ == "__main__":
    main()
