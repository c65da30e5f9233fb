"""Which polls may run side by side: few of one host, and slow hosts do not hold up the quick ones."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from alerts import plugins
from alerts.model.page import Asking
from alerts.model.plan import Source

#: Quick polls side by side.
QUICK = 8
#: … and beside them so many that wait for slow hosts.
SLOW = 16
#: … of which so many of one host; its pace is kept by the fetcher.
PER_HOST = 2
#: A poll that takes longer than this waits for a slow host: it gives up its place among the quick ones.
SLOW_AFTER = 2.0


def host_of(source: Source) -> str:
    """The host that a source asks first; a source that asks nothing stands for itself."""
    first = list(plugins.load("sources", source.kind).first(source.options, Asking()))
    return urlsplit(first[0].url).netloc if first else source.key


class _Load:
    """How much is under way in each lane."""

    def __init__(self) -> None:
        self._hosts: Counter[str] = Counter()
        self._slow = self._quick = 0

    def take(self, host: str, *, slow: bool) -> None:
        self._hosts[host] += 1
        self._slow += slow
        self._quick += not slow

    def has_room(self, host: str, *, slow: bool) -> bool:
        if self._hosts[host] >= PER_HOST:
            return False
        return self._slow < SLOW if slow else self._quick < QUICK and not self.full()

    def full(self) -> bool:
        return self._slow + self._quick >= QUICK + SLOW


class Lanes:
    """Who is under way, and who waits for room. Safe to share between threads; never blocks, never touches the disk."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        #: key → (host, when it began)
        self._under_way: dict[str, tuple[str, float]] = {}
        #: key → host, the longest waiting first
        self._waiting: dict[str, str] = {}
        self._slow: set[str] = set()

    def enter(self, key: str, host: str) -> bool:
        """Take a place; False where there is none: then ``key`` waits, and :meth:`room` names it in time."""
        with self._lock:
            if not self._load().has_room(host, slow=host in self._slow):
                self._waiting[key] = host
                return False
            self._waiting.pop(key, None)
            self._under_way[key] = (host, self._monotonic())
            return True

    def leave(self, key: str) -> None:
        """Give the place back; how long it was taken decides in which lane the host runs next time."""
        with self._lock:
            host, began = self._under_way.pop(key)
            (self._slow.add if self._monotonic() - began > SLOW_AFTER else self._slow.discard)(host)

    def room(self) -> list[str]:
        """Those who wait and have a place now, the longest waiting first; each is to be started again."""
        with self._lock:
            load, chosen = self._load(), []
            for key, host in self._waiting.items():
                if load.has_room(host, slow=host in self._slow):
                    load.take(host, slow=host in self._slow)
                    chosen.append(key)
                elif load.full():
                    break
            for key in chosen:
                del self._waiting[key]
            return chosen

    def forget(self, key: str) -> None:
        """``key`` does not wait any more (its source was taken out of the configuration)."""
        with self._lock:
            self._waiting.pop(key, None)

    def under_way(self) -> dict[str, float]:
        """Who is under way, and for how many seconds."""
        with self._lock:
            now = self._monotonic()
            return {key: now - began for key, (_, began) in self._under_way.items()}

    def waiting(self) -> set[str]:
        """Who waits for room."""
        with self._lock:
            return set(self._waiting)

    def _load(self) -> _Load:
        now, load = self._monotonic(), _Load()
        for host, began in self._under_way.values():
            load.take(host, slow=host in self._slow or now - began > SLOW_AFTER)
        return load
