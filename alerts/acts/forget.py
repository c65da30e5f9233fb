"""Forget what was said of jobs: really, and with a word on what is out of reach."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from alerts.store import forgetting
from alerts.store.forgetting import Removed
from alerts.store.store import Store


def forget(store: Store, jobs: Iterable[int]) -> Removed:
    """Remove the applications for these jobs with all that belongs to them; how much went."""
    found = [forgetting.forget(store.ledger, job) for job in jobs]
    names = ("applications", "entries", "copies", "marks", "messages")
    sums = {name: sum(getattr(one, name) for one in found) for name in names}
    return Removed(**sums, overwritten=all(one.overwritten for one in found))


def elsewhere(database: Path) -> list[Path]:
    """Copies of the database beside it, which hold what they held."""
    beside = [*database.parent.glob(f"{database.stem}-*.db"), *database.parent.glob(f"{database.name}.replaced-*")]
    return sorted(path for path in beside if not path.name.endswith(("-wal", "-shm", "-journal")))
