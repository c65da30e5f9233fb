"""Long work in portions, each one transaction: while one is open nobody else writes, so it ends after a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from alerts.store.store import Store

Item = TypeVar("Item")
Result = TypeVar("Result")
#: Seconds after which a portion ends with the item that is at work.
WHILE = 0.02


def in_portions(
    store: Store,
    items: Sequence[Item],
    work: Callable[[Item], Result],
    *,
    begin: Callable[[], object] = lambda: None,
    end: Callable[[], object] = lambda: None,
    seconds: float = WHILE,
) -> list[Result]:
    """Do the work for every item; what is written for one is written whole, or not at all.

    ``begin`` and ``end`` are called in each transaction, before its first item and after its last one.
    """
    results: list[Result] = []
    while len(results) < len(items):
        with store.transaction():
            until = time.monotonic() + seconds
            begin()
            for item in items[len(results) :]:
                results.append(work(item))
                if time.monotonic() >= until:
                    break
            end()
    return results
