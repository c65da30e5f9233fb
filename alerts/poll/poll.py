"""First half of the story: one source → the outbox.

    poll(source):
        crawl     fetch its pages and read them                           → Listing
        recall    what of it is new, changed or outstanding?              → News
        complete  ask for details where they could matter; normalise      → News with postings
        match     which searches want it, and did before?                 → News with matches
        keep      ONE transaction { postings, jobs, matches, alerts owed, the source's state }

Before the transaction nothing is remembered: a crash means that the poll is simply done again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts import plugins
from alerts.dedupe.changes import content_key
from alerts.model.errors import AlertsError, FetchError, SourceError
from alerts.model.options import country_of
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.normalise.posting import normalise
from alerts.notify.means import Means
from alerts.poll import interval
from alerts.poll.crawl import Listing, crawl, has_details, read_details
from alerts.poll.record import Kept, News, keep
from alerts.store.store import Store

log = logging.getLogger("alerts")
#: The details of a posting are asked for this often in vain, then it is judged by what the list says.
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What one poll did, for the log and for people."""

    source: Source
    error: str | None = None
    unchanged: bool = False
    listed: int = 0
    kept: Kept = field(default_factory=Kept)
    problems: Sequence[str] = ()
    requests: int = 0
    moved_to: str | None = None


def poll(source: Source, means: Means, now: datetime) -> Report:
    """Read one claimed source and keep what it says; a failure is kept too, and never raised."""
    try:
        listing = _crawl(source, means, now)
        news = recall(source, listing, means.store)
        saved = complete(source, news, listing, means, now)
        match(news, means, now)
        return _keep(source, listing, news, saved, means, now)
    except SourceError as error:
        return _failed(source, error, means.store, now)
    except AlertsError:
        raise
    except Exception as error:  # whatever a posting does to a stage: it costs this poll, and is seen in ``status``
        log.exception("%s: a fault of job-alerts; please report it", source.name)
        fault = SourceError(f"reading it ran into a fault of job-alerts ({type(error).__name__}: {error}); please report it")
        return _failed(source, fault, means.store, now)


def _crawl(source: Source, means: Means, now: datetime) -> Listing:
    if source.missing:
        raise SourceError(f"it is not read without its secret: {source.missing}")
    store = means.store
    state = store.sources.state(source.key)
    # With details outstanding, or a drop that must repeat, the list itself is needed again: nothing may vouch for it.
    needed = state.dropped is not None or store.postings.pending_of(source.key)
    known = {} if needed else store.sources.validators(source.key)
    asking = means.matcher.asking(state.read)
    return crawl(source, known, asking, means.fetcher, means.reader, now)


def recall(source: Source, listing: Listing, store: Store) -> list[News]:
    """Those postings of a listing that are new, say something new, or still lack their details."""
    known = store.postings.known(source.key, list(listing.raws))
    news = []
    for source_id, raw in listing.raws.items():
        key, before = content_key(raw), known.get(source_id)
        if before is None or before.raw != key or before.pending:
            news.append(News(raw, key, before, pending=before.pending if before else None, tries=before.tries if before else 0))
    return news


def complete(source: Source, news: list[News], listing: Listing, means: Means, now: datetime) -> int:
    """Normalise, asking for details where some search could still want the posting; how many requests that saved."""
    about = plugins.load("sources", source.kind).ABOUT
    employer, country = source.company or listing.name, country_of(source.options)
    quiet = means.store.sources.state(source.key).first_read is None
    left, saved = means.plan.settings.details, 0

    def ready(raw: RawPosting) -> Posting:
        return normalise(raw, source=source.key, now=now, remote=about.remote, company=employer, country=country)

    for item in news:
        if item.known:
            stored = means.store.postings.get(item.known.id)
            item.before, item.seen = stored.posting, stored.first_seen
        item.posting = ready(item.raw)
        if item.raw.detailed or not has_details(source):
            item.pending = None
        elif not means.matcher.could_want(item.posting, now):
            item.pending, saved = None, saved + 1
        elif left > 0:
            left, listing.requests = left - 1, listing.requests + 1
            _detail(source, item, means, now, quiet=quiet)
            item.posting = ready(item.raw)
        else:
            item.pending = item.pending or ("quiet" if quiet or (item.known and not item.known.pending) else "new")
    return saved


def _detail(source: Source, item: News, means: Means, now: datetime, *, quiet: bool) -> None:
    try:
        item.raw, item.pending = read_details(source, item.raw, means.fetcher, means.reader, now), None
    except SourceError:
        item.tries += 1
        item.pending = None if item.tries >= MOST_TRIES else item.pending or ("quiet" if quiet else "new")


def match(news: list[News], means: Means, now: datetime) -> None:
    """Which searches want each posting as it is, and as it was."""
    whole = [item for item in news if item.posting and not item.pending]
    postings = [item.posting for item in whole if item.posting]
    for item, found in zip(whole, means.matcher.find(postings, now, [item.seen or now for item in whole]), strict=True):
        item.found = found
    changed = [item for item in whole if item.before]
    earlier = means.matcher.find([item.before for item in changed if item.before], now, [item.seen for item in changed])
    for item, found in zip(changed, earlier, strict=True):
        item.found_before = found


def _keep(source: Source, listing: Listing, news: list[News], saved: int, means: Means, now: datetime) -> Report:
    store = means.store
    with store.transaction():
        state = store.sources.state(source.key)
        kept = keep(source, listing, news, means, now)
        if source.auto and not listing.unchanged:
            store.sources.keep_pace(source.key, interval.learn(state, source.every, changed=kept.something))
        store.sources.keep_good(
            source.key,
            now,
            now + interval.after_good(source, store.sources.state(source.key), listing.ttl_minutes),
            changed=kept.something,
            listed=len(listing.raws) if kept.attendance.counted else None,
            requests=listing.requests,
            saved=saved,
        )
        store.sources.keep_validators(source.key, listing.validators)
    return Report(
        source,
        unchanged=listing.unchanged,
        listed=len(listing.raws),
        kept=kept,
        problems=tuple(listing.problems),
        requests=listing.requests,
        moved_to=listing.moved_to,
    )


def _failed(source: Source, error: SourceError, store: Store, now: datetime) -> Report:
    state = store.sources.state(source.key)
    retry_after = error.retry_after if isinstance(error, FetchError) else None
    store.sources.keep_bad(source.key, now, now + interval.after_bad(source, state.failures, retry_after), str(error))
    return Report(source, error=str(error))
