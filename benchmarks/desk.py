"""What a page of the desk costs on a large store: python -m benchmarks.desk --jobs 200000."""

from __future__ import annotations

import argparse
import gzip
import random
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from alerts.dedupe.fingerprint import fingerprint
from alerts.desk.app import create_app
from alerts.desk.plan_file import watched
from alerts.desk.sessions import one_time_link
from alerts.model.posting import Pay, Place, Posting
from alerts.model.search import Answer, Reason
from alerts.store.store import Store

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ORIGIN = "http://127.0.0.1:8484"
CITIES = [("Toronto", "CA"), ("Berlin", "DE"), ("Paris", "FR"), ("Austin", "US"), ("Oslo", "NO"), ("Leeds", "GB")]
TEXT = "We build things that people use. " * 90


def fill(folder: Path, jobs: int, wanted: int) -> None:
    """A store of so many jobs, of which a search wants so many."""
    (folder / "config.toml").write_text(
        '[settings]\ndatabase = "a.db"\ncurrency = "EUR"\n[[searches]]\nname = "all"\ntitle = ["engineer"]\nsalary = "80k EUR"\n'
    )
    random.seed(1)
    with Store(folder / "a.db") as store:
        for number in range(40):
            store.ledger.insert("sources", {"key": f"s{number}", "name": f"Source {number}", "kind": "rss", "due": "2027-01-01"})
        for start in range(0, jobs, 5000):
            with store.transaction():
                for number in range(start, min(jobs, start + 5000)):
                    _add(store, number, want=number >= jobs - wanted, at=NOW - timedelta(minutes=jobs - number))


def _add(store: Store, number: int, *, want: bool, at: datetime) -> None:
    city, country = random.choice(CITIES)
    low = random.randrange(50, 200) * 1000.0
    posting = Posting(
        source=f"s{number % 40}",
        source_id=str(number),
        url=f"https://jobs.example/{number}",
        title=f"Platform Engineer {number}",
        company=f"Company {number % 900}",
        company_key=f"company {number % 900}",
        places=(Place(city, city=city, country=country),),
        work=(random.choice(["remote", "hybrid", "onsite"]),),
        employment=("full-time",),
        level=random.choice(["senior", "mid", "manager", None]),
        category=random.choice(["engineering", "data", "product"]),
        industry=random.choice(["software", "health", "finance"]),
        pay=Pay(low, low * 1.2, random.choice(["EUR", "USD", "CAD"]), "year") if number % 3 else None,
        text=TEXT,
    )
    job = store.postings.new_job(at, baseline=False)
    store.postings.add(posting, fingerprint(replace(posting, text="")), [], "raw", at, job=job)
    if want:
        store.searches.keep_match("all", job, at, [Reason("title", "engineer", Answer.YES, "Engineer", "title")], number % 7)


def cost(browser: TestClient, path: str, times: int = 20) -> tuple[float, float, int, int]:
    """CPU and wall milliseconds of the median, bytes raw and gzipped."""
    found = []
    for _ in range(times):
        cpu, wall = time.process_time(), time.perf_counter()
        answer = browser.get(path)
        found.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
        assert answer.status_code == 200, answer.text[:500]
    cpus, walls = zip(*found, strict=True)
    return sorted(cpus)[times // 2], sorted(walls)[times // 2], len(answer.content), len(gzip.compress(answer.content, 6))


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--wanted", type=int, default=20_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.process_time()
        fill(folder, args.jobs, args.wanted)
        print(f"{args.jobs:,} jobs, {args.wanted:,} wanted: filled in {time.process_time() - begun:.0f} s of CPU")
        with Store(folder / "a.db") as store:
            once = one_time_link(store, "", NOW)
            code = store.inbox.newest(most=1)[0].job
        browser = TestClient(create_app(watched(folder / "config.toml"), origins=[ORIGIN], now=lambda: NOW), base_url=ORIGIN)
        browser.post("/login", data={"once": once}, headers={"origin": ORIGIN})
        from alerts.store.short import short

        pages = ["/inbox", "/inbox?work=remote&place=DE&pay=80k-EUR", "/inbox?order=best", "/inbox.json", f"/jobs/{short(code)}"]
        for path in [*pages, "/settings"]:
            cpu, wall, raw, small = cost(browser, path)
            print(f"{path:45} {cpu:6.1f} ms CPU  {wall:6.1f} ms  {raw / 1024:6.1f} KB  {small / 1024:5.1f} KB gzipped")


if __name__ == "__main__":
    main()
