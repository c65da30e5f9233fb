"""Recorded boards served twice over to the real program under a moved clock, with faults of all kinds; what came, counted."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.cli.demo.site import Asked, Given, Site
from alerts.cli.main import main
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.dedupe.presence import is_over
from alerts.model.posting import Posting
from alerts.notify.deliver import deliver
from alerts.poll.poll import poll
from alerts.sandbox.reader import Reader
from alerts.store.posting_rows import Known
from alerts.store.short import number, short
from alerts.store.store import Store
from tests.drills.house import ROOT
from tests.drills.recorded import Board, boards

STEP, SLEEP = timedelta(hours=25), timedelta(days=7)
CHANNELS = ("hook", "other")
#: Of all details, and of all messages to a channel that is up, so many fail; in so many steps a channel is down.
DETAILS_FAIL, MESSAGES_FAIL, DOWN = 0.3, 0.2, 0.3
#: After the last step, at most so many more readings until nothing is owed or outstanding.
MOST_LATER = 20
FRAME = """[settings]
database="a.db"
gather="0s"
details=500
digest_above=1000000
ask_above=1000000
[network]
allow_private=["127.0.0.1"]
pace="0s"
[[searches]]
name="all"
exclude=["zzyzx"]
events=["new", "changed", "closed", "reopened", "reposted"]
"""


@dataclass
class Tally:
    """What came of it."""

    polls: int = 0
    #: Listings that appeared after the first reading of their board.
    due: int = 0
    told: int = 0
    twice: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    #: Told though hidden before.
    hidden: list[str] = field(default_factory=list)
    #: Listings that were there at the first reading, and were told as new.
    old: list[str] = field(default_factory=list)
    #: Due, but for a reason not told: hidden, over, taken for a job that was there or was told.
    not_told: Counter[str] = field(default_factory=Counter)
    #: The pairs that a person must judge.
    doubtful: list[str] = field(default_factory=list)
    #: What the program says of itself and what was received differ.
    untrue: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def said(self) -> str:
        """In lines."""
        counts = {"due": self.due, "told": self.told, "told twice": len(self.twice), "never told": len(self.never)}
        counts |= {"told though hidden": len(self.hidden), "told though old": len(self.old), "untrue": len(self.untrue)}
        lines = [f"{self.polls} polls; " + ", ".join(f"{what} {count}" for what, count in counts.items())]
        lines.append("not told for a reason: " + (", ".join(f"{why} {n}" for why, n in self.not_told.items()) or "none"))
        for what in ("twice", "never", "hidden", "old", "untrue", "faults", "doubtful"):
            lines += [f"  {what}: {line}" for line in getattr(self, what)]
        return "\n".join(lines)


class Play:
    """The site with all boards and two hooks, and the program that reads and tells."""

    #: Of so many alerts that were sent, ``explain`` is asked.
    explained = 4

    def __init__(self, folder: Path, stack: ExitStack, samples: Path, names: Sequence[str], preload: Path, seed: int) -> None:
        self.folder, self.seed, self.chance = folder, seed, random.Random(seed)
        self.asked: Counter[str] = Counter()
        self.step, self.moved = 0, timedelta(0)
        self.down: set[str] = set()
        #: After the last step every message is taken: one that waits for its next try is not lost.
        self.calm = False
        #: (channel, alert, step) of every alert that a hook took.
        self.received: list[tuple[str, dict, int]] = []
        #: kind of mark and key → the step from which on it holds
        self.marks: dict[tuple[str, str], int] = {}
        self.tally = Tally()
        self.site = stack.enter_context(Site(self._answer))
        found = boards(samples, self.site.url)
        self.boards = {board.name: board for board in found if not names or board.name in names}
        self.environment = {**os.environ, "LD_PRELOAD": str(preload), "MOVED_CLOCK": str(folder / "offset"), "HOME": str(folder)}
        hooks = "".join(f'[channels.{name}]\nkind="webhook"\nurl="{self.site.url}/hook/{name}"\n' for name in CHANNELS)
        (folder / "config.toml").write_text(FRAME + "".join(board.table for board in found if board.name in self.boards) + hooks)

    # --- the other side ------------------------------------------------------------------------------------------

    def _answer(self, asked: Asked) -> Given:
        if asked.path.startswith("/hook/"):
            return self._hook(asked.path.removeprefix("/hook/"), asked)
        for board in self.boards.values():
            if asked.path in board.details:
                body = board.details[asked.path]
                if body is None or self._fails(asked.path, DETAILS_FAIL):
                    return Given(b"", 500)
                return Given(body, content_type=_type(body))
        board = self.boards.get(asked.path.split("/")[1])
        if board is None or "/k/" not in asked.path:
            return Given(b"nothing here", 404, "text/plain")
        body = board.bodies[board.at(self.step)]
        return Given(body, content_type=_type(body))

    def _fails(self, what: str, share: float) -> bool:
        """The same at each play of one seed, whatever runs side by side."""
        self.asked[what] += 1
        return random.Random(f"{self.seed} {what} {self.asked[what]}").random() < share

    def _hook(self, channel: str, asked: Asked) -> Given:
        if channel in self.down or (not self.calm and self._fails(channel, MESSAGES_FAIL)):
            return Given(b"", 503)
        self.received += [(channel, alert, self.step) for alert in json.loads(asked.body)["data"]["alerts"]]
        return Given(status=204)

    # --- the program ---------------------------------------------------------------------------------------------

    def call(self, *words: str) -> str:
        """One command in a process of its own; what it said."""
        (self.folder / "offset").write_text(str(int(self.moved.total_seconds())), "ascii")
        command = [sys.executable, "-m", "alerts", words[0], "--config", str(self.folder / "config.toml"), *words[1:]]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL
        )
        said = done.stdout + done.stderr
        if "Traceback" in said or "please report" in said:
            self.tally.faults.append(said[-600:])
        return said

    def explain(self, job: str) -> str:
        """What the program says of a job."""
        return self.call("explain", job, "all")

    def poll(self) -> None:
        """Everything is read and told, with one channel down now and then."""
        self.moved += STEP
        self.down = {name for name in CHANNELS if not self.calm and self.chance.random() < DOWN}
        self.tally.polls += 1
        self.read()

    def read(self) -> None:
        """One round of the real program."""
        said = self.call("poll", "--all", "--wait", "0s")
        self.tally.faults += [line for line in said.splitlines() if ": reading " in line or "could not be" in line]

    def run(self) -> Tally:
        """The whole play."""
        steps = max(board.steps for board in self.boards.values())
        for self.step in range(steps):
            if self.step == steps // 2:
                self.moved += SLEEP
            self.poll()
            if self.step and self.step % 4 == 0:
                self._hide()
        self.calm = True
        for _ in range(MOST_LATER):
            if not self._open():
                break
            self.poll()
        self._judge()
        return self.tally

    def store(self) -> Store:
        """What the program remembers, while it does not run."""
        return Store(self.folder / "a.db", readonly=True)

    def _open(self) -> bool:
        """Is anything owed, or outstanding?"""
        with self.store() as store:
            owed = any(states.get("owed") for states in store.outbox.counts().values())
            return owed or any(store.postings.pending_of(state.key) for state in store.sources.states())

    def _hide(self) -> None:
        """A job that is known, and a company of which more may come."""
        with self.store() as store:
            stored = [one for some in store.postings.open() for one in some if one.posting.company]
        one, other = self.chance.choice(stored), self.chance.choice(stored)
        self.call("hide", short(one.job))
        self.call("hide", "company", other.posting.company)
        self.marks[("job", str(one.job))] = self.marks[("company", other.posting.company_key)] = self.step

    # --- what came of it -----------------------------------------------------------------------------------------

    def _judge(self) -> None:
        with self.store() as store:
            self._count_arrivals(store)
            keys = {state.name: state.key for state in store.sources.states()}
            for board in self.boards.values():
                self._hold_against(board, keys[board.name], store)
            self._believe(store)

    def _count_arrivals(self, store: Store) -> None:
        seen: Counter[tuple[str, str]] = Counter((channel, alert["id"]) for channel, alert, _ in self.received)
        self.tally.twice += [
            f"{channel}: alert {alert} came {count} times" for (channel, alert), count in seen.items() if count > 1
        ]
        new: dict[tuple[str, str], dict] = {}
        for channel, alert, step in self.received:
            if any(since < step for mark, since in self.marks.items() if mark in _marks(alert, store)):
                self.tally.hidden.append(f"{channel}: {alert['posting']['company']}: {alert['posting']['title']}")
            if alert["event"] != "new":
                continue
            # One page may carry several jobs.
            address = f"{alert['posting']['url']} {alert['posting']['title']}"
            for what in (f"job {alert['job']}", f"address {address}"):
                before = new.setdefault((channel, what), alert)
                if before["id"] != alert["id"]:
                    self.tally.twice.append(f"{channel}: {what}: {before['posting']['title']} / {alert['posting']['title']}")

    def _hold_against(self, board: Board, key: str, store: Store) -> None:
        """What was listed, against what was told."""
        heard = {number(alert["job"]) for _, alert, _ in self.received if alert["event"] in ("new", "reposted")}
        ever = dict.fromkeys(one for step in range(board.steps) for one in board.listed[board.at(step)])
        known, told_by = store.postings.known(key, list(ever)), dict[int, str]()
        for one in ever:
            entry = known.get(one)
            if entry is None:
                self.tally.never.append(f"{board.name} {one}: not stored")
            elif one in board.listed[0]:
                self._was_there(entry, heard, store)
            else:
                self.tally.due += 1
                self._appeared(board, entry, heard, told_by, store)

    def _was_there(self, entry: Known, heard: set[int], store: Store) -> None:
        job = store.postings.job(entry.job)
        if job and job.baseline and job.id in heard and not _reposted(job.id, self.received):
            self.tally.old.append(_line(store, entry))

    def _appeared(self, board: Board, entry: Known, heard: set[int], told_by: dict[int, str], store: Store) -> None:
        job, posting = store.postings.job(entry.job), store.postings.get(entry.id).posting
        assert job is not None
        if job.baseline:
            self.tally.not_told["taken for a job that was there"] += 1
            self.tally.doubtful.append(f"there before: {_line(store, entry)}")
        elif job.id in heard:
            first = told_by.setdefault(job.id, entry.source_id)
            self.tally.told += first == entry.source_id
            if first != entry.source_id:
                self.tally.not_told["told with another listing"] += 1
                self.tally.doubtful.append(f"told together: {_line(store, entry)}")
        elif entry.closed and entry.pending:
            self.tally.not_told["gone before its details came"] += 1
        elif {("job", str(job.id)), ("company", posting.company_key)} & set(self.marks):
            self.tally.not_told["hidden"] += 1
        elif is_over(posting.expires, datetime.now(UTC), "UTC"):
            self.tally.not_told["over"] += 1
        else:
            self.tally.never.append(f"{board.name}: {_line(store, entry)}")

    def _believe(self, store: Store) -> None:
        """What the program says was sent was received, and the other way round; ``explain`` says so in words."""
        received = {(channel, alert["id"]): alert for channel, alert, _ in self.received}
        sent = {
            (owed.channel, owed.id): owed
            for some in store.postings.open()
            for job in {one.job for one in some}
            for owed in store.outbox.told(job)
            if owed.state == "sent"
        }
        rows = store.ledger.rows("SELECT channel, id FROM alerts WHERE state = 'sent'")
        stated = {(row["channel"], row["id"]) for row in rows}
        self.tally.untrue += [f"{one} is called sent and was not received" for one in stated - set(received)]
        self.tally.untrue += [f"{one} was received and is not called sent" for one in set(received) - stated]
        for owed in self.chance.sample(sorted(sent.values(), key=lambda owed: owed.id), min(self.explained, len(sent))):
            said = self.explain(short(owed.job))
            if f"{owed.event.value}: sent by {owed.channel}" not in said:
                self.tally.untrue.append(f"explain {short(owed.job)} does not say that {owed.channel} told it")


class Inside(Play):
    """The same with the two halves of the story called in this process, which takes a fraction of the time."""

    explained = 100_000

    def explain(self, job: str) -> str:
        """The same words, without a process for each of thousands."""
        with redirect_stdout(io.StringIO()) as said:
            main(["explain", "--config", str(self.folder / "config.toml"), job, "all"])
        return said.getvalue()

    def read(self) -> None:
        now, plan = datetime.now(UTC) + self.moved, load(self.folder / "config.toml", {})
        with at_work(plan, now, Reader(inline=True)) as means:
            means.store.sources.claim_due(now, timedelta(hours=1), 999, [source.key for source in plan.sources])
            reports = [poll(source, means, now) for source in plan.sources]
            self.tally.faults += [f"{report.source.name}: {report.error}" for report in reports if report.error]
            for channel in plan.channels.values():
                while (result := deliver(channel, means, now)) and result.state == "sent":
                    pass


def _marks(alert: dict, store: Store) -> set[tuple[str, str]]:
    """The marks that would hide an alert."""
    stored = store.postings.of_job(number(alert["job"]))
    return {("job", str(number(alert["job"]))), *(("company", one.posting.company_key) for one in stored)}


def _reposted(job: int, received: Sequence[tuple[str, dict, int]]) -> bool:
    return "new" not in {alert["event"] for _, alert, _ in received if number(alert["job"]) == job}


def _line(store: Store, entry: Known) -> str:
    others = [one.posting for one in store.postings.of_job(entry.job) if one.id != entry.id]
    return " = ".join(_words(posting) for posting in (store.postings.get(entry.id).posting, *others[:2]))


def _words(posting: Posting) -> str:
    return f"{posting.company}: {posting.title} [{' · '.join(place.raw for place in posting.places[:3])}] {posting.url}"


def _type(body: bytes) -> str:
    return "application/json" if body[:1] in b"[{" else "text/html" if b"<html" in body[:2000].lower() else "application/xml"


def compiled(folder: Path) -> Path | None:
    """The library that moves the clock; None where it cannot be made."""
    compiler, source = shutil.which("cc"), Path(__file__).parent / "moved_clock.c"
    made = folder / "moved_clock.so"
    if compiler is None or subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source], check=False).returncode:
        return None
    return made
