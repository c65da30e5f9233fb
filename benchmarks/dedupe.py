"""What identity costs as the store grows: ``python benchmarks/dedupe.py [--sizes 10000,100000,1000000] [--polled 1000]``.

A poll of 1,000 postings (half of them twins of stored ones, on another board) is judged against stores of growing size:
keys made, looked up in a plain SQLite index in batches, the fingerprints found read back, and each posting given its job.
Printed: microseconds of processor time a posting for each step, the poll against the smallest store's, memory. Then the
signatures of texts, beside MinHash LSH from datasketch on the same texts where that is installed (the program does not need it).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import Process
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.signature import signature, similarity
from alerts.model.identity import Fingerprint
from alerts.model.posting import Place, Posting

WORK = [
    "Data",
    "Software",
    "Backend",
    "Frontend",
    "Firmware",
    "Mechanical",
    "Electrical",
    "Process",
    "Network",
    "Security",
    "Platform",
    "Quality",
    "Civil",
    "Test",
]
ROLE = ["Engineer", "Developer", "Analyst", "Manager", "Technician", "Architect", "Scientist", "Designer", "Intern"]
TEAM = [
    "Billing",
    "Search",
    "Growth",
    "Payments",
    "Storage",
    "Maps",
    "Ads",
    "Logistics",
    "Pumps",
    "Bridges",
    "Turbines",
    "Audio",
    "Video",
    "Claims",
    "Tax",
    "Fraud",
    "Health",
]
RANK = ["", "Senior ", "Staff ", "Junior ", "Principal "]
CITY = [
    ("Leeds", "GB"),
    ("Oslo", "NO"),
    ("Boston", "US"),
    ("Austin", "US"),
    ("Berlin", "DE"),
    ("Madrid", "ES"),
    ("Pune", "IN"),
    ("Lyon", "FR"),
]
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def postings(count: int, seed: int, source: str) -> Iterator[Posting]:
    """Made-up postings, about twenty for each employer."""
    chance = random.Random(seed)
    for number in range(count):
        company = f"Employer{number // 20} Works"
        city, country = chance.choice(CITY)
        title = f"{chance.choice(RANK)}{chance.choice(WORK)} {chance.choice(ROLE)}, {chance.choice(TEAM)} {chance.choice(TEAM)}"
        yield Posting(
            source=source,
            source_id=f"{source}{number}",
            url=f"https://boards.greenhouse.io/e{number // 20}/jobs/{7_000_000 + number}",
            title=title,
            company=company,
            places=(Place(city, city, None, country),),
            posted=DAY + timedelta(days=chance.randrange(90)),
        )


def twins(count: int, size: int) -> list[Posting]:
    """The poll: every other posting is a stored one as another board shows it, the rest are new."""
    stored = [posting for number, posting in zip(range(count), postings(size, 1, "a"), strict=False) if number % 2 == 0]
    if not stored:
        raise SystemExit("dedupe.py: nothing to poll; give --polled and --sizes above 1")
    out: list[Posting] = []
    for number, posting in enumerate(stored):
        out += [posting, replace(next(postings(1, 1000 + number, "new")), company=f"Newcomer{number} Works")]
    return [replace(p, source="b", source_id=f"b{n}", url=f"https://b.example/{n}") for n, p in enumerate(out)]


def store(path: Path, size: int) -> None:
    """The stored fingerprints, and their keys in one index."""
    base = sqlite3.connect(path)
    base.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
        "CREATE TABLE print (id INTEGER PRIMARY KEY, job TEXT, said TEXT);"
        "CREATE TABLE block (key TEXT, print INTEGER, PRIMARY KEY (key, print)) WITHOUT ROWID;"
    )
    prints: list[tuple[int, str, str]] = []
    keys: list[tuple[str, int]] = []

    def flush() -> None:
        base.executemany("INSERT INTO print VALUES (?, ?, ?)", prints)
        base.executemany("INSERT INTO block VALUES (?, ?)", sorted(keys))
        prints.clear()
        keys.clear()

    for number, posting in enumerate(postings(size, 1, "a")):
        made = fingerprint(posting)
        keys.extend((key, number) for key in blocks(made))
        prints.append((number, f"job{number}", json.dumps(astuple(made), default=str)))
        if len(prints) >= 100_000:
            flush()
    flush()
    base.commit()
    base.close()


def poll(base: sqlite3.Connection, polled: list[Posting]) -> dict[str, float]:
    """Seconds for each step of one poll, and how many were joined."""
    started = time.process_time()
    made = [fingerprint(posting) for posting in polled]
    keys = [blocks(one) for one in made]
    keyed = time.process_time()
    wanted = sorted({key for each in keys for key in each})
    found: dict[str, list[int]] = {}
    for key, number in base.execute(
        "SELECT key, print FROM block WHERE key IN (SELECT value FROM json_each(?))", [json.dumps(wanted)]
    ):
        found.setdefault(key, []).append(number)
    numbers = sorted({number for each in found.values() for number in each})
    query = "SELECT id, job, said FROM print WHERE id IN (SELECT value FROM json_each(?))"
    stored = {number: (job, said(text)) for number, job, text in base.execute(query, [json.dumps(numbers)])}
    looked = time.process_time()
    joined = candidates = 0
    for one, each in zip(made, keys, strict=True):
        near = sorted({number for key in each for number in found.get(key, ())})
        candidates += len(near)
        joined += assign(one, [stored[number] for number in near]).job is not None
    done = time.process_time()
    return {
        "keys": keyed - started,
        "look-up": looked - keyed,
        "judge": done - looked,
        "all": done - started,
        "joined": joined,
        "near": candidates,
    }


def said(text: str) -> Fingerprint:
    row = json.loads(text)
    row[2], row[8] = tuple(row[2]), tuple(tuple(spot) for spot in row[8])
    row[11] = datetime.fromisoformat(row[11]) if row[11] else None
    return Fingerprint(*row[:12])


def cost(sizes: list[int], count: int) -> None:
    first = 0.0
    print(f"poll of {count} postings:   stored   keys  look-up  judge    all µs/posting   ratio   near   joined   RSS MB")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            # Another process fills it, so that its memory does not slow this one, which stands for a running daemon.
            filling = Process(target=store, args=(Path(folder) / "store.db", size))
            filling.start()
            filling.join()
            base = sqlite3.connect(Path(folder) / "store.db")
            polled = twins(count, size)
            poll(base, polled)
            runs = [poll(base, polled) for _ in range(5)]
            best = min(runs, key=lambda run: run["all"])
            first = first or best["all"]
            each = [f"{best[step] / len(polled) * 1e6:7.0f}" for step in ("keys", "look-up", "judge", "all")]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{size:>30,} {' '.join(each)} {best['all'] / first:18.2f}"
                f" {best['near'] / len(polled):6.1f} {best['joined']:8.0f} {memory:8}"
            )
            base.close()


def texts(count: int) -> list[str]:
    """Texts of about 3 KB; every tenth is an edited copy of the one before."""
    chance = random.Random(3)
    vocabulary = [f"{a}{b}" for a in ("pump", "valve", "team", "plan", "draw", "test", "repair", "lead") for b in range(300)]
    out: list[str] = []
    for number in range(count):
        words = [chance.choice(vocabulary) for _ in range(440)] if number % 10 else (out[-1].split() if out else ["first"] * 440)
        if not number % 10:
            words = [word if chance.random() > 0.03 else "edited" for word in words]
        out.append(" ".join(words))
    return out


def likeness(count: int) -> None:
    made = texts(count)
    runs = []
    for _ in range(3):
        started = time.process_time()
        signatures = [signature(text) for text in made]
        runs.append((time.process_time() - started) / count * 1e6)
    found = sum((similarity(signatures[n - 1], signatures[n]) or 0) >= 0.5 for n in range(10, count, 10))
    size = sum(map(len, made)) // count
    print(
        f"\nsignatures of {count} texts of {size} characters: {min(runs):.0f} µs, 256 bytes each;"
        f" twins found {found}/{count // 10 - 1}"
    )
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        print("datasketch is not installed: no comparison")
        return
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    hits = 0
    for number, text in enumerate(made):
        words = text.split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(run).encode() for run in zip(words, words[1:], words[2:], strict=False)])
        hits += bool(index.query(sketch)) and number % 10 == 0
        index.insert(number, sketch)
    theirs = (time.process_time() - started) / count * 1e6
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"datasketch MinHashLSH, 128 permutations: {theirs:.0f} µs, {theirs / min(runs):.1f} times ours;"
        f" {grown:.0f} MB more for {count}; twins {hits}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--polled", type=int, default=1000)
    parser.add_argument("--texts", type=int, default=2000)
    given = parser.parse_args()
    if given.sizes:
        cost([int(size) for size in given.sizes.split(",")], given.polled)
    likeness(given.texts)
