"""One request, checked and read: who asks, for what, with which form; and the desk that it is asked of."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from queue import Empty, SimpleQueue
from threading import Semaphore
from urllib.parse import urlsplit

from starlette.responses import Response

from alerts.desk.kept import Kept
from alerts.desk.shelves import Shelves
from alerts.desk.trials import Trials
from alerts.desk.tries import Tries
from alerts.desk.windows import Windows
from alerts.model.plan import Plan
from alerts.model.server import Database
from alerts.store.sessions import Session
from alerts.store.sources import SourceState
from alerts.store.store import Store

#: Seconds to wait for another program that holds the database; then the page says so.
PATIENCE = 3.0
#: Pages that are made at once. The daemon works in the same process, and its share of the processor is one among so many more.
AT_ONCE = 2


@dataclass(frozen=True)
class Desk:
    """What all requests share: the configuration as it is now, the clock, our own addresses."""

    plan: Callable[[], Plan]
    now: Callable[[], datetime]
    #: The addresses under which browsers reach us, "http://127.0.0.1:8484"; the first is the one that is told.
    origins: tuple[str, ...]
    #: Pages that a redirect may lead to.
    is_page: Callable[[str], bool]
    #: Ask the daemon to look at its wishes; where there is none, they wait in the store.
    nudge: Callable[[], None] = lambda: None
    #: Tries at the login, and with each link of an alert.
    tries: Tries = field(default_factory=Tries)
    windows: Windows = field(default_factory=Windows)
    #: Looks into a window, and cards.
    narrowed: Kept = field(default_factory=lambda: Kept(8))
    cards: Kept = field(default_factory=lambda: Kept(500))
    #: Postings that are kept ready for previews, and the previews that run.
    shelves: Shelves = field(default_factory=Shelves)
    trials: Trials = field(default_factory=Trials)
    _idle: SimpleQueue[tuple[Database, Store]] = field(default_factory=SimpleQueue)
    _turns: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A page is made; others wait until it is their turn."""
        with self._turns:
            yield

    @contextmanager
    def resting(self) -> Iterator[None]:
        """A page that is being made waits for something, and others have its turn."""
        self._turns.release()
        try:
            yield
        finally:
            self._turns.acquire()

    @property
    def secure(self) -> bool:
        """Are we reached over https?"""
        return self.origins[0].startswith("https:")

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """A connection for reading, kept for the next request; never the daemon's."""
        database = self.plan().settings.database
        store = self._of(database) or Store(database, readonly=True, patience=PATIENCE)
        try:
            yield store
        except BaseException:
            store.close()
            raise
        self._idle.put((database, store))

    def _of(self, database: Database) -> Store | None:
        """An idle connection to it; those to one that was named before are given back."""
        with suppress(Empty):
            while True:
                of, store = self._idle.get_nowait()
                if of == database:
                    return store
                store.close()
        return None

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """A connection for one small change beside a running daemon."""
        with Store(self.plan().settings.database, patience=PATIENCE) as store:
            yield store

    def close(self) -> None:
        """Give the connections back."""
        while not self._idle.empty():
            self._idle.get_nowait()[1].close()


@dataclass(frozen=True)
class Call:
    """One request."""

    desk: Desk
    store: Store
    #: The configuration as it was when the request came.
    plan: Plan
    now: datetime
    path: str
    #: As in the address, in order.
    query: tuple[tuple[str, str], ...]
    params: Mapping[str, str]
    headers: Mapping[str, str]
    address: str = ""
    form: Mapping[str, list[str]] = field(default_factory=dict)
    session: Session | None = None
    token: str = ""
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def person(self) -> str:
        """Whose desk it is."""
        return self.session.person if self.session else ""

    @cached_property
    def inbox_version(self) -> tuple[int, int]:
        """The version of the inbox when the request came."""
        return self.store.inbox.version()

    @cached_property
    def source_states(self) -> list[SourceState]:
        """The sources of the configuration, by name; looked up once."""
        return [one for one in self._sources if one.configured]

    @cached_property
    def source_names(self) -> dict[str, str]:
        """The name of every source ever configured, by key."""
        return {one.key: one.name for one in self._sources}

    @cached_property
    def _sources(self) -> list[SourceState]:
        return self.store.sources.all()

    def field(self, name: str, default: str = "") -> str:
        """One field of the form."""
        return self.form.get(name, [default])[0]

    def asked(self, name: str) -> str:
        """The first value of a parameter of the address."""
        return next((value for key, value in self.query if key == name), "")

    def back(self, otherwise: str, anchor: str = "") -> Response:
        """303 to the page that the form stood on, as the browser tells it, if it is one of ours."""
        came = urlsplit(self.headers.get("referer", ""))
        ours = f"{came.scheme}://{came.netloc}" in self.desk.origins
        to = own_path(f"{came.path}?{came.query}" if came.query else came.path, self.desk.is_page) if ours else None
        return see_other((to or otherwise) + (f"#{anchor}" if anchor else ""))


def own_path(address: str, is_page: Callable[[str], bool]) -> str | None:
    """A path and query of our own that a GET serves, built anew; None for everything else."""
    if not re.fullmatch(r"/[!-~]{0,2000}", address) or address.startswith("//") or "\\" in address:
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not is_page(parts.path):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def see_other(to: str) -> Response:
    """303: look there."""
    return Response(status_code=303, headers={"location": to})
