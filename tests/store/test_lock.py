"""Who asks whether somebody works on a database keeps nobody from beginning to."""

from __future__ import annotations

import threading
from pathlib import Path

from alerts.store.lock_file import holder, lock


def test_asking_who_works_refuses_no_start(tmp_path: Path) -> None:
    """``status`` in a loop beside starts and stops: every start gets the lock that nobody holds."""
    place, done = tmp_path / "a.db", threading.Event()
    lock(place).close()

    def ask() -> None:
        while not done.is_set():
            holder(place)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    try:
        for _ in range(500):
            lock(place).close()
    finally:
        done.set()
        for asker in askers:
            asker.join()
