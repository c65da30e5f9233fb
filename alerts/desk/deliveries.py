"""The page of one message: what is in it, its tries, and what can be done about it."""

from __future__ import annotations

from starlette.responses import Response

from alerts.acts import deliveries as acts
from alerts.desk import channels, pages
from alerts.desk.call import Call, see_other
from alerts.render import wording
from alerts.render.clean import line
from alerts.store.outbox import Delivery
from alerts.store.short import short
from alerts.store.store import Store

#: Alerts that the page names.
MOST = 200


def _of_address(call: Call) -> Delivery:
    """The message that the address names, by its whole id; raises LookupError."""
    found = call.store.outbox.delivery(call.params["delivery"])
    if found is None or found.id != call.params["delivery"]:
        raise LookupError(call.params["delivery"])
    return found


def show(call: Call) -> Response:
    """The page."""
    delivery = _of_address(call)
    zone = call.plan.settings.timezone
    alerts = call.store.outbox.of_delivery(delivery.id)
    listings = call.store.pages.listings([alert.job for alert in alerts[:MOST]])
    values = {
        "row": channels.rows(call, [delivery])[0],
        "delivery": delivery,
        "created": wording.clock(delivery.created, zone),
        "settled": wording.clock(delivery.settled, zone) if delivery.settled else "",
        "tries": [(wording.clock(at, zone), said or "came to no end") for at, said in call.store.outbox.tries(delivery.id)],
        "alerts": [
            (short(alert.job), line(listings[alert.job][0].posting.title, 120), alert.event.value, alert.search, alert.state)
            for alert in alerts[:MOST]
            if alert.job in listings
        ],
        "more": max(len(alerts) - MOST, 0),
    }
    return pages.page(call, "delivery.html", values)


def as_json(call: Call) -> Response:
    """The same for programs."""
    delivery = _of_address(call)
    tries = [{"at": at, "said": said} for at, said in call.store.outbox.tries(delivery.id)]
    jobs = [
        {"id": short(alert.job), "event": alert.event.value, "search": alert.search, "state": alert.state}
        for alert in call.store.outbox.of_delivery(delivery.id)
    ]
    return pages.data(acts.fields(delivery) | {"tries": tries, "alerts": jobs})


def act(call: Call) -> Response:
    """Try again, tell what is held, drop: as the commands do."""
    delivery = _of_address(call)
    with call.desk.writing() as store:
        store.undo.say(call.person, call.now, _done(call, store, delivery))
    call.desk.nudge()
    return see_other("/channels")


def _done(call: Call, store: Store, delivery: Delivery) -> str:
    """Do it; what is said of it."""
    do = call.field("do")
    if do in ("release", "best"):
        count = acts.release(store, delivery, call.now, _best(call) if do == "best" else None)
        return f"{count:,} {'alert goes' if count == 1 else 'alerts go'} out with the next round."
    if do == "retry" and acts.retry(store, [delivery], call.now):
        return "It goes out with the next round."
    if do == "drop" and acts.drop(store, [delivery], call.now):
        return "Dropped: it is told to nobody."
    if do not in ("retry", "drop"):
        raise LookupError(do)
    return "Nothing was done: it was sent or dropped already."


def _best(call: Call) -> int:
    words = call.field("best")
    return min(int(words), 100_000) if words.isdecimal() and 0 < len(words) < 7 and int(words) else 40
