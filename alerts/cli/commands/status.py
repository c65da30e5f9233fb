"""status: how sources and channels are, and what is owed."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta

from alerts.cli.commands import _overdue as overdue
from alerts.cli.commands._shared import ago, ahead, clock, emit, json_option, plan_of, reading, say, table
from alerts.model.plan import SavedSearch
from alerts.store.channels import ChannelState


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """1 when a source or a channel is in trouble."""
    plan, now = plan_of(args), clock()
    with reading(plan) as store:
        sources, channels = store.sources.states(), store.channels.states()
        counts, (jobs, postings, open_postings) = store.outbox.counts(), store.postings.count()
        week = store.events.counts(now - timedelta(days=7))
        matched = store.searches.counts(now - timedelta(days=7))
        late = overdue.sources(plan, sources, now)
        waiting = overdue.channels(plan, store.outbox.channels_due(now), now)
    parked = {name: states["owed"] for name, states in counts.items() if name not in plan.channels and states.get("owed")}
    dead = {name: states["dead"] for name, states in counts.items() if name in plan.channels and states.get("dead")}
    bad = (
        any(s.failures for s in sources)
        or any(c.failures for c in channels.values() if c.name in plan.channels)
        or parked
        or dead
        or late
        or waiting
    )
    if args.json:
        emit(
            {
                "jobs": jobs,
                "postings": postings,
                "open_postings": open_postings,
                "week": week,
                "sources": [
                    {"name": s.name, "kind": s.kind, "read": s.read, "due": s.due, "listed": s.listed, "failures": s.failures}
                    | {"typical": s.typical, "interval": s.interval}
                    | {"late": s.key in late}
                    | {"error": s.error, "trouble": s.trouble, "requests": s.requests, "saved": s.saved, "changed": s.changed}
                    for s in sources
                ],
                "channels": {
                    name: {**counts.get(name, {}), "failures": c.failures if c else 0, "error": c.error if c else None}
                    | {"late": name in waiting}
                    for name in plan.channels
                    for c in [channels.get(name)]
                },
                "parked": parked,
                "searches": {saved.name: matched.get(saved.name, 0) for saved in plan.searches},
            }
        )
        return 1 if bad else 0
    say(f"{jobs} jobs, {postings} postings, {open_postings} open; this week: {_words(week) or 'nothing happened'}", "")
    table(
        (
            [
                s.name,
                ago(s.read, now),
                ago(s.changed, now),
                ahead(s.due, now),
                f"{s.listed or 0}{f' (some {s.typical:.0f})' if s.typical and round(s.typical) != s.listed else ''}",
                f"{s.requests} ({s.saved} saved)",
                s.trouble or s.error or late.get(s.key) or "good",
            ]
            for s in sources
        ),
        ["SOURCE", "READ", "CHANGED", "NEXT", "POSTINGS", "REQUESTS", "STATE"],
    )
    say("")
    table(
        (
            [
                name,
                *(counts.get(name, {}).get(state, 0) for state in ("owed", "sent", "dead")),
                _how(c, dead.get(name, 0), now, waiting.get(name)),
            ]
            for name in plan.channels
            for c in [channels.get(name)]
        ),
        ["CHANNEL", "OWED", "SENT", "DEAD", "STATE"],
    )
    for name, count in parked.items():
        are = "alert is" if count == 1 else "alerts are"
        say("", f"{count} {are} parked: the channel {name!r} is no longer in the configuration")
    say("")
    table(
        ([saved.name, matched.get(saved.name, 0), _told(saved, plan.settings.timezone, now)] for saved in plan.searches),
        ["SEARCH", "MATCHED THIS WEEK", "TOLD"],
    )
    return 1 if bad else 0


def _told(saved: SavedSearch, zone: str, now: datetime) -> str:
    """When the search speaks next."""
    return "now" if saved.when.cron is None else ahead(saved.when.next(now, zone), now)


def _how(state: ChannelState | None, dead: int, now: datetime, late: str | None) -> str:
    """How a channel is: its last error and the pause that it takes, else what is late or was given up."""
    if state is None or not state.failures:
        return late or _given_up(dead)
    paused = f" (paused, goes on {ahead(state.not_before, now)})" if state.not_before and state.not_before > now else ""
    return f"{state.error}{paused}"


def _given_up(count: int) -> str:
    """How a channel is that takes messages."""
    return f"{count} given up; see: job-alerts deliveries --state dead" if count else "good"


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())
