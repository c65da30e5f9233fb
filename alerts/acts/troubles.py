"""Which sources and channels need a look, in words that say what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from alerts.model.plan import Plan
from alerts.notify import overdue
from alerts.store import places
from alerts.store.channels import ChannelState
from alerts.store.sources import SourceState
from alerts.store.store import Store


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, in a word and in words, and what to do about it."""

    badge: str
    words: str
    do: str = ""
    #: Does it fail, or does it only need a look?
    bad: bool = False


def of_sources(plan: Plan, states: Sequence[SourceState], moved: Mapping[str, str], now: datetime) -> dict[str, Trouble]:
    """By key: what is wrong with sources of the configuration. ``moved``: key → the address that the source named."""
    missing = {source.key: source.missing for source in plan.sources}
    late = overdue.sources(plan, states, now) if _runs(plan) else {}
    found = {
        state.key: _of_source(state, missing[state.key], moved.get(state.key), late.get(state.key))
        for state in states
        if state.key in missing and not state.rests(now)
    }
    return {key: trouble for key, trouble in found.items() if trouble}


def _of_source(state: SourceState, missing: str | None, moved: str | None, late: str | None) -> Trouble | None:
    if missing:
        return Trouble("not read", f"{missing}.", bad=True)
    if state.failures or state.unreachable:
        tries = f"{state.failures} {'try' if state.failures == 1 else 'tries'} failed" if state.failures else "It was not reached"
        return Trouble("fails", f"{tries}. The last answer: {state.error}.", _advice("source", state.error), bad=True)
    if moved:
        return Trouble("moved", f"It says that it is at {moved} now.", "Put that address into the configuration.")
    if state.dropped is not None:
        words = f"It lists {state.dropped} after {state.listed or 0}. So sharp a drop is not believed at once:"
        words += " nothing is called closed yet."
        return Trouble("shrunk", words, "Nothing needs doing unless it stays so: then look at its page.")
    if state.trouble:
        return Trouble(
            "needs a look", f"It {state.trouble}.", "Look at its page; find where it went with job-alerts add ADDRESS."
        )
    return _late(late)


def of_channels(plan: Plan, store: Store, now: datetime) -> dict[str, Trouble]:
    """By name: what is wrong with channels of the configuration."""
    states = store.channels.states()
    dead = store.outbox.given_up()
    late = overdue.channels(plan, store.outbox.channels_due(now), now) if _runs(plan) else {}
    found = {
        name: _of_channel(states.get(name, ChannelState(name)), channel.missing, dead.get(name, 0), late.get(name), now)
        for name, channel in plan.channels.items()
    }
    return {name: trouble for name, trouble in found.items() if trouble}


def _of_channel(state: ChannelState, missing: str | None, dead: int, late: str | None, now: datetime) -> Trouble | None:
    if missing:
        return Trouble("not served", f"{missing}. What is owed waits.", bad=True)
    if state.failures:
        tries = f"{state.failures} {'try' if state.failures == 1 else 'tries'} failed"
        words = f"{tries}. The last answer: {state.error}. Nothing is lost: what is owed waits."
        return Trouble("fails", words, _advice("channel", state.error), bad=True)
    if state.rests(now):
        return None
    if dead:
        are = "alert was" if dead == 1 else "alerts were"
        return Trouble("given up", f"{dead} {are} given up.", "Below is what was said; try again, or drop it.")
    return _late(late)


def _runs(plan: Plan) -> bool:
    """Where nothing works on the database everything is late, and that is said once, elsewhere."""
    return places.holder(plan.settings.database) is not None


def _late(words: str | None) -> Trouble | None:
    if not words:
        return None
    return Trouble("late", f"{words.partition(';')[0].capitalize()}.", "Start job-alerts run; job-alerts doctor looks further.")


def _advice(of: str, error: str | None) -> str:
    """What can be done about the words of a failure."""
    return next((one["do"] for one in _table()[of] if re.search(one["words"], error or "", re.IGNORECASE)), "")


@cache
def _table() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads(resources.files("alerts.acts").joinpath("advice.toml").read_text("utf-8"))
