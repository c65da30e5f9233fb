"""From a configuration to the means of work: lock, store, HTTP client, reading child, compiled searches."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime

from alerts.daemon import garbage, like_addresses, rates
from alerts.daemon.open_files import make_room
from alerts.fetch.client import Client
from alerts.fetch.fetcher import Fetcher
from alerts.match.matcher import Matcher
from alerts.model.plan import Plan
from alerts.normalise.rates import Rates
from alerts.notify import health, settlement
from alerts.notify.awake import last_awake
from alerts.notify.means import Means
from alerts.poll.backfill import backfill
from alerts.render.tongue import phrase
from alerts.sandbox.reader import Reader
from alerts.store import link_key
from alerts.store.ledger import PATIENCE
from alerts.store.places import lock
from alerts.store.store import Store

log = logging.getLogger("alerts")


@contextmanager
def at_work(plan: Plan, now: datetime, reader: Reader | None = None, *, patience: float = PATIENCE) -> Iterator[Means]:
    """Be the one worker on the database of ``plan``; raises StoreError when there is another. Asks nobody on the network.

    ``patience``: seconds to wait for another program that holds the database.
    """
    make_room()
    with ExitStack() as stack:
        stack.enter_context(lock(plan.settings.database))
        store = stack.enter_context(Store(plan.settings.database, keeper=True, patience=patience))
        client = stack.enter_context(client_of(plan))
        reader = stack.enter_context(reader or Reader())
        means = _means(plan, store, client, Fetcher(client, pace=plan.network.pace), reader, now)
        store.sources.release_all()
        store.outbox.release_all()
        if (seen := last_awake(store)) and seen > now:
            store.clock_moved(now, now - seen)
        link_key.take_over(store, plan.settings.database, now)
        settlement.replay(means)
        adopt(means, now)
        yield means


def adopt(means: Means, now: datetime) -> dict[str, int]:
    """Make the store say what the configuration says; new and edited searches are run over what is stored."""
    means.store.sources.configure(means.plan.sources, now)
    return backfill(means, now, like_addresses.rested_since(means.asked, means.store))


def with_plan(means: Means, plan: Plan, now: datetime) -> Means:
    """The same store and reader under a new configuration (a reload)."""
    if plan.settings.database != means.plan.settings.database:
        log.warning(
            "settings.database names another file now; it is taken at the next start, until then %s", means.plan.settings.database
        )
        plan = replace(plan, settings=replace(plan.settings, database=means.plan.settings.database))
    client = client_of(plan)
    fetcher = means.fetcher.renewed(client, pace=plan.network.pace)
    fresh = _means(plan, means.store, client, fetcher, means.reader, now)
    adopt(fresh, now)
    # What is in flight on the old client ends first; a closed client may be used again.
    means.client.close()
    return fresh


def client_of(plan: Plan) -> Client:
    """The HTTP client as the configuration wants it."""
    return Client.of(plan.network, contact=plan.settings.contact)


def without_secrets(plan: Plan) -> list[str]:
    """What is not served because its secret cannot be read, a line each."""
    sources = [f"the source {one.name!r} is not read: {one.missing}" for one in plan.sources if one.missing]
    silent = [one for one in plan.channels.values() if one.missing]
    return sources + [f"the channel {one.name!r} is not served, what is owed on it waits: {one.missing}" for one in silent]


def _means(plan: Plan, store: Store, client: Client, fetcher: Fetcher, reader: Reader, now: datetime) -> Means:
    means = Means(store, plan, Matcher(()), client, fetcher, reader, asked=plan.searches)
    return _compiled(means, None, now)


def with_likes(means: Means, why: Mapping[str, str], now: datetime) -> Means:
    """The same means with what :func:`alerts.daemon.like_pages.read` has read; ``why`` is its answer."""
    fresh = _compiled(means, why, now)
    adopt(fresh, now)
    return fresh


def _compiled(means: Means, why: Mapping[str, str] | None, now: datetime) -> Means:
    """With the searches compiled; what of them cannot be served is said. ``why`` None: nobody was asked for addresses yet."""
    store, plan = means.store, means.plan
    settled = like_addresses.settle(means.asked, store, why or {}, now)
    exchange = rates.kept(store) if plan.settings.rates == "ecb" else Rates.load()
    plan = replace(plan, searches=settled.searches)
    with garbage.building():
        matcher = Matcher(plan.searches, exchange, plan.aliases)
    means = replace(means, plan=plan, matcher=matcher, unread=settled.unread)
    if settled.unread and why is None:
        # What is wrong is said when it is known, a moment later.
        for remark in settled.remarks:
            log.info("%s", remark)
    else:
        _remark(means, [*without_secrets(plan), *settled.remarks], now)
    return means


def _remark(means: Means, remarks: list[str], now: datetime) -> None:
    """Say what of the configuration is not served: in the log at each start, to the operator when it is another than before."""
    for remark in remarks:
        log.warning("%s", remark)
    before = means.store.fact("remarks")
    if means.plan.settings.notify is None or remarks == (before[0].splitlines() if before else []):
        return
    with means.store.transaction():
        means.store.keep_fact("remarks", "\n".join(remarks), now)
        for remark in remarks:
            health.notice(means, phrase("the configuration needs a look"), f"{remark[0].upper()}{remark[1:]}.", now=now)
