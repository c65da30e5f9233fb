"""deliveries: the messages sent, waiting and given up; try or drop one by hand."""

from __future__ import annotations

import argparse
from datetime import datetime

from alerts.acts import deliveries as acts
from alerts.cli.commands._shared import clock, emit, here, json_option, plan_of, reading, say, table, writing
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.model.spoken import ago
from alerts.model.trace import poll_id
from alerts.store.outbox import Delivery, QueuedAlert
from alerts.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which."""
    parser.add_argument(
        "what", nargs="?", default="list", choices=["list", "show", "retry", "release", "drop"], help="default: list"
    )
    parser.add_argument("delivery", nargs="?", metavar="ID", help="a delivery's id or its first characters; for retry also: dead")
    parser.add_argument("--state", choices=["waiting", "sent", "dead", "dropped", "held", "unreadable"], help="only these")
    parser.add_argument("--best", type=_best, metavar="N", help="release only the best N of what is held; the others are dropped")
    parser.add_argument("--limit", type=int, default=30, metavar="N", help="at most this many (30)")
    json_option(parser)


def _best(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError("must be a number from 1")
    return int(words)


def run(args: argparse.Namespace) -> int:
    """Print or change; 1 when nothing could be changed."""
    plan = plan_of(args)
    if args.what in ("list", "show"):
        with reading(plan) as store:
            return _list(store, args) if args.what == "list" else _show(store, args, plan)
    with writing(plan) as store:
        return _release(store, args) if args.what == "release" else _change(store, args)


def _list(store: Store, args: argparse.Namespace) -> int:
    found, now = store.outbox.deliveries(states=[args.state] if args.state else [], limit=args.limit), clock()
    if args.json:
        for delivery in found:
            emit(acts.fields(delivery))
        return 0
    sizes = store.outbox.sizes([d.id for d in found])
    rows = (
        [d.id[:8], d.channel, d.state, ago(d.created, now), d.attempts, acts.what(d, sizes.get(d.id, 0)), d.error] for d in found
    )
    table(rows, ["ID", "CHANNEL", "STATE", "AGE", "TRIES", "WHAT", "LAST ANSWER"])
    return 0


def _show(store: Store, args: argparse.Namespace, plan: Plan) -> int:
    delivery = _one(store, args.delivery)
    if args.json:
        alerts = store.outbox.of_delivery(delivery.id)
        told = [{"event": one.event.value, "job": one.job, "search": one.search, "poll": _poll(store, one)} for one in alerts]
        emit(acts.fields(delivery) | {"alerts": told})
        return 0
    for name in ("id", "channel", "state", "created", "due", "settled", "attempts", "error", "recipients"):
        value = getattr(delivery, name)
        if value not in (None, (), ""):
            words = here(value, plan) if isinstance(value, datetime) else value
            say(f"{name}: {', '.join(words) if isinstance(words, tuple) else words}")
    if delivery.notice:
        say("", delivery.notice["subject"], *(f"  {line}" for line in delivery.notice["text"].splitlines()))
    for owed in store.outbox.of_delivery(delivery.id):
        say(f"  {_line(store, owed)}")
    return 0


def _line(store: Store, owed: QueuedAlert) -> str:
    """One alert of a delivery."""
    stored = store.postings.of_job(owed.job)
    if not stored:
        return f"(what is stored of it cannot be read) ({owed.search})"
    posting = stored[0].posting
    state = "" if owed.state in ("owed", "sent") else f" [{owed.state}]"
    poll = f" [poll {found}]" if (found := _poll(store, owed)) else ""
    return f"{owed.event.value}: {posting.title} — {posting.company or 'company not stated'} ({owed.search}){state}{poll}"


def _poll(store: Store, owed: QueuedAlert) -> str | None:
    """The id of the poll that brought an alert, as the log has it."""
    source = store.readings.brought(owed.job, owed.at)
    return poll_id(source, owed.at) if source else None


def _change(store: Store, args: argparse.Namespace) -> int:
    if args.what == "retry" and args.delivery == "dead":
        chosen = store.outbox.deliveries(states=["dead"], limit=100_000)
    else:
        chosen = [_one(store, args.delivery)]
    done = (acts.retry if args.what == "retry" else acts.drop)(store, chosen, clock())
    if not chosen:
        say("nothing was given up")
        return 0
    say(f"{done} of {len(chosen)} {'are tried again with the next round' if args.what == 'retry' else 'dropped'}")
    return 0 if done == len(chosen) else 1


def _release(store: Store, args: argparse.Namespace) -> int:
    """Tell what is held: all of it, or the best."""
    count = acts.release(store, _one(store, args.delivery), clock(), args.best)
    say(f"{count:,} {'alert goes' if count == 1 else 'alerts go'} out with the next round")
    return 0


def _one(store: Store, start: str | None) -> Delivery:
    if not start:
        raise UsageError("name the delivery by its id, or the first characters of it; see: job-alerts deliveries")
    found = store.outbox.delivery(start)
    if found is None:
        raise UsageError(f"no single delivery has an id that begins with {start!r}; see: job-alerts deliveries")
    return found
