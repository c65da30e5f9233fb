"""What a poll and a delivery cost on PostgreSQL beside SQLite: processor time of both sides, and statements.

python benchmarks/postgres.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from alerts.cli.demo.site import Asked, Given, Site
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.notify.deliver import deliver
from alerts.notify.means import Means
from alerts.poll.poll import poll
from alerts.sandbox.reader import Reader
from alerts.store.engines.postgres.ledger import PostgresLedger
from tests.postgres import MISSING, Postgres, programs

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
POSTINGS, UNCHANGED = 200, 100
CONFIG = """
[settings]
database = "{database}"
gather = "0s"
digest_above = 100000
ask_above = 100000
[network]
allow_private = ["127.0.0.1"]
pace = "0s"
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "{site}"
[[searches]]
name = "engineers"
title = ["engineer"]
[channels.out]
kind = "file"
path = "out.jsonl"
"""


def job(number: int) -> dict[str, object]:
    return {
        "id": number,
        "title": f"Engineer {number}",
        "location": {"name": "Berlin, Germany"},
        "content": f"<p>Work of its own, number {number}. " + "Plan and build. " * 100 + "</p>",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "first_published": "2026-11-20T10:00:00Z",
    }


class Side:
    """One engine under the whole story."""

    def __init__(self, name: str, database: str, folder: Path, server: Postgres | None, stack: ExitStack) -> None:
        self.name, self.server, self.jobs, self.now = name, server, [job(1)], START
        site = stack.enter_context(Site(self._answer))
        folder.mkdir()
        (folder / "config.toml").write_text(CONFIG.format(database=database, site=site.url))
        self.means: Means = stack.enter_context(at_work(load(folder / "config.toml", {}), START, Reader(inline=True)))

    def _answer(self, asked: Asked) -> Given:
        return Given(json.dumps({"jobs": self.jobs}).encode())

    def poll(self) -> None:
        (source,) = self.means.plan.sources
        self.now += timedelta(hours=1)
        self.means.store.sources.claim_due(self.now, timedelta(minutes=5), 1, [source.key])
        poll(source, self.means, self.now)

    def deliver(self) -> int:
        done = 0
        while deliver(self.means.plan.channels["out"], self.means, self.now):
            done += 1
        return done

    def measure(self, what: str, act: object, per: int) -> None:
        statements, server = self._statements(), self._server()
        ours, wall = time.process_time(), time.perf_counter()
        act()  # type: ignore[operator]
        ours, wall = time.process_time() - ours, time.perf_counter() - wall
        count = f"{(self._statements() - statements) / per:6.1f}"
        theirs = f"{(self._server() - server) * 1000 / per:6.2f}" if self.server else "     –"
        print(
            f"{self.name:10} {what:34} {ours * 1000 / per:7.2f} ms  {theirs} ms  {count} statements  {wall * 1000 / per:7.2f} ms"
        )

    def _statements(self) -> int:
        return COUNTS.get(self.name, 0)

    def _server(self) -> float:
        """Processor time of all processes of the server that are there."""
        if not self.server:
            return 0.0
        main = (self.server.folder / "data" / "postmaster.pid").read_text().split()[0]
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        ticks = 0
        for process in [main, *children]:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


COUNTS: dict[str, int] = {}


def count_statements(sides: list[Side]) -> None:
    """SQLite's own trace; psycopg is asked for nothing but by ``execute`` and ``executemany``."""
    import psycopg

    for side in sides:
        ledger = side.means.store.ledger
        COUNTS[side.name] = 0
        if not isinstance(ledger, PostgresLedger):
            ledger.connection.set_trace_callback(lambda _sql, name=side.name: COUNTS.__setitem__(name, COUNTS[name] + 1))
    name = sides[-1].name
    for one in ("execute", "executemany"):
        usual = getattr(psycopg.Cursor, one)

        def counted(self, *args, usual=usual, **more):
            COUNTS[name] += 1
            return usual(self, *args, **more)

        setattr(psycopg.Cursor, one, counted)


def main() -> None:
    found = programs()
    if found is None:
        sys.exit(MISSING)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        # As it would be in earnest: the disk is waited for.
        server = Postgres(found, "fsync=on", "full_page_writes=on", "autovacuum=off")
        stack.callback(server.close)
        file = Side("SQLite", "a.db", folder / "file", None, stack)
        served = Side("PostgreSQL", server.address(), folder / "server", server, stack)
        count_statements([file, served])
        print(f"{'':45} {'our CPU':>10}  {'server CPU':>9}  {'':17}  {'wall':>9}")
        for side in (file, served):
            side.poll()
        for side in (file, served):
            side.measure("unchanged poll", lambda side=side: [side.poll() for _ in range(UNCHANGED)], UNCHANGED)
            side.jobs = [job(number) for number in range(1, POSTINGS + 2)]
            side.measure("a new posting of a poll of 200", side.poll, POSTINGS)
            side.measure("an alert of a delivery of 200", side.deliver, POSTINGS)


if __name__ == "__main__":
    main()
