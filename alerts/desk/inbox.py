"""The room of what searches want: newest or best first, with filters that are addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from starlette.responses import Response

from alerts.acts.jobs import job_of
from alerts.acts.like import alike
from alerts.desk import facets, filter_words, inbox_cards, inbox_empty, pages
from alerts.desk.call import Call
from alerts.desk.facets import Filters
from alerts.desk.inbox_cards import Marks, Shown
from alerts.desk.kept import Same
from alerts.desk.look import Look
from alerts.model.errors import UsageError
from alerts.normalise.rates import Rates
from alerts.render import wording
from alerts.store import inbox as stored
from alerts.store.inbox import Entry
from alerts.store.short import number

PAGE = 50
#: Read jobs that stand below the unread ones.
READ = 10
#: Jobs found by words or likeness, at most.
FOUND = 200
#: Postings that likeness looks at from a page: it is asked for by a press.
ALIKE = 2000


def look(call: Call) -> Look:
    """The entries that the address asks for, and the counts of filters."""
    filters, notes = facets.parse(call.query)
    found = Look(filters, notes, Marks.of(call.store, call.now))
    rates = Rates.load()
    view = facets.View(call.now, call.plan.settings.timezone, rates.between, filter_words.pay_steps(call.plan))
    candidates = _candidates(call, found)
    found.full = len(candidates) >= stored.WINDOW

    def narrowed() -> tuple[list[Entry], dict[str, Counter[str]]]:
        entries, counts = facets.narrowed(_visible(call, found, candidates), filters, view)
        if filters.order == "best":
            entries = sorted(entries, key=lambda entry: (entry.score, entry.job), reverse=True)
        return entries, counts

    key = _about(call, found)
    found.entries, found.counts = call.desk.narrowed.of(key, narrowed) if found.window else narrowed()
    return found


def _about(call: Call, found: Look) -> Hashable:
    """All that the entries of a look into the window are made from; times are told to the minute."""
    marks, minute = found.marks, call.now.replace(second=0, microsecond=0)
    hidden = (marks.jobs.get("hide", frozenset()), marks.companies, marks.searches)
    asked = replace(found.filters, before="").address()
    return (Same(call.plan), call.person, found.window, asked, hidden, minute)


def _candidates(call: Call, found: Look) -> list[Entry]:
    filters, store = found.filters, call.store
    if filters.words:
        jobs = list(dict.fromkeys(hit.job for hit in store.search(filters.words, FOUND)))
        wanted = store.inbox.of(jobs, call.person)
        found.said = {entry.job: "Not wanted by any search" for entry in wanted if not entry.searches}
        return wanted
    if filters.like:
        job = job_of(store, filters.like).id
        near = alike(store, job, call.now - timedelta(days=90), FOUND, ALIKE)
        found.said = {one.job: f"{percent} % like it: {', '.join(words)}" for percent, one, words in near}
        return store.inbox.of([one.job for _, one, _ in near], call.person)
    if filters.show in ("saved", "hidden"):
        marks = ("saved", "applied") if filters.show == "saved" else ("hide",)
        jobs = sorted({job for mark in marks for job in found.marks.jobs.get(mark, ())}, reverse=True)
        return sorted(store.inbox.of(jobs[: stored.WINDOW], call.person), key=lambda entry: (entry.at, entry.job), reverse=True)
    newest, version = call.desk.windows.newest(call.plan.settings.database, store.inbox, call.person, call.inbox_version)
    place = _place(filters.before)
    if place and newest and place <= (newest[-1].at, newest[-1].job) and len(newest) >= stored.WINDOW:
        return store.inbox.with_read(call.person, store.inbox.newest(before=place))
    found.window = version
    return newest


def _visible(call: Call, found: Look, entries: list[Entry]) -> list[Entry]:
    if found.filters.words or found.filters.like or found.filters.show == "hidden":
        return entries
    names = {saved.name for saved in call.plan.searches}
    kept = found.filters.show == "saved"
    if found.marks.hide_any:
        entries = [entry for entry in entries if not found.marks.hides(entry)]
    if kept:
        return entries
    wanted = {text for text in {entry.searches for entry in entries} if not names.isdisjoint(stored.values(text))}
    return [entry for entry in entries if entry.searches in wanted]


def _place(before: str) -> tuple[str, int] | None:
    at, _, job = before.rpartition(".")
    return (at, int(job)) if at and job.isdecimal() and len(job) < 16 else None


def after(entries: Sequence[Entry], filters: Filters) -> list[Entry]:
    """The entries after the page before."""
    if not (place := _place(filters.before)):
        return list(entries)
    if filters.order == "best":
        try:
            score = float(place[0])
        except ValueError:
            return list(entries)
        return [entry for entry in entries if (entry.score, entry.job) < (score, place[1])]
    return [entry for entry in entries if (entry.at, entry.job) < place]


def show(call: Call) -> Response:
    """The inbox."""
    try:
        found = look(call)
    except UsageError:
        return pages.error(call, 404, "There is nothing here.")
    filters = found.filters
    unread_only = filters.show == "unread" and not (filters.words or filters.like)
    rest = after(found.entries, filters)
    unread = [entry for entry in rest if not entry.read and not entry.quiet] if unread_only else rest
    page, older = unread[:PAGE], len(unread) > PAGE
    read = [entry for entry in rest if entry.read][:READ] if unread_only else []
    made = inbox_cards.build(call, [*page, *read], found.marks, found.said, found.window)
    as_lines = {entry.job for entry in (read if unread_only else page if filters.show == "all" else []) if entry.read}
    cards = inbox_cards.with_next([one for one in made if one.job not in as_lines])
    lines = [one for one in made if one.job in as_lines]
    last = page[-1] if page and older else None
    values = {
        "filters": filters,
        "notes": found.notes,
        "days": _days(call, cards),
        "lines": lines,
        "facets": _facets(call, found),
        "chips": _chips(call, found),
        "shows": [(name.capitalize(), filters.changed(show=name).address(), name == filters.show) for name in facets.SHOWS],
        "orders": [(o.capitalize(), filters.changed(order=o).address(), o == filters.order) for o in ("newest", "best")],
        "counted": _counted(found),
        "freshness": _freshness(call),
        "older": _older(filters, last) if last else "",
        "until": call.now,
        "markable": [one.id for one in cards if not one.read],
        "like": _named(call, filters.like) if filters.like else "",
        "empty": inbox_empty.why(call, found) if not cards and not (lines and filters.show == "all") else None,
        "feed": filters.changed().address("/inbox.atom"),
        "data": filters.changed().address("/inbox.json"),
    }
    return pages.page(call, "inbox.html", values)


def _named(call: Call, code: str) -> str:
    postings = call.store.postings.of_job(job_of(call.store, code).id)
    return postings[0].posting.title if postings else code


def _older(filters: Filters, last: Entry) -> str:
    place = f"{last.score}.{last.job}" if filters.order == "best" else f"{last.at}.{last.job}"
    return filters.changed(before=place).address()


def _days(call: Call, cards: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    """By day, where they are in the order of time."""
    zone = ZoneInfo(call.plan.settings.timezone)
    if call.asked("order") == "best" or call.asked("q") or call.asked("like"):
        return [("", list(cards))] if cards else []
    today = call.now.astimezone(zone).date()

    def day(one: Shown) -> str:
        date = one.at.astimezone(zone).date()
        words = f"{date.day} {date:%B}" + ("" if date.year == today.year else f" {date.year}")
        names = {0: f"Today, {words}", 1: "Yesterday"}
        return names.get((today - date).days, words)

    return [(name, list(group)) for name, group in groupby(cards, day)]


def _namer(call: Call) -> filter_words.Namer:
    names = {facets.source_code(key): name for key, name in call.source_names.items()}
    return filter_words.Namer(names, call.plan.settings.currency)


def _facets(call: Call, found: Look, few: int = filter_words.FEW) -> list[filter_words.Facet]:
    return filter_words.shown(found.filters, found.counts, _namer(call), stored.WINDOW, few, full=found.full)


def _chips(call: Call, found: Look) -> list[tuple[str, str]]:
    namer, filters = _namer(call), found.filters
    return [
        (namer.words(facet, value), filters.toggled(facet, value).address())
        for facet in facets.FACETS
        for value in sorted(filters.chosen.get(facet, ()))
    ]


def _counted(found: Look) -> str:
    filters, total = found.filters, len(found.entries)
    plus = "+" if found.full else ""
    if filters.words:
        return f"{total} stored jobs say “{filters.words}”" + ("; the newest are shown" if total >= FOUND else "")
    if filters.like:
        return f"{total} stored jobs are like it"
    if filters.show == "unread":
        return f"{sum(not entry.read and not entry.quiet for entry in found.entries):,} unread of {total:,}{plus}"
    return f"{total:,}{plus} {'job' if total == 1 else 'jobs'}"


def _freshness(call: Call) -> str:
    """How fresh what is shown can be."""
    zone, states = call.plan.settings.timezone, call.source_states
    good = [state.read for state in states if state.read and not state.failures]
    bad = [state for state in states if state.failures]
    said = [f"every source was read; the oldest look was {wording.ago(min(good), call.now, zone)}"] if good and not bad else []
    if bad:
        since = min((state.read for state in bad if state.read), default=None)
        many = "1 source was" if len(bad) == 1 else f"{len(bad)} sources were"
        said = [f"{many} not read {'since ' + wording.clock(since, zone) if since else 'yet'}"]
    return " · ".join(said)


def show_facet(call: Call) -> Response:
    """All values of one filter."""
    found, facet = one_facet(call)
    values = {"title": filter_words.NAMES[call.params["facet"]], "facet": facet, "back": found.filters.address()}
    return pages.page(call, "facet.html", values)


def one_facet(call: Call) -> tuple[Look, filter_words.Facet | None]:
    """The filter of the address, None where it would not divide; raises LookupError."""
    if call.params["facet"] not in filter_words.NAMES:
        raise LookupError(call.params["facet"])
    found = look(call)
    shown = [one for one in _facets(call, found, 1000) if one.name == call.params["facet"]]
    return found, shown[0] if shown else None


def mark_read(call: Call) -> Response:
    """Mark read what the page had shown, not what came since."""
    numbers = [found for code in call.field("jobs").split()[:PAGE] if (found := number(code)) is not None]
    with call.desk.writing() as store:
        known = [entry.job for entry in store.inbox.of(numbers, call.person) if not entry.read]
        said = [f"Marked as read: {len(known)} {'job' if len(known) == 1 else 'jobs'}."]
        with store.undo.remembered(call.person, call.now, said, jobs=known):
            store.inbox.read(call.person, known, call.now)
    return call.back("/inbox")
