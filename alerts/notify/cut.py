"""What is left unread of a source because it has too much is kept, so that the operator is told."""

from __future__ import annotations

from datetime import datetime

from alerts.store.store import Store


def keep_cut(store: Store, source: str, words: str | None, now: datetime) -> None:
    """Remember what the last whole reading of a source left out; None where it left out nothing."""
    if cut_of(store, source) != words:
        store.keep_fact(_fact(source), words or "", now)


def cut_of(store: Store, source: str) -> str | None:
    """What the last whole reading of a source left out."""
    kept = store.fact(_fact(source))
    return kept[0] or None if kept else None


def _fact(source: str) -> str:
    return f"cut:{source}"
