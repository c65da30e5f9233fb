"""What a person wished for at the desk is done here, by the one that reads and sends, and answered in the same row."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from alerts.acts.sample import lift_pause, said_of, send_sample
from alerts.daemon import application_wishes
from alerts.model.errors import AlertsError
from alerts.notify.means import Means
from alerts.store.requests import Request

log = logging.getLogger(__name__)

#: What a look is called; the second accepts the terms of the place.
LOOKS = LOOK, ACCEPTING = "look", "look-accepting"
#: What is answered, and whether it was refused.
Answer = tuple[str, bool]
#: How a kind of wish is done.
Way = Callable[[Means, Request, datetime], Answer]
_GONE = "It is not in the configuration any more; nothing was done."


def take(means: Means, now: datetime, reload: Callable[[], None] = lambda: None) -> int:
    """Do all that is wished for but tests and looks; how many. ``reload``: asks for the configuration to be read anew."""

    def read_anew(_: Means, __: Request, ___: datetime) -> Answer:
        reload()
        return "The configuration is read anew.", False

    return _settle(means, now, lambda wish: wish.what != "test" and wish.what not in _LONG, _DO | {"reload": read_anew})


def take_tests(means: Means, now: datetime) -> int:
    """Send the tests that are wished for: the other side may let us wait; how many."""
    return _settle(means, now, lambda wish: wish.what == "test", {"test": _test})


def take_looks(means: Means, now: datetime) -> int:
    """Look at the places that somebody may want to watch, ask for forms and drafts: that may take minutes; how many."""
    return _settle(means, now, lambda wish: wish.what in _LONG, _LONG)


def _settle(means: Means, now: datetime, ours: Callable[[Request], bool], ways: Mapping[str, Way]) -> int:
    wishes = [wish for wish in means.store.requests.open() if ours(wish)]
    for wish in wishes:
        # Answered before it is done: what fails in the middle shall not be done again and again.
        means.store.requests.settle(wish.id, now, "It was begun and came to no end; wish for it again.", refused=True)
        said, refused = ways.get(wish.what, _unknown)(means, wish, now)
        means.store.requests.settle(wish.id, now, said, refused=refused)
    return len(wishes)


def _read(means: Means, wish: Request, now: datetime) -> Answer:
    source = next((one for one in means.plan.sources if one.key == wish.subject), None)
    if source is None or not means.store.sources.hasten(source.key, now):
        return _GONE, True
    if source.missing:
        return f"It cannot be read: {source.missing}", True
    return "It is read now.", False


def _pause(means: Means, wish: Request, now: datetime) -> Answer:
    if wish.until is None or wish.until <= now:
        return "The pause was over before it began; nothing was done.", True
    if wish.subject in means.plan.channels:
        means.store.channels.pause(wish.subject, wish.until)
    elif not means.store.sources.pause(wish.subject, wish.until):
        return _GONE, True
    return "It rests.", False


def _resume(means: Means, wish: Request, now: datetime) -> Answer:
    if wish.subject in means.plan.channels:
        means.store.channels.resume(wish.subject)
    elif not means.store.sources.pause(wish.subject, None):
        return _GONE, True
    return "It goes on.", False


def _test(means: Means, wish: Request, now: datetime) -> Answer:
    channel = means.plan.channels.get(wish.subject)
    if channel is None:
        return _GONE, True
    if channel.missing:
        return f"It cannot send: {channel.missing}", True
    try:
        outcome, _ = send_sample(channel, means.plan, means.client, now)
    except AlertsError as error:
        return f"It could not be sent: {error}", True
    except Exception as error:  # a file of the user's that cannot be read, say: whatever it is, the wish gets its answer
        log.exception("%s: a test that was wished for", channel.name)
        return f"It could not be sent ({type(error).__name__}); the log says more.", True
    if outcome.state == "sent":
        lift_pause(means.store, channel.name, now)
    return said_of(outcome), outcome.state != "sent"


def _look(means: Means, wish: Request, now: datetime) -> Answer:
    """What ``job-alerts add`` would say and write, as JSON; the desk shows it, and writes it when it is told to."""
    from alerts.daemon.adding import Adding, How

    how = How(dry_run=True, yes_terms=wish.what == ACCEPTING)
    try:
        outcome = Adding(how, means.plan, means.fetcher, means.reader, now).place(wish.subject)
    except AlertsError as error:
        return json.dumps({"state": "not", "lines": [str(error)[:500]], "table": {}}), False
    lines = [line[:300] for line in outcome.lines()[:20]]
    terms = bool(outcome.found and outcome.found.state == "terms")
    said = {"state": outcome.state, "name": outcome.name, "lines": lines, "toml": outcome.toml, "table": dict(outcome.table)}
    return json.dumps(said | {"terms": terms}), False


def _unknown(means: Means, wish: Request, now: datetime) -> Answer:
    return f"{wish.what!r} is nothing that can be done.", True


_DO: dict[str, Way] = {"read": _read, "pause": _pause, "resume": _resume}
_LONG: dict[str, Way] = dict.fromkeys(LOOKS, _look)
_LONG |= {"form": application_wishes.ask_form, "draft": application_wishes.draft}
