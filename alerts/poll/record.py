"""The one transaction of a poll: postings, jobs and events are kept, and alerts owed, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alerts.dedupe.blocks import blocks
from alerts.dedupe.changes import compare, without_boilerplate
from alerts.dedupe.choose import Assignment, assign
from alerts.dedupe.consolidate import consolidate, in_order
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import Change, EventKind
from alerts.model.identity import Fingerprint
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.notify.enqueue import Found, enqueue, visible, within_backfill
from alerts.notify.enqueue_event import enqueue_event
from alerts.notify.means import Means
from alerts.poll.closing import Attendance, attend
from alerts.poll.crawl import Listing
from alerts.store.postings import Known

#: The listings of one job follow each other's changes within this time.
ECHO = timedelta(days=14)
Candidates = dict[str, list[tuple[int, Fingerprint]]]


@dataclass(slots=True)
class News:
    """One posting that said something new, on its way through a poll."""

    raw: RawPosting
    #: Hash of what the list said.
    key: str
    known: Known | None = None
    #: When it was first seen: now, unless it is stored.
    seen: datetime | None = None
    posting: Posting | None = None
    #: As it was stored, where it was.
    before: Posting | None = None
    #: "new" | "quiet" while its details are outstanding.
    pending: str | None = None
    tries: int = 0
    #: The searches that want it …
    found: Found = ()
    #: … and those that wanted it as it was.
    found_before: Found = ()


@dataclass(slots=True)
class Kept:
    """What was kept of a poll."""

    new: int = 0
    changed: int = 0
    reposted: int = 0
    told: int = 0
    attendance: Attendance = field(default_factory=Attendance)

    @property
    def something(self) -> bool:
        """Did anything happen at all?"""
        return bool(self.new or self.changed or self.reposted or self.attendance.closed or self.attendance.reopened)


def keep(source: Source, listing: Listing, news: Sequence[News], means: Means, now: datetime) -> Kept:
    """Keep what one listing brought; call it inside a transaction."""
    kept = Kept()
    quiet = means.store.sources.state(source.key).first_read is None
    kept.attendance = attend(source, listing, means, now)
    prints = [fingerprint(item.posting, with_text=True, seen=now) for item in news if item.posting]
    keys = [blocks(one) for one in prints]
    fresh = [number for number, item in enumerate(news) if item.known is None or item.known.pending]
    candidates = means.store.postings.candidates(sorted({key for number in fresh for key in keys[number]}))
    changes = _changes(news)
    for item, one, own in zip(news, prints, keys, strict=True):
        if item.known is None:
            _first_seen(item, one, own, candidates, means, now, kept, quiet=quiet)
        elif item.known.pending:
            _details_came(item, item.known, one, own, candidates, means, now, kept)
        else:
            _said_something_new(item, item.known, one, own, changes.get(item.raw.source_id, ()), means, now, kept)
    kept.told += kept.attendance.told
    return kept


def _changes(news: Sequence[News]) -> dict[str, tuple[Change, ...]]:
    """What became different, by the source's own id; a sentence that changed in many postings at once is no news of any."""
    changed = {
        item.raw.source_id: compare(item.before, item.posting)
        for item in news
        if item.before and item.posting and item.known and not item.known.pending and not item.pending
    }
    return without_boilerplate(changed)


def _first_seen(
    item: News,
    one: Fingerprint,
    keys: Sequence[str],
    candidates: Candidates,
    means: Means,
    now: datetime,
    kept: Kept,
    *,
    quiet: bool,
) -> None:
    store, posting = means.store, _posting(item)
    assignment = _assign(one, keys, candidates)
    state = store.postings.job(int(assignment.job)) if assignment.job else None
    job = state.id if state else store.postings.new_job(now, quiet=quiet)
    number = store.postings.add(posting, one, keys, item.key, now, job=job, pending=item.pending)
    _remember(candidates, keys, job, one)
    _pairs(job, assignment, means, now)
    if state is None:
        kept.new += 1
        if not item.pending:
            _new_job(job, number, item, means, now, kept, quiet=quiet)
    elif state.closed:
        store.postings.keep_job(job, closed=None, reposted=True)
        event = store.events.add(job, EventKind.REPOSTED, now, number)
        kept.reposted += 1
        kept.told += enqueue_event(EventKind.REPOSTED, event, job, posting, means, now, item.found)
    elif not state.quiet and not item.pending:
        kept.told += _further_listing(job, item, means, now)


def _details_came(
    item: News,
    known: Known,
    one: Fingerprint,
    keys: Sequence[str],
    candidates: Candidates,
    means: Means,
    now: datetime,
    kept: Kept,
) -> None:
    store, posting = means.store, _posting(item)
    store.postings.replace(known.id, posting, one, keys, item.key, pending=item.pending)
    store.postings.keep_tries(known.id, item.tries, item.pending)
    if item.pending:
        return
    job = known.job
    apart = {other for other, said, by_user in store.postings.pairs_of(job) if by_user and said == "different"}
    assignment = _assign(one, keys, candidates, job, apart)
    if assignment.job and len(store.postings.of_job(job)) == 1:
        store.postings.merge(int(assignment.job), job)
        job = int(assignment.job)
    _pairs(job, assignment, means, now)
    _remember(candidates, keys, job, one)
    if job == known.job:
        _new_job(job, known.id, item, means, now, kept, quiet=known.pending == "quiet")
    elif (state := store.postings.job(job)) and not state.quiet:
        kept.told += _further_listing(job, item, means, now)


def _said_something_new(
    item: News,
    known: Known,
    one: Fingerprint,
    keys: Sequence[str],
    changes: tuple[Change, ...],
    means: Means,
    now: datetime,
    kept: Kept,
) -> None:
    store, posting = means.store, _posting(item)
    if item.pending:
        # Its details are asked for again at the next poll; until then it stays as it was, whole.
        return
    store.postings.replace(known.id, posting, one, keys, item.key, pending=None)
    if not changes or _said_already(known.job, changes, means, now):
        return
    event = store.events.add(known.job, EventKind.CHANGED, now, known.id, changes)
    kept.changed += 1
    had = {saved.name for saved, _ in item.found_before}
    newly = [(saved, match) for saved, match in item.found if saved.name not in had and EventKind.NEW in saved.events]
    shown = visible(store, known.job, posting, newly, now)
    kept.told += enqueue(store, means.plan, known.job, EventKind.NEW, shown, now, changes=changes)
    still = [(saved, match) for saved, match in item.found if saved.name in had]
    kept.told += enqueue_event(EventKind.CHANGED, event, known.job, posting, means, now, still, changes)


def _said_already(job: int, changes: Sequence[Change], means: Means, now: datetime) -> bool:
    """Did another listing of the job (its other city, another board) change in the same way just before?"""
    now_says = {(change.field, change.after) for change in changes}
    return any(
        event.kind is EventKind.CHANGED
        and event.at >= now - ECHO
        and now_says <= {(change.field, change.after) for change in event.changes}
        for event in means.store.events.of_job(job)
    )


def _new_job(job: int, number: int, item: News, means: Means, now: datetime, kept: Kept, *, quiet: bool) -> None:
    means.store.events.add(job, EventKind.NEW, now, number)
    if quiet:
        for saved, match in item.found:
            means.store.searches.keep_match(saved.name, job, now, match.reasons, match.score)
        item.found = [(saved, match) for saved, match in item.found if within_backfill(saved, _posting(item), now)]
    kept.told += _tell_new(job, item, means, now)


def _further_listing(job: int, item: News, means: Means, now: datetime) -> int:
    """Another listing of a job that was not there from the start: together they may say what a search waited for."""
    stored = [one.posting for one in means.store.postings.of_job(job) if one.closed is None]
    state = means.store.postings.job(job)
    item.found = means.matcher.find([consolidate(in_order(stored))], now, [state.first_seen if state else now])[0]
    return _tell_new(job, item, means, now)


def _tell_new(job: int, item: News, means: Means, now: datetime) -> int:
    asked = [(saved, match) for saved, match in item.found if EventKind.NEW in saved.events]
    return enqueue(means.store, means.plan, job, EventKind.NEW, visible(means.store, job, _posting(item), asked, now), now)


def _posting(item: News) -> Posting:
    if item.posting is None:
        raise ValueError("a posting is kept only once it is normalised")
    return item.posting


def _assign(
    one: Fingerprint, keys: Sequence[str], candidates: Candidates, own: int | None = None, apart: Collection[int] = ()
) -> Assignment:
    """The job that a posting belongs to, judged against all that share a key with it, but for its own.

    ``apart``: jobs that the user said it is not.
    """
    rivals = {(job, print_) for key in keys for job, print_ in candidates.get(key, ()) if job != own}
    rivals = {rival for rival in rivals if (rival[1].source, rival[1].source_id) != (one.source, one.source_id)}
    ordered = sorted(rivals, key=lambda rival: (rival[0], rival[1].source_id))
    return assign(one, [(str(job), print_) for job, print_ in ordered], forced_different=[str(job) for job in apart])


def _remember(candidates: Candidates, keys: Sequence[str], job: int, one: Fingerprint) -> None:
    for key in keys:
        candidates.setdefault(key, []).append((job, one))


def _pairs(job: int, assignment: Assignment, means: Means, now: datetime) -> None:
    for other in assignment.possibly:
        if int(other) != job:
            means.store.postings.pair(job, int(other), "likely", assignment.evidence, now)
