"""The page of one job: everything that is said of it and by whom, its history, and what each search says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from alerts.acts.explain import became_of, explanation, judged, why_untold
from alerts.acts.history import identity, missing
from alerts.acts.like_texts import settled
from alerts.desk import acts, application_parts, inbox_cards, job_parts, letters, pages
from alerts.desk.call import Call
from alerts.model.errors import UsageError
from alerts.model.event import Change
from alerts.notify.alert_view import shown_first
from alerts.render import wording
from alerts.render.clean import link
from alerts.render.posting_json import record
from alerts.store.marks import Mark
from alerts.store.posting_rows import JobState, Stored
from alerts.store.short import short

#: Lines of history that are shown.
_HISTORY = 200


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history."""

    at: datetime
    when: str
    what: str
    more: str = ""
    look: str = ""
    changes: tuple[Change, ...] = ()


def _found(call: Call) -> tuple[JobState, list[Stored]]:
    """The job of the address; raises LookupError. The id must be that of the job itself."""
    state = acts.job_at(call)
    stored = call.store.postings.of_job(state.id)
    if not stored:
        raise LookupError(state.id)
    return state, stored


def show(call: Call) -> Response:
    """The page."""
    state, stored = _found(call)
    code = short(state.id)
    if call.params["job"] != code:  # it was merged into this one
        return Response(status_code=301, headers={"location": f"/jobs/{code}"})
    settings, names = call.plan.settings, call.source_names
    entry = call.store.inbox.of([state.id], call.person)[0]
    marks = inbox_cards.Marks.of(call.store, call.now)
    one = inbox_cards.build(call, [entry], marks)[0]
    postings = shown_first(stored, names)
    values = {
        "job": one,
        "code": code,
        "seen": wording.ago(state.first_seen, call.now, settings.timezone),
        "closed": _closed(call, state),
        "facts": job_parts.facts(postings[0], settings.currency, call.now, settings.timezone),
        "differing": job_parts.differing(postings[1:] if len(postings) > 1 else (), settings.currency),
        "posting": postings[0],
        "industry": postings[0].industry,
        "searches": list(_searches(call, state, stored)),
        "blocks": job_parts.blocks(postings[0].text),
        "pending": not postings[0].detailed,
        "page": link(postings[0].url),
        "listings": list(_listings(call, stored, names)),
        "known": list(missing(call.store, stored, settings.timezone)),
        "possibly": [(short(other), title) for other, title in _possibly(call, state)],
        "history": _history(call, state, stored, names),
        "notes": [(wording.clock(m.at, settings.timezone), m.note) for m in _marks(call, state) if m.mark == "note"],
        "letter": letters.shown(call, state),
        "application": application_parts.brief(call, state.id),
    }
    return pages.page(call, "job.html", values)


def _closed(call: Call, state: JobState) -> str:
    if not state.closed:
        return ""
    days = max(0, (state.closed - state.first_seen).days)
    return f"Closed on {wording.day(state.closed, call.now, call.plan.settings.timezone)}. Seen for {days} days."


def _searches(call: Call, state: JobState, stored: Sequence[Stored]) -> Iterator[dict[str, object]]:
    """What each search says, the wanting ones first."""
    told = call.store.outbox.told(state.id)
    found = []
    for saved in call.plan.searches:
        try:
            ready = settled(saved, call.store)
        except UsageError as error:
            found.append({"name": saved.name, "wanted": False, "near": False, "reasons": (), "fate": [str(error)]})
            continue
        said = explanation(ready, call.plan.aliases, stored, call.now)
        fate = [became_of(owed, call.plan.settings.timezone) for owed in told if saved.name in (owed.search, *owed.also)]
        if not fate:
            why = why_untold(ready, call.plan, list(stored), call.store, state.id, call.now) if said.match.wanted else ""
            fate = [f"never told{why}"]
        found.append(
            {"name": saved.name, "wanted": said.match.wanted, "near": said.near_miss, "reasons": said.reasons, "fate": fate}
        )
    yield from sorted(found, key=lambda one: (not one["wanted"], not one["near"]))


def _listings(call: Call, stored: Sequence[Stored], names: dict[str, str]) -> Iterator[dict[str, object]]:
    """Where it was seen, and why that is one job."""
    zone = call.plan.settings.timezone
    evidence = list(identity(stored))[1:]
    for number, one in enumerate(stored):
        why = evidence[number - 1].partition(": ")[2] if number else "shown first"
        why = why.rpartition(": ")[2] or why
        yield {
            "id": one.id,
            "source": names.get(one.posting.source, one.posting.source),
            "address": link(one.posting.url),
            "when": wording.clock(one.first_seen, zone),
            "why": f"one job: {why}" if number else why,
            "closed": one.closed is not None,
            "first": number == 0,
        }


def _possibly(call: Call, state: JobState) -> Iterator[tuple[int, str]]:
    others = [other for other, relation, _ in call.store.postings.pairs_of(state.id) if relation == "likely"]
    listings = call.store.pages.listings(others)
    for other in others:
        if other in listings:
            posting = listings[other][0].posting
            yield other, " at ".join(part for part in (posting.title, posting.company or "") if part)


def _marks(call: Call, state: JobState) -> list[Mark]:
    return call.store.marks.of("job", str(state.id))


def _history(call: Call, state: JobState, stored: Sequence[Stored], names: dict[str, str]) -> list[Happening]:
    """Events, alerts and marks in one line of time, newest first."""
    zone = call.plan.settings.timezone
    said = {"sent": ("Sent", "good"), "owed": ("Waits", "warn"), "dead": ("Given up", "warn"), "dropped": ("Not sent", "")}
    marks = {"hide": "Hidden", "applied": "Applied", "saved": "Saved"}
    found: list[tuple[datetime, str, str, str, tuple[Change, ...]]] = []
    for one in stored:
        where = names.get(one.posting.source, one.posting.source)
        found.append((one.first_seen, "Seen", f"at {where}", "now", ()))
        found += [(one.closed, "Gone", f"from {where}", "", ())] if one.closed else []
    found += [
        (event.at, wording.word("event", event.kind.value, part=0), "", "", event.changes)
        for event in call.store.events.of_job(state.id)
        if event.kind.value != "new"
    ]
    for owed in call.store.outbox.told(state.id):
        word, look = said.get(owed.state, (owed.state.capitalize(), ""))
        found.append((owed.at, word, f"{owed.event.value}, to {owed.channel}, for {owed.search}", look, ()))
    found += [(m.at, marks[m.mark], "by you", "", ()) for m in _marks(call, state) if m.mark in marks]
    found.sort(key=lambda each: each[0], reverse=True)
    return [Happening(at, wording.clock(at, zone), what, more, look, ch) for at, what, more, look, ch in found[:_HISTORY]]


def show_text(call: Call) -> Response:
    """The text alone."""
    state, stored = _found(call)
    posting = shown_first(stored, call.source_names)[0]
    values = {
        "title": posting.title,
        "blocks": job_parts.blocks(posting.text),
        "language": posting.language,
        "code": short(state.id),
    }
    return pages.bare(call, "text.html", values)


def as_json(call: Call) -> Response:
    """Everything that is stored of it, with the names of ``export``, ``explain`` and ``history``."""
    state, stored = _found(call)
    names = call.source_names
    told = [
        {"at": owed.at, "event": owed.event.value, "channel": owed.channel, "state": owed.state}
        for owed in call.store.outbox.told(state.id)
    ]
    searches = []
    for saved in call.plan.searches:
        try:
            searches.append(judged(settled(saved, call.store), call.plan.aliases, stored, call.now))
        except UsageError:
            continue
    return pages.data(
        {
            "job": short(state.id),
            "first_seen": state.first_seen,
            "closed": state.closed,
            "reposts": state.reposts,
            "postings": [record(one) for one in shown_first(stored, names)],
            "searches": searches,
            "alerts": told,
            "marks": [{"mark": mark.mark, "note": mark.note, "at": mark.at} for mark in _marks(call, state)],
            "history": [{"at": one.at, "what": f"{one.what} {one.more}".strip()} for one in _history(call, state, stored, names)],
        }
    )
