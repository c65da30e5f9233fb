"""Previews over everything stored: in portions beside the pages, one at a time for a person; who types on ends the one before."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from weakref import WeakValueDictionary

from alerts.desk.shelves import Shelf
from alerts.match.preview import Preview, Trial

log = logging.getLogger("alerts")
#: Previews that run at once, of all people.
AT_ONCE = 2
#: Seconds of rest after a portion, at most; else as long as the portion took: the daemon has the processor half of the time.
REST = 0.05


class Running:
    """One preview under way."""

    def __init__(self, about: Hashable, trial: Trial, shelf: Shelf) -> None:
        self.about, self._trial, self.shelf = about, trial, shelf
        self.over, self.ended = threading.Event(), threading.Event()
        self.failed = False

    @property
    def looked(self) -> int:
        """How many postings were looked at."""
        return self._trial.looked

    def so_far(self, days: int) -> Preview:
        """What was found."""
        with self.shelf.lock:
            return self._trial.so_far(days=days)

    def run(self, turn: threading.Semaphore) -> None:
        """Until it is over, or ended."""
        try:
            with turn:
                self._portions()
        except Exception:
            self.failed = True
            log.exception("a preview at the desk came to no end")
        finally:
            self.over.set()

    def _portions(self) -> None:
        portions = self._trial.portions()
        while not self.ended.is_set():
            begun = time.perf_counter()
            with self.shelf.lock:
                if next(portions, None) is None:
                    return
            self.ended.wait(min(time.perf_counter() - begun, REST))


class Trials:
    """By person, the preview that was asked for last."""

    def __init__(self) -> None:
        self._lock, self._turn = threading.Lock(), threading.Semaphore(AT_ONCE)
        #: The shelf keeps them: given back with it.
        self._running: WeakValueDictionary[str, Running] = WeakValueDictionary()

    def begun(self, person: str, about: Hashable, shelf: Shelf, trial: Callable[[], Trial]) -> Running:
        """The preview about this, over these postings or under way over those before; else begun, and the one before is ended."""
        with self._lock:
            known = self._running.get(person)
            if known and known.about == about and not known.failed and (known.shelf is shelf or not known.over.is_set()):
                return known
            if known:
                self._end(person, known)
            made = shelf.previews[person] = self._running[person] = Running(about, trial(), shelf)
        threading.Thread(target=made.run, args=(self._turn,), name="preview", daemon=True).start()
        return made

    def end_others(self, person: str, about: Hashable) -> None:
        """The person goes on to something else."""
        with self._lock:
            known = self._running.get(person)
            if known and known.about != about:
                self._end(person, known)

    def _end(self, person: str, known: Running) -> None:
        known.ended.set()
        known.shelf.previews.pop(person, None)
        del self._running[person]
