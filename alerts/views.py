"""Rows of the store → the alert that a message shows: the job with all its places, the employer's own first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alerts.dedupe.address import identify
from alerts.model import Alert, Posting
from alerts.store.outbox import Owed
from alerts.store.postings import Stored
from alerts.store.short import short
from alerts.store.store import Store

#: Systems that show other people's postings; an employer's own board or site comes before them.
AGGREGATORS = frozenset(
    {"linkedin", "indeed", "glassdoor", "ziprecruiter", "simplify", "remoteok", "remotive", "himalayas", "jobicy", "arbeitnow"}
    | {"themuse", "workingnomads", "weworkremotely", "adzuna", "hackernews", "dice", "monster", "builtin", "wellfound"}
)


def alert_of(store: Store, owed: Owed, *, letter: str | None = None) -> Alert:
    """The alert with everything that a message may want to say."""
    postings = shown_first(store.postings.of_job(owed.job), store.sources.names())
    job = store.postings.job(owed.job)
    return Alert(
        id=owed.id,
        job=short(owed.job),
        search=" · ".join((owed.search, *owed.also)),
        event=owed.event,
        at=owed.at,
        posting=postings[0],
        postings=postings,
        changes=owed.changes,
        reasons=owed.reasons,
        possibly=tuple(short(other) for other, relation, _ in store.postings.pairs_of(owed.job) if relation == "likely"),
        reposted=job.reposts if job else 0,
        score=owed.score,
        letter=letter,
    )


def shown_first(stored: Sequence[Stored], names: dict[str, str]) -> tuple[Posting, ...]:
    """The open postings (all, where none is open), the employer's own first, each under the name of its source."""
    alive = [one for one in stored if one.closed is None] or list(stored)
    named = [replace(one.posting, source=names.get(one.posting.source, one.posting.source)) for one in alive]
    return tuple(sorted(named, key=_distance))


def _distance(posting: Posting) -> tuple[bool, bool, bool]:
    """How far a posting is from the employer: boards of employers, then sites that say more, then aggregators."""
    identity = identify(posting.apply_url or posting.url)
    aggregated = identity is not None and identity.system in AGGREGATORS
    return (aggregated, identity is None, not posting.text)
