"""status: how sources and channels are, and what is owed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, reading, say, table
from alerts.daemon.heartbeat import FACT as HEARTBEAT
from alerts.listener.asked import answers
from alerts.model.plan import Plan, SavedSearch
from alerts.model.spoken import ago, ahead
from alerts.model.trace import poll_id
from alerts.notify import overdue
from alerts.notify.act_links import ANSWERS
from alerts.store.channels import ChannelState
from alerts.store.places import holder
from alerts.store.sources import SourceState


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """1 when a source or a channel is in trouble."""
    plan, now = plan_of(args), clock()
    found = collect(plan, now)
    if args.json:
        emit(as_json(found))
    else:
        show(found, now)
    return 1 if found.bad else 0


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of one configuration's sources, channels and searches."""

    plan: Plan
    #: The process that works on the database; None where none does.
    worker: str | None
    #: jobs, postings, open postings
    stored: tuple[int, int, int]
    #: What happened in the last seven days: event → how often; and matches by search.
    week: Mapping[str, int]
    matched: Mapping[str, int]
    sources: Sequence[SourceState]
    #: Stored sources that this configuration does not name.
    others: int
    channels: Mapping[str, ChannelState]
    #: Channel → state of its alerts → how many.
    counts: Mapping[str, Mapping[str, int]]
    #: Floods that wait for the operator: (delivery, channel, how many alerts, of what).
    held: Sequence[tuple[str, str, int, str]]
    #: What was due long ago and was not done: key of a source, name of a channel → in words.
    late: Mapping[str, str]
    waiting: Mapping[str, str]
    #: How the last heartbeat went, and when.
    heartbeat: tuple[str, datetime] | None
    #: Does the listener answer that the configuration wants?
    listens: bool
    #: Key of a source that fails → the id of the first poll that did, as the log has it.
    polls: Mapping[str, str]
    #: How the desk answered where alerts would link to it, and when it was asked.
    desk: tuple[str, datetime] | None

    @property
    def parked(self) -> dict[str, int]:
        """Alerts owed to channels that the configuration no longer names."""
        owed = {name: states.get("owed", 0) for name, states in self.counts.items() if name not in self.plan.channels}
        return {name: count for name, count in owed.items() if count}

    def dead(self, channel: str) -> int:
        """Alerts of a channel that were given up."""
        return self.counts.get(channel, {}).get("dead", 0)

    @property
    def bad(self) -> bool:
        """Is a source or a channel in trouble?"""
        troubled = any(self.channels[name].failures for name in self.plan.channels if name in self.channels)
        given_up = any(self.dead(name) for name in self.plan.channels)
        return bool(any(one.failures for one in self.sources) or troubled or given_up or self.parked or self.late or self.waiting)


def collect(plan: Plan, now: datetime) -> Status:
    """Read the store once."""
    keys = {source.key for source in plan.sources}
    with reading(plan) as store:
        states = store.sources.states()
        due = store.outbox.channels_due(now)
        return Status(
            plan=plan,
            worker=holder(plan.settings.database),
            stored=store.postings.count(),
            week=store.events.counts(now - timedelta(days=7)),
            matched=store.searches.counts(now - timedelta(days=7)),
            sources=[one for one in states if one.key in keys],
            others=sum(1 for one in states if one.key not in keys),
            channels=store.channels.states(),
            counts=store.outbox.counts(),
            held=store.floods.held(),
            late=overdue.sources(plan, states, now),
            waiting=overdue.channels(plan, due, now),
            heartbeat=store.fact(HEARTBEAT) if plan.heartbeat else None,
            listens=plan.http is not None and answers(plan.http),
            polls={one.key: poll_id(one.key, one.failing_since) for one in states if one.failures and one.failing_since},
            desk=store.fact(ANSWERS) if plan.http and plan.http.link else None,
        )


def as_json(found: Status) -> dict[str, object]:
    """The documented JSON."""
    jobs, postings, open_postings = found.stored
    return {
        "configuration": str(found.plan.path),
        "database": str(found.plan.settings.database),
        "running": found.worker is not None,
        "listen": str(found.plan.http) if found.plan.http else None,
        "listens": found.listens,
        "heartbeat": {"said": found.heartbeat[0], "at": found.heartbeat[1]} if found.heartbeat else None,
        "jobs": jobs,
        "postings": postings,
        "open_postings": open_postings,
        "week": dict(found.week),
        "sources": [
            {"name": s.name, "kind": s.kind, "read": s.read, "due": s.due, "listed": s.listed, "failures": s.failures}
            | {"typical": s.typical, "interval": s.interval, "late": s.key in found.late}
            | {"error": s.error, "trouble": s.trouble, "requests": s.requests, "saved": s.saved, "changed": s.changed}
            | {"poll": found.polls.get(s.key)}
            for s in found.sources
        ],
        "channels": {
            name: {**found.counts.get(name, {}), "failures": c.failures if c else 0, "error": c.error if c else None}
            | {"late": name in found.waiting}
            for name in found.plan.channels
            for c in [found.channels.get(name)]
        },
        "parked": found.parked,
        "held": {delivery: count for delivery, _, count, _ in found.held},
        "searches": {saved.name: found.matched.get(saved.name, 0) for saved in found.plan.searches},
    }


def show(found: Status, now: datetime) -> None:
    """For a person: what runs where, then sources, channels and searches."""
    jobs, postings, open_postings = found.stored
    running = f"a daemon or poll works on it (process {found.worker})" if found.worker else "nothing works on it now"
    say(f"configuration  {found.plan.path}", f"database       {found.plan.settings.database}; {running}")
    _show_watchers(found, now)
    say(f"{jobs} jobs, {postings} postings, {open_postings} open; this week: {_words(found.week) or 'nothing happened'}", "")
    table((_source_row(found, one, now) for one in found.sources), _SOURCE_HEADS)
    if found.others:
        say("", f"{found.others} more {'is' if found.others == 1 else 'are'} stored that this configuration does not name")
    say("")
    table((_channel_row(found, name, now) for name in found.plan.channels), ["CHANNEL", "OWED", "SENT", "DEAD", "STATE"])
    for delivery, name, count, heading in found.held:
        say("", f"{name}: {count:,} alerts of {heading} wait for your word: job-alerts deliveries show {delivery[:8]}")
    for name, states in found.counts.items():
        if damaged := states.get("unreadable"):
            alerts = "alert" if damaged == 1 else "alerts"
            say("", f"{name}: {damaged} {alerts} cannot be read from the database; put aside, told to nobody")
    for name, count in found.parked.items():
        are = "alert is" if count == 1 else "alerts are"
        say("", f"{count} {are} parked: the channel {name!r} is no longer in the configuration")
    say("")
    zone = found.plan.settings.timezone
    table(
        ([saved.name, found.matched.get(saved.name, 0), _told(saved, zone, now)] for saved in found.plan.searches),
        ["SEARCH", "MATCHED THIS WEEK", "TOLD"],
    )


def _show_watchers(found: Status, now: datetime) -> None:
    """Where it can be asked, and how the last heartbeat went."""
    if found.plan.http:
        silent = "" if found.listens else "; nothing of this program answers there"
        say(f"listener       {found.plan.http}{silent}")
    if found.plan.heartbeat:
        last = f"{found.heartbeat[0]}, {ago(found.heartbeat[1], now)} ago" if found.heartbeat else "none was sent yet"
        say(f"heartbeat      {last}")
    if found.plan.http and found.plan.http.link:
        links = found.desk[0] if found.desk else f"{found.plan.http.link} was not asked yet"
        say(f"desk           {links}; alerts carry links while it answers")
    say("")


_SOURCE_HEADS = ("SOURCE", "READ", "CHANGED", "NEXT", "POSTINGS", "REQUESTS", "STATE")


def _source_row(found: Status, one: SourceState, now: datetime) -> list[object]:
    usual = f" (some {one.typical:.0f})" if one.typical and round(one.typical) != one.listed else ""
    poll = found.polls.get(one.key)
    return [
        one.name,
        ago(one.read, now),
        ago(one.changed, now),
        ahead(one.due, now),
        f"{one.listed or 0}{usual}",
        f"{one.requests} ({one.saved} saved)",
        (_rest(one, now) or one.trouble or one.error or found.late.get(one.key) or "good") + (f" [poll {poll}]" if poll else ""),
    ]


def _rest(one: SourceState, now: datetime) -> str:
    return f"paused by you, goes on {ahead(until, now)}" if (until := one.rests(now)) else ""


def _channel_row(found: Status, name: str, now: datetime) -> list[object]:
    counts = found.counts.get(name, {})
    numbers = [counts.get(state, 0) for state in ("owed", "sent", "dead")]
    return [name, *numbers, _how(found.channels.get(name), found.dead(name), now, found.waiting.get(name))]


def _told(saved: SavedSearch, zone: str, now: datetime) -> str:
    """When the search speaks next."""
    return "now" if saved.when.cron is None else ahead(saved.when.next(now, zone), now)


def _how(state: ChannelState | None, dead: int, now: datetime, late: str | None) -> str:
    """How a channel is: its last error and the pause that it takes, else what is late or was given up."""
    if state and (until := state.rests(now)):
        return f"paused by you, goes on {ahead(until, now)}"
    if state is None or not state.failures:
        return late or _given_up(dead)
    paused = f" (paused, goes on {ahead(state.not_before, now)})" if state.not_before and state.not_before > now else ""
    return f"{state.error}{paused}"


def _given_up(count: int) -> str:
    """How a channel is that takes messages."""
    return f"{count} given up; see: job-alerts deliveries --state dead" if count else "good"


def _words(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())
