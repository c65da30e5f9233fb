"""A poll that failed: whose fault it is, the source's or this machine's network's, and when the source is asked again."""

from __future__ import annotations

from datetime import datetime

from alerts.model.errors import FetchError, SourceError
from alerts.model.plan import Source
from alerts.poll import interval
from alerts.store.sources import Sources, SourceState


def failed(source: Source, error: SourceError, sources: Sources, now: datetime) -> str:
    """Record a failure; why it failed, for the report. Call it inside a transaction."""
    state, why = sources.state(source.key), str(error)
    unreachable = isinstance(error, FetchError) and error.unreachable
    others = sources.reached_since(state.unreachable or now, source.key) if unreachable else True
    if others is None:
        # The only source there is: it may be either's fault, so it is told as its own and asked again as the machine's.
        sources.keep_bad(source.key, now, now + interval.after_offline(source), why, unreachable=True)
    elif not others:
        why += "; no other source was reached since either, so this machine's network seems to be down: it is asked again soon"
        sources.keep_offline(source.key, now, now + interval.after_offline(source), why)
    else:
        _own_fault(source, error, state, sources, now, unreachable=unreachable)
    return why


def _own_fault(
    source: Source, error: SourceError, state: SourceState, sources: Sources, now: datetime, *, unreachable: bool
) -> None:
    retry_after = error.retry_after if isinstance(error, FetchError) else None
    due = now + interval.after_bad(source, state.failures, retry_after)
    sources.keep_bad(source.key, now, due, str(error), unreachable=unreachable)
    if state.unreachable and not unreachable:
        sources.hasten_unreachable(now)
    if isinstance(error, FetchError) and error.status is not None:
        # What a server gave out before it was in trouble may be what troubles it.
        sources.keep_validators(source.key, {})
