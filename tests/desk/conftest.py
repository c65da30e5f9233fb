"""A desk on the demo's data: the world of the demo played once, its database copied for every test."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason='the desk is not installed: pip install "job-alerts[desk]"')

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it wants another httpx than the one that we ship with
    from starlette.testclient import TestClient

from alerts.cli.demo import scenario
from alerts.cli.demo.site import Site
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.desk.app import create_app
from alerts.desk.plan_file import watched
from alerts.desk.sessions import one_time_link
from alerts.model.server import Database
from alerts.notify.deliver import deliver
from alerts.poll.poll import poll
from alerts.sandbox.reader import Reader
from alerts.store.move import move
from alerts.store.store import Store

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORIGIN = "http://127.0.0.1:8484"
CHANNEL = '[channels.out]\nkind = "file"\npath = "out.jsonl"\n'
LETTER = "Dear {{ job.company }} team,\n\nabout {{ job.title }}: I am {{ me.name }}.\n"


def config_of(site: str) -> str:
    """The demo's configuration, its channels a file."""
    words = {"site": site, "smtp": "127.0.0.1:1", "hook": "http://127.0.0.1:1", "secret": "none"}
    text = scenario.CONFIG.partition("[channels.mail]")[0].format(**words)
    return text.replace('gather   = "45m"', 'gather = "0s"\nletter = "letter.md"') + CHANNEL


def play(folder: Path) -> datetime:
    """What the demo publishes, changes and closes, read and told; when it ended."""
    (folder / "letter.md").write_text(LETTER, encoding="utf-8")
    world, now = scenario.first_world(), START
    with Site(world.answer) as site:
        path = folder / "config.toml"
        path.write_text(config_of(site.url), encoding="utf-8")
        with at_work(load(path, {}), now, Reader(inline=True)) as means:
            for act in (None, scenario.publish, scenario.raise_pay, scenario.close, None, None, None):
                if act:
                    act(world)
                for source in means.plan.sources:
                    means.store.sources.claim_due(now, timedelta(minutes=5), 1, [source.key])
                    poll(source, means, now)
                while deliver(means.plan.channels["out"], means, now):
                    pass
                now += timedelta(hours=3)
    return now


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    folder = tmp_path_factory.mktemp("played")
    return folder, play(folder)


class House:
    """A folder with a configuration and a database, and a desk over it at a moment that the test sets."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder, self.now = folder, now
        self.path = folder / "config.toml"
        self.database: Database = folder / "demo.db"
        self.app = create_app(watched(self.path), origins=(ORIGIN,), now=lambda: self.now)

    def store(self) -> Store:
        return Store(self.database)

    def visitor(self) -> Visitor:
        """A browser that is not signed in."""
        return Visitor(self)

    def person(self) -> Visitor:
        """A browser that is."""
        found = Visitor(self)
        found.sign_in()
        return found

    def code(self, title: str) -> str:
        """The short id of the job with that title."""
        from alerts.store.short import short

        with self.store() as store:
            return next(short(one.job) for batch in store.postings.since(START) for one in batch if one.posting.title == title)


class Visitor(TestClient):
    """A browser without script: it follows redirects, keeps cookies, sends Origin and Referer as browsers do."""

    def __init__(self, house: House) -> None:
        super().__init__(house.app, base_url=ORIGIN, raise_server_exceptions=False)
        self.house = house

    def sign_in(self) -> None:
        with self.house.store() as store:
            once = one_time_link(store, "", self.house.now)
        answer = self.press("/login", {"once": once})
        assert answer.status_code == 200, answer.text

    @property
    def token(self) -> str:
        found = re.search(r'name="token" value="([0-9a-f]{32})"', self.get("/settings").text)
        assert found
        return found[1]

    def press(self, path: str, fields: dict[str, str], *, on: str = "/inbox", **headers: str):
        """Post a form that stands on the page ``on``."""
        headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "referer": ORIGIN + on} | headers
        return self.post(path, data=fields, headers=headers)

    def do(self, path: str, fields: dict[str, str], *, on: str = "/inbox"):
        """Press a button of a page of one's own."""
        return self.press(path, {"token": self.token} | fields, on=on)


@pytest.fixture
def house(played: tuple[Path, datetime], tmp_path: Path) -> Iterator[House]:
    folder = tmp_path / "house"
    shutil.copytree(played[0], folder)
    made = House(folder, played[1])
    yield made
    made.app.app.state.desk.close()


@pytest.fixture
def served(house: House, postgres) -> House:
    """The same house, its database moved to a server."""
    server = postgres.fresh(house.folder)
    move(house.database, server)
    (house.folder / "demo.db").unlink()
    house.path.write_text(house.path.read_text("utf-8").replace('"demo.db"', f'"{server.address}"'), "utf-8")
    house.database = server
    return house
