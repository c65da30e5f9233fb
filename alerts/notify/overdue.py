"""What was due and was not done: the proof that ``status`` and ``/readyz`` ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from alerts.model.plan import Plan
from alerts.model.spoken import ago
from alerts.store.sources import SourceState

#: What is due may be late by one interval (where cron is the daemon, it comes with the next round) and by so much.
GRACE = timedelta(seconds=30)


def sources(plan: Plan, states: Iterable[SourceState], now: datetime) -> dict[str, str]:
    """By key: sources that should have been read long ago, and what to say of them."""
    every = {source.key: source.every for source in plan.sources}
    return {
        state.key: _said(state.due, now)
        for state in states
        if state.key in every and now > state.due + _interval(every[state.key], state.interval) + GRACE
    }


def channels(plan: Plan, due: Mapping[str, datetime], now: datetime) -> dict[str, str]:
    """By name: channels whose messages should have gone out long ago, and what to say of them."""
    patience = plan.settings.every + GRACE
    return {name: _said(when, now) for name, when in due.items() if name in plan.channels and now > when + patience}


def _interval(every: timedelta, learned: float | None) -> timedelta:
    return max(every, timedelta(seconds=learned or 0))


def _said(due: datetime, now: datetime) -> str:
    return f"due {ago(due, now)} ago and not done; does job-alerts run, and is there room on its disk?"
