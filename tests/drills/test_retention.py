"""The daemon forgets what is closed for long, killed again and again while it does: the file shrinks, nothing is told again."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from alerts.daemon import retention
from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import EventKind
from alerts.model.posting import Posting
from alerts.store.lock_file import lock
from alerts.store.outbox import QueuedAlert
from alerts.store.store import Store
from tests.drills.house import BOARD, FRAME, HOOK, MAIL, SEARCH, House

KEEP = FRAME.replace('every="1s"', 'every="1s"\nkeep="30d"')
TEXT = "A long text about the work on its own, with tasks and tools. " * 100
OLD = range(5001, 6501)
#: Closed postings that are not yet tombstones; pages that hold nothing; all pages.
LEFT = "SELECT count(*) FROM postings WHERE closed IS NOT NULL AND raw != 'gone'"
FREE, PAGES = "PRAGMA freelist_count", "PRAGMA page_count"


@pytest.mark.parametrize(("kills", "seed"), [(2, 5), pytest.param(12, 3, marks=pytest.mark.drill)])
@pytest.mark.timeout(300)
def test_killed_while_it_forgets_it_loses_nothing_and_tells_nothing_again(kills, seed):
    chance = random.Random(seed)
    with House() as house:
        house.configure(BOARD + SEARCH + MAIL + HOOK, KEEP)
        assert house.call("poll", "--all").returncode == 0
        _fill(house)
        full = _size(house)
        for _ in range(kills):
            with house.start() as daemon:
                daemon.ready()
                # From the first batch to the last step of giving back.
                time.sleep(chance.uniform(0, 0.6))
                daemon.kill()
            assert house.integrity() == "ok"
        house.published += [5001, 6000, 6500]  # two of them were told long ago, all are tombstones
        house.published.append(7001)
        with house.start() as daemon:
            daemon.until(lambda: not _count(house, LEFT) and house.hooked and house.mailed, 120)
            reads = house.reads
            daemon.until(lambda: house.reads > reads + 1)
            daemon.signal(signal.SIGTERM)
            assert daemon.ended() == 0
        _give_back(house)
        after = _size(house)
        assert house.integrity() == "ok"
    print(f"killed {kills} times: {full / 2**20:.1f} MB full, {after / 2**20:.1f} MB after")
    assert after < full / 2
    for arrived in (house.hooked, house.mailed):
        assert [number for _, numbers in arrived for number in numbers] == [7001], "nothing is told again"


def _fill(house: House) -> None:
    """Jobs that were closed years ago, told on both channels."""
    now = datetime.now(UTC) - timedelta(days=3 * 365)
    # The poll before has done what there was to do today.
    with lock(house.folder / "a.db"), Store(house.folder / "a.db", keeper=True) as store, store.transaction():
        store.keep_fact(retention.FACT, "", now)
        source = store.sources.states()[0].key
        for number in OLD:
            url = f"https://job-boards.greenhouse.io/acme/jobs/{number}"
            one = Posting(source, str(number), url, f"Engineer {number}", "Acme", "acme", text=f"{number}. {TEXT}")
            print_ = fingerprint(one, with_text=True)
            job = store.postings.new_job(now, baseline=False)
            row = store.postings.add(one, print_, blocks(print_), "raw", now, job=job)
            store.events.add(job, EventKind.NEW, now, row)
            for channel in ("mail", "hook"):
                name = f"{channel}{number}"
                store.outbox.enqueue(QueuedAlert(name, channel, job, EventKind.NEW, "new", "engineers", now, now))
                store.outbox.batch(f"d{name}", channel, [name], now, {})
                store.outbox.mark_sent(f"d{name}", now)
            store.postings.keep_presence(row, 3, now, now)


def _give_back(house: House) -> None:
    """What the daemon does a minute after the other, each by a start of its own, until there is nothing to give back."""
    while (free := _count(house, FREE)) > _count(house, PAGES) // 16 + 1:
        with house.start() as daemon:
            daemon.until(lambda free=free: _count(house, FREE) < free)
            daemon.signal(signal.SIGTERM)
            assert daemon.ended() == 0


def _size(house: House) -> int:
    return (house.folder / "a.db").stat().st_size


def _count(house: House, sql: str) -> int:
    with closing(sqlite3.connect(f"file:{house.folder / 'a.db'}?mode=ro", uri=True)) as connection:
        return int(connection.execute(sql).fetchone()[0])
