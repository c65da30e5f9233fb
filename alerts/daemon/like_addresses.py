"""``like = ["https://…"]``: an address becomes the text of the job there, read once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.acts.like_texts import asks_something, known, with_texts
from alerts.model.plan import SavedSearch
from alerts.store.store import Store


@dataclass(frozen=True, slots=True)
class Settled:
    """Searches whose ``like`` names texts only, and what is to be said of addresses that have not been read."""

    searches: tuple[SavedSearch, ...]
    remarks: tuple[str, ...] = ()
    #: The addresses that have not been read.
    unread: tuple[str, ...] = ()


def settle(asked: Sequence[SavedSearch], store: Store, why: Mapping[str, str], now: datetime) -> Settled:
    """Put the texts that are known in place of their addresses; asks nobody. ``why`` the others could not be read, where known.

    A search that asks for nothing but what has not been read is left out: it rests, and what is published meanwhile is told
    when it comes to work.
    """
    searches, remarks, unread = list[SavedSearch](), list[str](), list[str]()
    for saved in asked:
        ready, waiting = with_texts(saved, lambda address: _keep_known(address, store, now))
        if rests := not asks_something(ready.search):
            _keep_rest(saved, store, now)
        else:
            searches.append(ready)
        remarks += [_remark(saved, address, why.get(address), rests=rests) for address in waiting]
        unread += waiting
    return Settled(tuple(searches), tuple(remarks), tuple(dict.fromkeys(unread)))


def rested_since(asked: Sequence[SavedSearch], store: Store) -> dict[str, datetime]:
    """By name: searches that rested until they could be read, and since when."""
    facts = {saved.name: (saved.digest, store.fact(f"rests:{saved.name}")) for saved in asked}
    return {name: fact[1] for name, (digest, fact) in facts.items() if fact and fact[0] == digest}


def _keep_rest(saved: SavedSearch, store: Store, now: datetime) -> None:
    fact = store.fact(f"rests:{saved.name}")
    if fact is None or fact[0] != saved.digest:
        with store.transaction():
            store.keep_fact(f"rests:{saved.name}", saved.digest, now)


def keep(address: str, text: str, store: Store, now: datetime) -> None:
    """For good, so that what a search means does not change when the posting does, or goes."""
    if store.fact(f"like:{address}") is None:
        with store.transaction():
            store.keep_fact(f"like:{address}", text, now)


def _keep_known(address: str, store: Store, now: datetime) -> str | None:
    text = known(address, store)
    if text is not None:
        keep(address, text, store, now)
    return text


def _remark(saved: SavedSearch, address: str, why: str | None, *, rests: bool) -> str:
    after = "the search rests until it can be read" if rests else "the search goes on without it"
    if why is None:
        until = "the search rests until it is" if rests else "the search goes on without it until it is"
        return f"search {saved.name!r}: what it shall be like is read now ({_shown(address)}); {until}"
    where = "" if _shown(address) in why else f"{_shown(address)}: "
    said = f"search {saved.name!r}: what it shall be like could not be read ({where}{why}); {after}"
    return f"{said}. A saved page can be named instead"


def _shown(address: str) -> str:
    return address.partition("?")[0]
