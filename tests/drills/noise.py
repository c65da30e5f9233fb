"""Far too many matches at once, for real receivers under a moved clock; what arrived, and how long each transaction took."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from alerts.cli.demo.site import Asked, Given
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import EventKind
from alerts.model.posting import Place, Posting
from alerts.store.engines.sqlite import SqliteLedger as Ledger
from alerts.store.outbox import QueuedAlert
from tests.drills.house import BOARD, HOOK, MAIL, job
from tests.drills.receivers import Smtp
from tests.story.conftest import Stage

SLACK = '[channels.slack]\nkind="slack"\nurl="SITE/services/T/B/x"\n'
CHANNELS = ("mail", "slack", "hook")


@dataclass
class Tally:
    """What one channel took: messages, questions among them, alerts shown, and alerts that a message only counted."""

    messages: int = 0
    questions: int = 0
    shown: int = 0
    counted: int = 0


@dataclass
class Noise:
    """The stage with an inbox, a Slack and a hook that take everything."""

    folder: Path
    stack: ExitStack
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in CHANNELS})
    #: Seconds of the longest transaction while delivering.
    longest: float = 0.0

    def __post_init__(self) -> None:
        self.stage = Stage(self.folder, self.stack)
        self.stage.hook = self._hook
        self.smtp = self.stack.enter_context(Smtp(self._take))

    def configure(self, searches: str, sources: str = BOARD) -> None:
        """Go to work with three channels."""
        self.stage.configure(sources + searches + MAIL.replace("SMTP", self.smtp.address) + SLACK + HOOK)

    # --- receivers -----------------------------------------------------------------------------------------------

    def _hook(self, asked: Asked) -> Given:
        if asked.path.startswith("/services"):
            self._count("slack", json.dumps(json.loads(asked.body)["blocks"]))
            return Given(b"ok", content_type="text/plain")
        data = json.loads(asked.body)["data"]
        tally = self.tallies["hook"]
        tally.messages += 1
        tally.questions += any("wait for your word" in note for note in data["notes"])
        tally.shown += len(data["alerts"])
        tally.counted += data["more"]
        return Given(status=204)

    def _take(self, mail: object) -> str:
        self._count("mail", mail.get_body(("plain",)).get_content())  # type: ignore[attr-defined]
        return "250 taken"

    def _count(self, name: str, text: str) -> None:
        tally = self.tallies[name]
        tally.messages += 1
        tally.questions += "wait for your word" in text

    # --- what happens --------------------------------------------------------------------------------------------

    def publish(self, count: int) -> None:
        """One poll brings so many new matches."""
        self.stage.pages["/v1/boards/acme/jobs"]["jobs"] += [job(number) for number in range(2, count + 2)]
        self.stage.poll()

    def owe(self, count: int, search: str) -> None:
        """So many alerts are owed to each channel, as after a feed of a hundred thousand entries."""
        store, now = self.stage.means.store, self.stage.now
        source = self.stage.means.plan.sources[0].key
        for start in range(0, count, 2_000):
            with store.transaction():
                for number in range(start, min(start + 2_000, count)):
                    address = f"https://e.org/{number}"
                    posting = Posting(source, f"n{number}", address, f"Engineer {number}", "Acme", places=(Place("Berlin"),))
                    of = store.postings.new_job(now, baseline=False)
                    store.postings.add(posting, fingerprint(posting), (), "", now, job=of)
                    for name in CHANNELS:
                        alert = QueuedAlert(f"{name}{number}", name, of, EventKind.NEW, "new", search, now, now)
                        store.outbox.enqueue(alert)

    def deliver(self, hours: int = 3) -> None:
        """Every attempt that is due, minute by minute, for some hours."""
        for _ in range(hours * 12):
            with self._measured():
                while any(result.state == "sent" for result in self.stage.deliver()):
                    self.stage.wait(timedelta(seconds=2))
            self.stage.wait(timedelta(minutes=5))

    @contextmanager
    def _measured(self) -> Iterator[None]:
        """Take the time of every transaction."""
        usual = Ledger.transaction
        noise = self

        @contextmanager
        def timed(ledger: Ledger, *patience: float, lasting: bool = True) -> Iterator[None]:
            begun = time.perf_counter()
            with usual(ledger, *patience, lasting=lasting):
                yield
            noise.longest = max(noise.longest, time.perf_counter() - begun)

        Ledger.transaction = timed  # type: ignore[method-assign]
        try:
            yield
        finally:
            Ledger.transaction = usual  # type: ignore[method-assign]

    def states(self) -> dict[str, dict[str, int]]:
        """By channel, how many alerts are in each state."""
        return self.stage.means.store.outbox.counts()

    def said(self, what: str) -> str:
        """The tally in lines."""
        lines = [f"{name}: {tally}; alerts: {self.states().get(name)}" for name, tally in self.tallies.items()]
        return "\n".join([f"\n{what}", *lines, f"longest transaction while delivering: {1000 * self.longest:.0f} ms"])
