"""Notifies the operator when a source or channel starts failing, and when it recovers.

Sources that fail, list nothing any more, move or stop publishing; channels that take no messages.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from alerts.notify.awake import awake
from alerts.notify.context import Context
from alerts.notify.cut import cut_of
from alerts.render.tongue import Phrase, phrase, speaking
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
        lines += _change(context, "source", state.name, state.trouble, trouble, state.key, now)
    for name, channel in context.store.channels.states().items():
        if name in context.plan.channels:
            lines += _change(context, "channel", name, channel.trouble, channel_trouble(channel, now), name, now)
    return lines


def _patience(context: Context, state: SourceState, now: datetime) -> timedelta:
    """How long a source may publish nothing before that is far beyond its habit."""
    if state.changed is None or state.first_read is None or now - state.changed < QUIET:
        return STALE
    watched = min(HABIT, state.changed - state.first_read)
    published = context.store.events.pace(state.key, state.changed - watched)
    return max(QUIET, min(STALE, watched / published * GAPS)) if published >= 5 else STALE


def source_trouble(state: SourceState, now: datetime, patience: timedelta = STALE, cut: str | None = None) -> Phrase | None:
    """What is wrong with a source, in a sentence; None: nothing that lasts.

    ``patience``: how long it may publish nothing. ``cut``: what of it is left unread.
    """
    if state.failing_since and now - state.failing_since >= FAILING:
        return phrase(
            "could not be read since {day} ({tries} tries): {why}",
            day=_day(state.failing_since), tries=state.failures, why=state.error,
        )  # fmt: skip
    if cut:
        return phrase(
            "has more than is read in one go: {cut}, and what comes after is not seen; choose a narrower list of it", cut=cut
        )
    if state.dropped == 0 and state.typical and state.typical >= 1:
        usual = f"{state.typical:.0f}"
        return phrase("lists nothing any more, after some {usual} postings; the board may have moved", usual=usual)
    if state.changed and state.read and (state.typical or 0) >= 3 and now - state.changed >= patience:
        day = _day(state.changed)
        return phrase("has published nothing since {day}; the company may use another board now", day=day)
    return None


def channel_trouble(state: ChannelState, now: datetime) -> Phrase | None:
    """What is wrong with a channel, in a sentence; None: nothing that lasts."""
    lasting = state.failing_since is not None and now - state.failing_since >= CHANNEL_FAILING
    if state.failures >= CHANNEL_FAILURES or (state.failures and lasting):
        since = _day(state.failing_since or now)
        return phrase(
            "takes no messages since {day} ({tries} tries): {why}; they are kept",
            day=since,
            tries=state.failures,
            why=state.error,
        )
    return None


def moved(context: Context, key: str, name: str, address: str, now: datetime) -> None:
    """A source said that it moved for good; told once for each new address."""
    before = context.store.fact(f"moved:{key}")
    if before is None or before[0] != address:
        context.store.keep_fact(f"moved:{key}", address, now)
        text = phrase("It is at {address} now; put that address into the configuration.", address=address)
        notice(context, phrase("source {name} moved", name=name), text, now=now)


def _change(
    context: Context, what: str, name: str, before: str | None, after: Phrase | None, key: str, now: datetime
) -> list[str]:
    """Told once when it begins and once when it is over; the words in between may change without a new notice."""
    if bool(before) == bool(after):
        return []
    channel = name if what == "channel" else None
    keep = context.store.channels if channel else context.store.sources
    keep.keep_trouble(key, str(after) if after else None)
    subject, text = _needs_a_look(what, name, after) if after else _back(what, name)
    notice(context, subject, text, now=now, but_not=channel if after else None)
    return [f"{what} {name} {after or 'works again'}"]


def _needs_a_look(what: str, name: str, trouble: Phrase) -> tuple[Phrase, Phrase]:
    if what == "channel":
        return phrase("channel {name} needs a look", name=name), phrase("Channel {name} {trouble}.", name=name, trouble=trouble)
    return phrase("source {name} needs a look", name=name), phrase("Source {name} {trouble}.", name=name, trouble=trouble)


def _back(what: str, name: str) -> tuple[Phrase, Phrase]:
    if what == "channel":
        return phrase("channel {name} is back", name=name), phrase("Channel {name} works again.", name=name)
    return phrase("source {name} is back", name=name), phrase("Source {name} works again.", name=name)


def notice(context: Context, subject: Phrase, *lines: Phrase | str, now: datetime, but_not: str | None = None) -> str | None:
    """Owe a word to the operator by ``settings.notify`` (or, when that is the one in trouble, any other channel)."""
    chosen = context.plan.settings.notify
    if chosen is None:
        return None
    if chosen == but_not:
        chosen = next((name for name in context.plan.channels if name != but_not), None)
    if chosen is None:
        return None
    said = "\n".join(map(str, lines))
    number = hashlib.sha256(f"{subject} {said} {now:%Y-%m-%dT%H}".encode()).hexdigest()[:20]
    with speaking(context.plan.language_of(context.plan.channels[chosen])):
        context.store.outbox.notice(number, chosen, f"job-alerts: {subject}", "\n".join(map(str, lines)), now)
    return chosen


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
