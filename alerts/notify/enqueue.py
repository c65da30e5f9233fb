"""From an event and its matches to alerts owed: to which channels, when, and never twice."""

from __future__ import annotations

import secrets
from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta

from alerts.model.event import Change, EventKind
from alerts.model.plan import Channel, Plan, SavedSearch
from alerts.model.posting import Posting
from alerts.model.search import Match
from alerts.normalise.employer import employers
from alerts.store.outbox import QueuedAlert
from alerts.store.store import Store

Found = Sequence[tuple[SavedSearch, Match]]


def due(saved: SavedSearch, channel: Channel, plan: Plan, now: datetime) -> datetime:
    """When an alert of this search may go out on this channel: the channel's or the search's schedule, gathering, quiet hours."""
    zone, when = plan.settings.timezone, channel.digest or saved.when
    moment = when.next(now, zone)
    if when.cron is None:
        moment += plan.settings.gather
    return channel.quiet.until(moment, zone) if channel.quiet else moment


def enqueue(
    store: Store,
    plan: Plan,
    job: int,
    kind: EventKind,
    found: Found,
    now: datetime,
    *,
    key: str = "new",
    changes: Iterable[Change] = (),
) -> int:
    """Owe alerts of one event to every channel of every search that found it; how many are new.

    A job is told once for each channel and ``key``: where several searches of a channel want it, the one that may
    speak first names it and the others are named beside it.
    """
    by_channel: dict[str, list[tuple[datetime, SavedSearch, Match]]] = {}
    store.searches.keep_matches(job, now, ((saved.name, match) for saved, match in found))
    for saved, match in found:
        for name in saved.channels:
            if name in plan.channels:
                by_channel.setdefault(name, []).append((due(saved, plan.channels[name], plan, now), saved, match))
    told = 0
    for name, wishes in by_channel.items():
        moment, saved, match = min(wishes, key=lambda wish: wish[0])
        also = tuple(dict.fromkeys(other.name for _, other, _ in wishes if other.name != saved.name))
        told += store.outbox.enqueue(
            QueuedAlert(
                *(secrets.token_hex(8), name, job, kind, key, saved.name, now, moment),
                also=also,
                changes=tuple(changes),
                reasons=match.reasons,
                score=max(wish[2].score for wish in wishes),
            )
        )
    return told


def visible(store: Store, job: int, posting: Posting, found: Found, now: datetime) -> Found:
    """The matches that the user has not hidden: by job, by company, by search."""
    hidden = store.marks.hidden(now)
    if not hidden:
        return found
    if is_hidden(job, posting, hidden):
        return ()
    return [(saved, match) for saved, match in found if ("search", saved.name) not in hidden]


def is_hidden(job: int, posting: Posting, hidden: Container[tuple[str, str]]) -> bool:
    """Does a mark hide the job, by itself or by its company? ``hidden``: of ``Marks.hidden``."""
    return ("job", str(job)) in hidden or any(("company", name) in hidden for name in employers(posting))


def within_backfill(saved: SavedSearch, posting: Posting, now: datetime, first_seen: datetime | None = None) -> bool:
    """Is a posting that was there before the search asked recent enough to be told the first time?

    ``first_seen`` counts where the posting does not say its date and was not itself there from the start.
    """
    since = posting.posted or first_seen
    return saved.backfill is not None and since is not None and since >= now - saved.backfill - timedelta(minutes=5)
