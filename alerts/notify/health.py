"""Notifies the operator when a source or channel starts failing, and when it recovers.

Sources that fail, list nothing any more, move or stop publishing; channels that take no messages.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from alerts.notify.awake import awake
from alerts.notify.context import Context
from alerts.notify.cut import cut_of
from alerts.store.channels import ChannelState
from alerts.store.sources import SourceState

#: A source that fails this long is told of.
FAILING = timedelta(days=1)
#: A source that has published nothing for this long, at the least and where its habit is not known, is told of.
QUIET, STALE = timedelta(days=7), timedelta(days=45)
#: The habit is looked at over this time, and a silence of so many of its usual gaps is far beyond it.
HABIT, GAPS = timedelta(days=120), 12
#: A channel that fails this long, or this often in a row, is told of.
CHANNEL_FAILING = timedelta(hours=1)
CHANNEL_FAILURES = 5


def watch(context: Context, now: datetime) -> list[str]:
    """Look at every source and channel; what is newly wrong or right again, as lines for the log. Notices are owed."""
    awake(context.store, now)
    lines = []
    for state in context.store.sources.states():
        trouble = source_trouble(state, now, _patience(context, state, now), cut_of(context.store, state.key))
        lines += _change(context, f"source {state.name}", state.trouble, trouble, state.key, now, None)
    for name, channel in context.store.channels.states().items():
        if name in context.plan.channels:
            lines += _change(context, f"channel {name}", channel.trouble, channel_trouble(channel, now), name, now, name)
    return lines


def _patience(context: Context, state: SourceState, now: datetime) -> timedelta:
    """How long a source may publish nothing before that is far beyond its habit."""
    if state.changed is None or state.first_read is None or now - state.changed < QUIET:
        return STALE
    watched = min(HABIT, state.changed - state.first_read)
    published = context.store.events.pace(state.key, state.changed - watched)
    return max(QUIET, min(STALE, watched / published * GAPS)) if published >= 5 else STALE


def source_trouble(state: SourceState, now: datetime, patience: timedelta = STALE, cut: str | None = None) -> str | None:
    """What is wrong with a source, in a sentence; None: nothing that lasts.

    ``patience``: how long it may publish nothing. ``cut``: what of it is left unread.
    """
    if state.failing_since and now - state.failing_since >= FAILING:
        return f"could not be read since {_day(state.failing_since)} ({state.failures} tries): {state.error}"
    if cut:
        return f"has more than is read in one go: {cut}, and what comes after is not seen; choose a narrower list of it"
    if state.dropped == 0 and state.typical and state.typical >= 1:
        return f"lists nothing any more, after some {state.typical:.0f} postings; the board may have moved"
    if state.changed and state.read and (state.typical or 0) >= 3 and now - state.changed >= patience:
        return f"has published nothing since {_day(state.changed)}; the company may use another board now"
    return None


def channel_trouble(state: ChannelState, now: datetime) -> str | None:
    """What is wrong with a channel, in a sentence; None: nothing that lasts."""
    lasting = state.failing_since is not None and now - state.failing_since >= CHANNEL_FAILING
    if state.failures >= CHANNEL_FAILURES or (state.failures and lasting):
        return (
            f"takes no messages since {_day(state.failing_since or now)} ({state.failures} tries): {state.error}; they are kept"
        )
    return None


def moved(context: Context, key: str, name: str, address: str, now: datetime) -> None:
    """A source said that it moved for good; told once for each new address."""
    before = context.store.fact(f"moved:{key}")
    if before is None or before[0] != address:
        context.store.keep_fact(f"moved:{key}", address, now)
        notice(context, f"source {name} moved", f"It is at {address} now; put that address into the configuration.", now)


def _change(
    context: Context, who: str, before: str | None, after: str | None, key: str, now: datetime, channel: str | None
) -> list[str]:
    """Told once when it begins and once when it is over; the words in between may change without a new notice."""
    if bool(before) == bool(after):
        return []
    keep = context.store.channels if channel else context.store.sources
    keep.keep_trouble(key, after)
    if after:
        notice(context, f"{who} needs a look", f"{_sentence(who)} {after}.", now, but_not=channel)
        return [f"{who} {after}"]
    notice(context, f"{who} is back", f"{_sentence(who)} works again.", now, but_not=None)
    return [f"{who} works again"]


def notice(context: Context, subject: str, text: str, now: datetime, *, but_not: str | None = None) -> str | None:
    """Owe a word to the operator by ``settings.notify`` (or, when that is the one in trouble, any other channel)."""
    chosen = context.plan.settings.notify
    if chosen is None:
        return None
    if chosen == but_not:
        chosen = next((name for name in context.plan.channels if name != but_not), None)
    if chosen is None:
        return None
    number = hashlib.sha256(f"{subject} {text} {now:%Y-%m-%dT%H}".encode()).hexdigest()[:20]
    context.store.outbox.notice(number, chosen, f"job-alerts: {subject}", text, now)
    return chosen


def _sentence(words: str) -> str:
    """As the beginning of a sentence; a name in it stays as it is."""
    return words[:1].upper() + words[1:]


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
