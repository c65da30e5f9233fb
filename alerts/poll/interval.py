"""When a source is read next: its interval, its terms, its habit, and patience after failures."""

from __future__ import annotations

import random
from datetime import timedelta

from alerts import plugins
from alerts.model.plan import Source
from alerts.model.raw import About
from alerts.store.sources import SourceState

LONGEST = timedelta(days=1)
SHORTEST_AUTO = timedelta(minutes=10)
#: While this machine has no network its sources are asked again after so long.
OFFLINE = timedelta(minutes=2)
#: Up to this share is added, so that sources which began together drift apart.
JITTER = 0.1


def after_good(source: Source, state: SourceState, ttl_minutes: int | None) -> timedelta:
    """How long to wait after a good reading."""
    wait = source.every
    if source.auto:
        habit = timedelta(seconds=state.interval) if state.interval else source.every
        wait = max(habit, timedelta(minutes=ttl_minutes or 0), SHORTEST_AUTO)
    return _spread(max(wait, least(source)))


def after_bad(source: Source, failures: int, retry_after: float | None) -> timedelta:
    """How long to wait after the ``failures``-th failure in a row: doubling, at most a day, never before the server allows."""
    wait = min(source.every * 2 ** min(failures, 8), max(LONGEST, source.every))
    return _spread(max(wait, timedelta(seconds=retry_after or 0), least(source)))


def after_offline(source: Source) -> timedelta:
    """How long to wait when nothing at all can be reached: soon, because that ends for all at once."""
    return _spread(min(source.every, OFFLINE))


def learn(state: SourceState, every: timedelta, *, changed: bool) -> timedelta:
    """The learned interval: shorter after a reading that brought something, longer after one that did not."""
    current = timedelta(seconds=state.interval) if state.interval else every
    return min(max(current * (0.7 if changed else 1.15), SHORTEST_AUTO), LONGEST)


def least(source: Source) -> timedelta:
    """The least time between two readings that the terms of the public place allow; stand-ins have none."""
    about: About = plugins.load("sources", source.kind).ABOUT
    default = About(title="").least_minutes
    if about.least_minutes <= default or "base_url" in source.options.model_fields_set:
        return timedelta(0)
    return timedelta(minutes=about.least_minutes)


def _spread(wait: timedelta) -> timedelta:
    return wait * random.uniform(1, 1 + JITTER)  # noqa: S311
