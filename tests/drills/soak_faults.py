"""The faults of the soak, each from its beginning to its end; several may be under way at once."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from alerts.cli.demo.site import Given
from tests.drills.house import House, Running
from tests.drills.preloads import move
from tests.drills.test_storage import HOLDER, full, other_program

HOUR, DAY = 3600, 86_400
MOVES = (-HOUR, -1200, DAY, 35 * DAY, 365 * DAY, 3650 * DAY, -3650 * DAY)


class Faults:
    """What can happen to one house and its daemon."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self.house, self.chance = house, chance
        self.daemon = house.start()
        self.ways = {
            "kill": self._kill,
            "lock": self._lock,
            "reader": self._reader,
            "full disk": self._full,
            "hook": self._hook,
            "inbox": self._inbox,
            "clock": self._clock,
            "network": self._network,
            "reload": self._reload,
        }

    def under_way(self, name: str) -> AbstractContextManager[None]:
        """The fault of that name, for as long as the block."""
        return self.ways[name]()

    @contextmanager
    def _kill(self) -> Iterator[None]:
        self.daemon.kill()
        self.daemon = self.house.start()
        yield

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with other_program(self.house, HOLDER, "BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def _reader(self) -> Iterator[None]:
        with other_program(self.house, HOLDER, "BEGIN"):
            yield

    @contextmanager
    def _full(self) -> Iterator[None]:
        hit = self.daemon
        full(hit, room=False)
        yield
        with suppress(ProcessLookupError):
            full(hit, room=True)

    @contextmanager
    def _hook(self) -> Iterator[None]:
        self.house.hook = lambda _asked: Given(status=503)
        yield
        self.house.hook = lambda _asked: None

    @contextmanager
    def _inbox(self) -> Iterator[None]:
        self.house.take = lambda _mail: "451 later"
        yield
        self.house.take = lambda _mail: "250 taken"

    @contextmanager
    def _clock(self) -> Iterator[None]:
        move(self.house, self.chance.choice(MOVES))
        yield
        move(self.house, 0)

    @contextmanager
    def _network(self) -> Iterator[None]:
        lost = self.house.folder / "lost"
        lost.touch()
        yield
        lost.unlink()

    @contextmanager
    def _reload(self) -> Iterator[None]:
        # Others learn by the lock whom to ask; before it, a process that only just begins would be ended by the signal.
        held, process = self.house.folder / "a.db.lock", self.daemon.process
        self.daemon.until(lambda: held.exists() and held.read_text("utf-8").partition("\n")[0] == str(process.pid))
        self.daemon.signal(signal.SIGHUP)
        yield


def memory(daemon: Running) -> int:
    """Megabytes."""
    with open(f"/proc/{daemon.process.pid}/status", encoding="ascii") as lines:  # noqa: PTH123
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


def wait(chance: random.Random, longest: float) -> None:
    """Some time between nothing and the longest."""
    time.sleep(chance.uniform(0, longest))
