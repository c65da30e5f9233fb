"""The room of what is sent: channels, what waits and why, what was given up; wishes to the daemon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from alerts.acts import deliveries as acts
from alerts.acts import troubles
from alerts.acts.troubles import Trouble
from alerts.desk import pages, wishes
from alerts.desk.call import Call
from alerts.model.plan import Channel
from alerts.render import wording
from alerts.render.clean import line
from alerts.store.channels import ChannelState
from alerts.store.outbox import Delivery, QueuedAlert
from alerts.store.short import short

#: Rows of each table.
MOST = 50
PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Panel:
    """One channel, as it is shown."""

    #: Its place in the configuration: its name may hold what no anchor can.
    number: int
    name: str
    kind: str
    trouble: Trouble | None
    paused: str
    sent: int
    wait: int
    dead: int
    last: str
    rules: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """One message of the outbox."""

    id: str
    channel: str
    state: str
    what: str
    when: str
    tries: int
    said: str
    due: str


@dataclass(frozen=True, slots=True)
class Owed:
    """An alert that is owed and in no message yet."""

    job: str
    title: str
    channel: str
    why: str
    goes: str


def show(call: Call) -> Response:
    """Channels, those in trouble first; then the outbox."""
    panels = _panels(call)
    outbox, states = call.store.outbox, ("held", "dead", "waiting", "sent")
    owed = {name: counts.get("owed", 0) for name, counts in outbox.counts().items()}
    values = {
        "bad": [panel for panel in panels if panel.trouble],
        "good": [panel for panel in panels if not panel.trouble],
        "tables": {state: rows(call, outbox.deliveries(states=[state], limit=MOST)) for state in states},
        "owed": _owed(call, outbox.waiting(MOST)),
        "parked": {name: count for name, count in owed.items() if count and name not in call.plan.channels},
        "most": MOST,
    }
    return pages.page(call, "channels.html", values)


def as_json(call: Call) -> Response:
    """The same for programs."""
    found = troubles.of_channels(call.plan, call.store, call.now)
    states, counts = call.store.channels.states(), call.store.outbox.counts()
    channels = {
        name: {**counts.get(name, {}), "failures": state.failures, "error": state.error, "paused": state.rests(call.now)}
        | {"trouble": asdict(found[name]) if name in found else None}
        for name in call.plan.channels
        for state in [states.get(name, ChannelState(name))]
    }
    some = call.store.outbox.deliveries(limit=MOST)
    return pages.data({"channels": channels, "deliveries": [acts.fields(delivery) for delivery in some]})


def wish(call: Call) -> Response:
    """Send a test, let it rest, let it go on: asked of the daemon."""
    name, do = call.params["channel"], call.field("do")
    if name not in call.plan.channels:
        raise LookupError(name)
    shown = line(name, 80)
    if do == "test":
        wishes.ask(call, "test", name, f"A test is sent through {shown}; the next page shows what the server said.")
    elif do == "pause":
        until = call.now + PAUSE
        when = wording.clock(until, call.plan.settings.timezone)
        wishes.ask(call, "pause", name, f"{shown} rests until {when}; what is owed waits.", until=until)
    elif do == "resume":
        wishes.ask(call, "resume", name, f"{shown} goes on.")
    else:
        raise LookupError(do)
    return call.back("/channels", f"ch-{list(call.plan.channels).index(name)}")


def _panels(call: Call) -> list[Panel]:
    found = troubles.of_channels(call.plan, call.store, call.now)
    states, counts = call.store.channels.states(), call.store.outbox.counts()
    asked = call.store.requests.newest(call.now - wishes.TOLD_FOR)
    zone = call.plan.settings.timezone
    panels = []
    for number, (name, channel) in enumerate(call.plan.channels.items()):
        state, count = states.get(name, ChannelState(name)), counts.get(name, {})
        rests = state.rests(call.now)
        panels.append(
            Panel(
                number=number,
                name=name,
                kind=channel.kind,
                trouble=found.get(name),
                paused=wording.clock(rests, zone) if rests else "",
                sent=count.get("sent", 0),
                wait=count.get("owed", 0),
                dead=count.get("dead", 0),
                last=wording.ago(state.sent, call.now, zone) if state.sent else "never",
                rules=_rules(channel),
                told=wishes.told(asked.get(name), call),
            )
        )
    return panels


def _rules(channel: Channel) -> str:
    return f"At most {channel.max_per_hour} messages an hour" if channel.max_per_hour else ""


def rows(call: Call, found: Sequence[Delivery]) -> list[Row]:
    """Messages as they are shown."""
    sizes, zone = call.store.outbox.sizes([delivery.id for delivery in found]), call.plan.settings.timezone

    def said(moment: datetime | None) -> str:
        return wording.clock(moment, zone) if moment else ""

    return [
        Row(
            delivery.id,
            delivery.channel,
            delivery.state,
            line(acts.what(delivery, sizes.get(delivery.id, 0)), 160),
            said(delivery.settled or delivery.created),
            delivery.attempts,
            line(delivery.error or "", 300),
            said(delivery.due),
        )
        for delivery in found
    ]


def _owed(call: Call, alerts: Sequence[QueuedAlert]) -> list[Owed]:
    listings = call.store.pages.listings([alert.job for alert in alerts])
    states, zone = call.store.channels.states(), call.plan.settings.timezone
    found = []
    for alert in alerts:
        stored = listings.get(alert.job)
        until = states.get(alert.channel, ChannelState(alert.channel)).paused_until(call.now)
        why = "the channel rests" if until else f"“{alert.search}” speaks then"
        if alert.channel not in call.plan.channels:
            why = "the channel is not in the configuration"
        elif not until and alert.due <= call.now:
            why = "it is due"
        title = line(stored[0].posting.title, 120) if stored else "What is stored of it cannot be read"
        goes = max(until or alert.due, alert.due)
        found.append(Owed(short(alert.job), title, alert.channel, why, wording.clock(goes, zone) if goes > call.now else "now"))
    return found
