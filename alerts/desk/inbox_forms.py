"""The inbox as JSON, with the names of ``export``, and as Atom; the same filters apply."""

from __future__ import annotations

from starlette.responses import Response

from alerts.desk import inbox, inbox_cards, pages
from alerts.desk.call import Call
from alerts.desk.inbox_cards import Shown
from alerts.desk.look import Look
from alerts.notify.alert_view import shown_first
from alerts.render.posting_json import record


def _page(call: Call) -> tuple[Look, list[Shown]]:
    found = inbox.look(call)
    filters = found.filters
    unread_only = filters.show == "unread" and not (filters.words or filters.like)
    rest = [entry for entry in inbox.after(found.entries, filters) if not (unread_only and (entry.read or entry.quiet))]
    return found, inbox_cards.build(call, rest[: inbox.PAGE], found.marks, found.said, found.window)


def as_json(call: Call) -> Response:
    """Jobs as ``export`` prints them, with what the person said of them; and the counts of every filter."""
    found, shown = _page(call)
    listings = call.store.pages.listings([one.job for one in shown])
    names = call.source_names
    jobs = []
    for one in shown:
        posting = record(shown_first(listings[one.job], names)[0])
        posting.pop("text")
        said = {"read": one.read, "saved": one.saved, "applied": one.applied, "hidden": one.hidden}
        jobs.append({"job": one.id, "at": one.at, "event": one.card.event, "searches": sorted(one.searches), **said, **posting})
    return pages.data({"address": found.filters.address(), "notes": found.notes, "jobs": jobs, "facets": found.counts})


def facet_as_json(call: Call) -> Response:
    """All values of one filter, with how many jobs each leaves and where they are."""
    found, facet = inbox.one_facet(call)
    names = {"words": "value", "count": "jobs", "address": "address", "chosen": "chosen"}
    values = [{said: getattr(one, name) for name, said in names.items()} for one in (facet.values if facet else ())]
    return pages.data({"facet": call.params["facet"], "address": found.filters.address(), "values": values})


def as_atom(call: Call) -> Response:
    """For a feed reader."""
    found, shown = _page(call)
    origin = call.desk.origins[0]
    updated = max((one.at for one in shown), default=call.now)
    values = {"origin": origin, "address": found.filters.address(), "jobs": shown, "updated": updated}
    text = pages.environment().get_template("inbox.atom").render(**values)
    return Response(text, media_type="application/atom+xml")
