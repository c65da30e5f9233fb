"""A whole house for a story test: a loopback site, a configuration, a store, and a clock that the test moves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.cli.demo.site import Asked, Given, Site
from alerts.config.load import load
from alerts.daemon import like_pages
from alerts.daemon.bootstrap import at_work, with_likes, with_plan
from alerts.model.server import Database, Server
from alerts.notify.deliver import Result, deliver
from alerts.notify.means import Means
from alerts.poll.poll import Report, poll
from alerts.sandbox.reader import Reader

START = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Stage:
    """One configuration, the site that it reads and the file that its alerts are written to."""

    def __init__(self, folder: Path, stack: ExitStack, database: Database | None = None) -> None:
        self.folder = folder
        self.database = database.address if isinstance(database, Server) else str(database or folder / "a.db")
        self.now = START
        self.pages: dict[str, object] = {}
        self.hook: Callable[[Asked], Given] = lambda _asked: Given(status=204)
        self.site = stack.enter_context(Site(self._answer))
        self._work = stack.enter_context(ExitStack())
        self._means: Means | None = None

    def _answer(self, asked: Asked) -> Given:
        if asked.method == "POST":
            return self.hook(asked)
        page = self.pages.get(asked.path.partition("?")[0])
        if callable(page):
            page = page(asked)
        if isinstance(page, Given):
            return page
        return Given(b"nothing here", 404, "text/plain") if page is None else Given(json.dumps(page).encode())

    def configure(self, text: str) -> Means:
        """Write the configuration (``SITE`` stands for the address of the site) and go to work, or reload."""
        path = self.folder / "config.toml"
        frame = f'[settings]\ndatabase="{self.database}"\ngather="0s"\n[network]\nallow_private=["127.0.0.1"]\npace="0s"\n'
        path.write_text(frame + text.replace("SITE", self.site.url), encoding="utf-8")
        plan = load(path, {})
        if self._means is None:
            self._means = self._work.enter_context(at_work(plan, self.now, Reader(inline=True)))
        else:
            self._means = with_plan(self._means, plan, self.now)
        return self.read_likes()

    def restart(self) -> None:
        """The daemon ends, and is started again."""
        plan = load(self.folder / "config.toml", {})
        self._work.close()
        self._means = self._work.enter_context(at_work(plan, self.now, Reader(inline=True)))

    def read_likes(self) -> Means:
        """What the job of the daemon does with addresses that searches name."""
        if self.means.unread:
            self._means = with_likes(self.means, like_pages.read(self.means, self.now), self.now)
        return self.means

    @property
    def means(self) -> Means:
        assert self._means is not None
        return self._means

    def wait(self, length: timedelta = timedelta(hours=1)) -> None:
        self.now += length

    def poll(self) -> list[Report]:
        """Read every source, as the daemon would when all are due."""
        sources = {source.key: source for source in self.means.plan.sources}
        claimed = self.means.store.sources.claim_due(self.now, timedelta(minutes=5), 99, list(sources))
        return [poll(sources[key], self.means, self.now) for key in sorted(claimed)]

    def deliver(self) -> list[Result]:
        """Every attempt that is due now, on all channels."""
        results = []
        for channel in self.means.plan.channels.values():
            while result := deliver(channel, self.means, self.now):
                results.append(result)
                if result.state == "later":
                    break
        return results

    def round(self) -> list[dict]:
        """Poll and deliver; the alerts that the channel named ``out`` (a file of JSON lines) received."""
        self.poll()
        self.deliver()
        return self.told()

    def told(self) -> list[dict]:
        """Every alert that was ever written to ``out.jsonl``, and forget them."""
        path = self.folder / "out.jsonl"
        if not path.exists():
            return []
        alerts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        path.unlink()
        return alerts


@pytest.fixture
def stage(tmp_path, database) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(tmp_path, stack, database)
