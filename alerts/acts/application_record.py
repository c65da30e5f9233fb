"""An application as the JSON object that ``application --json`` and ``export`` print; its names are a promise to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.acts.application_stats import Row
from alerts.dedupe.changes import compare
from alerts.model.application import OVER, Application, Copy, Entry
from alerts.model.event import Change
from alerts.model.plan import Plan
from alerts.model.posting import Posting
from alerts.notify.alert_view import shown_first
from alerts.notify.reminders import wants
from alerts.render.posting_json import record
from alerts.store.short import short
from alerts.store.store import Store

#: Columns of the CSV form.
COLUMNS = (
    *("job", "title", "company", "state", "since", "begun", "applied", "answered", "next", "next_at", "level", "source"),
    *("searches", "closed", "url", "contacts", "notes"),
)


def posting_now(store: Store, job: int) -> Posting | None:
    """The job as it reads now; None where nothing of it can be read."""
    stored = store.postings.of_job(job)
    return shown_first(stored, store.sources.names())[0] if stored else None


def kept(known: Application) -> Copy | None:
    """The posting as it read when it was applied for; before that, as it read last."""
    return known.copy_at(known.applied)


def changed(known: Application, now_reads: Posting | None) -> tuple[Change, ...]:
    """What became different since; what lost its text says nothing of that."""
    copy = kept(known)
    if copy is None or now_reads is None:
        return ()
    return tuple(one for one in compare(copy.posting, now_reads) if one.field != "text" or now_reads.text)


def coming(known: Application, now: datetime) -> tuple[datetime, Entry] | None:
    """The next appointment, where it is not over."""
    ahead = [(when, entry) for when, entry in known.appointments if when > now]
    return ahead[0] if ahead and known.state not in OVER else None


def summary(store: Store, known: Application, now: datetime) -> dict[str, object]:
    """One application in a row."""
    copy, state = kept(known), store.postings.job(known.job)
    shown = copy.posting if copy else posting_now(store, known.job)
    following = coming(known, now)
    return {
        "job": short(known.job),
        "title": shown.title if shown else "",
        "company": shown.company if shown else None,
        "state": known.state,
        "since": known.since,
        "begun": known.begun,
        "applied": known.applied,
        "answered": known.answered,
        "next": what(following[1]) if following else None,
        "next_at": following[0] if following else None,
        "level": shown.level if shown else None,
        "source": shown.source if shown else None,
        "searches": sorted(store.searches.matched(known.job)),
        "closed": state.closed if state else None,
        "url": (shown.apply_url or shown.url) if shown else None,
        "contacts": [entry.words for entry in known.of("contact")],
        "notes": [entry.words for entry in known.of("note")],
    }


def wanted(known: Application, plan: Plan, now: datetime) -> list[dict[str, object]]:
    """What of it wants the person today: an appointment, silence, the last day to apply."""
    found = wants(known, plan.applications, plan.settings.timezone, now)
    return [
        {"kind": one.kind, "what": what(one.entry) if one.kind == "appointment" and one.entry else None, "when": one.when}
        for one in found
    ]


def counted(known: Application, row: Mapping[str, object]) -> Row:
    """By what it is counted, from its row of ``summary``."""
    searches = row["searches"]
    return Row(known, str(row["source"] or ""), tuple(searches) if isinstance(searches, list) else (), str(row["level"] or ""))


def what(entry: Entry) -> str:
    """What an appointment is."""
    return "interview" if entry.kind == "state" else entry.words


def whole(store: Store, known: Application, now: datetime) -> dict[str, object]:
    """All of one: also the posting as it read, what changed since, what was sent, and everything that was ever said."""
    copy, letters = kept(known), known.of("letter")
    return summary(store, known, now) | {
        "letter": letters[-1].words if letters else None,
        "draft": known.draft.words if known.draft else None,
        "files": [entry.words for entry in known.of("file")],
        "answers": [{"question": e.more.get("question", ""), "answer": e.words, "at": e.at} for e in known.of("answer")],
        "posting": record(copy.posting) | {"kept": copy.at} if copy else None,
        "copies": [{"kept": one.at, "posting": record(one.posting)} for one in known.copies],
        "changed": [
            {"field": one.field, "before": one.before, "after": one.after}
            for one in changed(known, posting_now(store, known.job))
        ],
        "history": history(store.applications.everything(known.rows)),
    }


def history(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """Everything in the order of writing, what was taken back too."""
    return [
        {"entry": e.id, "kind": e.kind, "words": e.words, "at": e.at, "written": e.written, "when": e.when, "undone": e.undone}
        | ({"question": e.more["question"]} if "question" in e.more else {})
        for e in entries
    ]


def ordered(store: Store, now: datetime) -> list[Application]:
    """All that are under way or over, what wants to be seen first: those with an appointment, then the newest change."""
    found = [known for known in store.applications.all() if known.state]
    late = datetime.max.replace(tzinfo=now.tzinfo)

    def place(known: Application) -> tuple[bool, datetime, float]:
        following = coming(known, now)
        return known.state in OVER, following[0] if following else late, -known.since.timestamp()

    return sorted(found, key=place)


def kept_changes(whole: dict[str, object]) -> list[str]:
    """What changed since the posting was kept, a line each."""
    changes = whole["changed"]
    rows = changes if isinstance(changes, list) else []
    return [f"{row['field']}: {row['before'] or '(nothing)'} → {row['after'] or '(nothing)'}" for row in rows]
