"""How large the file grows: a simulated time of boards on which jobs open and close, with and without ``settings.keep``.

    python benchmarks/growth.py [years] [boards] [keep in days]

50 boards of 60 open jobs each, each open for 45 days, texts of 4 KB, one job in twenty told. Rows are written as a poll
writes them; time is moved, not waited for.
"""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Pay, Place, Posting
from alerts.store.outbox import QueuedAlert
from alerts.store.retention import forget
from alerts.store.store import Store
from alerts.store.vacuum import give_back

START = datetime(2026, 1, 1, tzinfo=UTC)
OPEN, LIFE, TEXT, TOLD = 60, 45, 4_000, 0.05
STEMS = ("work", "lead", "plan", "team", "build", "care", "sell", "data", "road", "ship")
WORDS = [f"{stem}{end}" for stem in STEMS for end in ("", "ing", "er", "s")]


def main() -> int:
    given = [int(word) for word in sys.argv[1:4]]
    years, boards, keep = [*given, *(1, 50, 731)[len(given) :]]
    for limit in (None, timedelta(days=keep)):
        with tempfile.TemporaryDirectory() as folder:
            print(f"{boards} boards, keep = {'for ever' if limit is None else f'{keep}d'}")
            _run(Path(folder) / "a.db", years, boards, limit)
    return 0


def _run(path: Path, years: int, boards: int, keep: timedelta | None) -> None:
    chance, number, living = random.Random(1), 0, []
    with Store(path) as store:
        store.sources.configure([Source(f"s{one}", f"S{one}", "lever", Options()) for one in range(boards)], START)
        for day in range(365 * years):
            now = START + timedelta(days=day)
            with store.transaction():
                while living and living[0][0] <= now:
                    _, row = living.pop(0)
                    store.postings.keep_presence(row, 3, now, now)
                fresh = boards * OPEN if day == 0 else round(boards * OPEN / LIFE)
                for _ in range(fresh):
                    number += 1
                    life = chance.randrange(1, LIFE + 1) if day == 0 else LIFE
                    living.append((now + timedelta(days=life), _add(store, number, boards, chance, now)))
            living.sort()
            if keep:
                forget(store.ledger, now - keep, now - 2 * keep)
                while give_back(store.ledger):
                    pass
            store.ledger.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            if (day + 1) % 365 == 0:
                print(f"  after {(day + 1) // 365} years: {number:,} postings, {path.stat().st_size / 2**20:,.0f} MB")


def _add(store: Store, number: int, boards: int, chance: random.Random, now: datetime) -> int:
    text = " ".join(chance.choices(WORDS, k=TEXT // 7))
    source = f"s{number % boards}"
    one = Posting(
        source,
        str(number),
        f"https://jobs.example.org/{source}/{number}",
        " ".join(chance.choices(WORDS, k=4)).title(),
        f"Company {source}",
        f"company {source}",
        places=(Place("Berlin, Germany", "Berlin", None, "DE"),),
        pay=Pay(60_000, 80_000, "EUR", "year"),
        text=text,
    )
    print_ = fingerprint(one, with_text=True)
    job = store.postings.new_job(now, baseline=False)
    row = store.postings.add(one, print_, blocks(print_), "0" * 24, now, job=job)
    store.events.add(job, EventKind.NEW, now, row)
    if chance.random() < TOLD:
        store.outbox.enqueue(QueuedAlert(f"a{number}", "mail", job, EventKind.NEW, "new", "s", now, now))
        store.outbox.batch(f"d{number}", "mail", [f"a{number}"], now, {})
        store.outbox.mark_sent(f"d{number}", now)
    return row


if __name__ == "__main__":
    sys.exit(main())
