"""Rows of the store → cards and lines, word for word those of the mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts.acts.explain import explanation
from alerts.acts.like_texts import settled
from alerts.desk.call import Call
from alerts.desk.kept import Same
from alerts.model.alert import Alert
from alerts.model.errors import UsageError
from alerts.model.event import EventKind
from alerts.model.search import Reason
from alerts.normalise.rates import Rates
from alerts.notify.alert_view import shown_first
from alerts.render import wording
from alerts.render.cards import Card, card
from alerts.store.inbox import Entry, values
from alerts.store.pages import Happened
from alerts.store.posting_rows import JobState, Stored
from alerts.store.short import short
from alerts.store.store import Store

#: Jobs of a page that are asked anew why they are wanted.
EXPLAINED = 20


@dataclass(frozen=True, slots=True)
class Folded:
    """A job that is possibly the same."""

    id: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One job of a list."""

    id: str
    job: int
    card: Card
    read: bool
    at: datetime
    #: "2 hours ago".
    when: str
    searches: tuple[str, ...]
    saved: bool
    applied: bool
    hidden: bool
    closed: bool
    language: str
    folded: tuple[Folded, ...] = ()
    #: "87 % like it: kubernetes, python", "Not wanted by any search".
    note: str = ""
    #: Where the page goes on without this job.
    next: str = ""

    @property
    def flags(self) -> tuple[str, ...]:
        """What the mail warns of, but for what the card shows in its own place."""
        shown = ("pay not stated", "possibly the same as") if self.folded else ("pay not stated",)
        return tuple(flag for flag in self.card.flags if not flag.startswith(shown))


@dataclass(frozen=True)
class Marks:
    """What the person said, as sets."""

    jobs: Mapping[str, frozenset[int]] = field(default_factory=dict)
    companies: frozenset[str] = frozenset()
    searches: frozenset[str] = frozenset()

    @classmethod
    def of(cls, store: Store, now: datetime) -> Marks:
        """All marks that hold now."""
        jobs: dict[str, set[int]] = {}
        rest: dict[str, set[str]] = {}
        for one in store.marks.all():
            if one.until and one.until <= now:
                continue
            if one.of == "job" and one.subject.isdecimal():
                jobs.setdefault(one.mark, set()).add(int(one.subject))
            elif one.mark == "hide":
                rest.setdefault(one.of, set()).add(one.subject)
        return cls(
            {mark: frozenset(ids) for mark, ids in jobs.items()},
            frozenset(rest.get("company", ())),
            frozenset(rest.get("search", ())),
        )

    def has(self, mark: str, job: int) -> bool:
        """Does the job bear the mark?"""
        return job in self.jobs.get(mark, frozenset())

    @property
    def hide_any(self) -> bool:
        """Is anything hidden at all?"""
        return bool(self.jobs.get("hide") or self.companies or self.searches)

    def hides(self, entry: Entry) -> bool:
        """Is the job hidden, or everything that it could be told for?"""
        if self.has("hide", entry.job) or not self.companies.isdisjoint(values(entry.companies)):
            return True
        return bool(entry.searches) and self.searches.issuperset(values(entry.searches))


@dataclass(frozen=True, slots=True)
class _Made:
    """A card, and what a list says of its job beside it; the same until something of the inbox changes."""

    card: Card
    at: datetime
    closed: bool
    language: str
    folded: tuple[tuple[int, Folded], ...]


def build(
    call: Call,
    entries: Sequence[Entry],
    marks: Marks,
    notes: Mapping[int, str] | None = None,
    version: tuple[int, int] | None = None,
) -> list[Shown]:
    """The jobs of a page; those possibly the same as one above stand folded in it. ``version``: of the entries."""
    made = _made(call, entries, (version or call.inbox_version)[0])
    zone = call.plan.settings.timezone
    shown: list[Shown] = []
    folded: set[int] = set()
    for entry in entries:
        if entry.job in folded or (one := made.get(entry.job)) is None:
            continue
        same = [(other, words) for other, words in one.folded if not marks.has("hide", other)]
        folded.update(other for other, _ in same)
        shown.append(
            Shown(
                one.card.job,
                entry.job,
                one.card,
                bool(entry.read),
                one.at,
                wording.ago(one.at, call.now, zone),
                values(entry.searches),
                marks.has("saved", entry.job),
                marks.has("applied", entry.job),
                marks.has("hide", entry.job),
                one.closed,
                one.language,
                tuple(words for _, words in same),
                (notes or {}).get(entry.job, ""),
            )
        )
    return shown


def _made(call: Call, entries: Sequence[Entry], version: int) -> dict[int, _Made]:
    """By job; those that were made for an earlier page are not made again."""
    about = (Same(call.plan), version, call.now.replace(second=0, microsecond=0))
    likely = call.store.pages.likely([entry.job for entry in entries])
    keys = {entry.job: (about, entry._replace(read=None), tuple(likely.get(entry.job, ()))) for entry in entries}
    found = {job: call.desk.cards.get(key) for job, key in keys.items()}
    lacking = [entry for entry in entries if found[entry.job] is None]
    for entry, one in _make(call, lacking, likely) if lacking else ():
        found[entry.job] = call.desk.cards.keep(keys[entry.job], one)
    return {job: one for job, one in found.items() if one is not None}


def _make(call: Call, entries: Sequence[Entry], likely: Mapping[int, Sequence[int]]) -> Iterator[tuple[Entry, _Made]]:
    store, settings = call.store, call.plan.settings
    numbers = [entry.job for entry in entries]
    others = {other for job in numbers for other in likely.get(job, ())}
    listings = store.pages.listings([*numbers, *others])
    states, names = store.pages.states(numbers), call.source_names
    reasons, happened = store.pages.reasons(numbers), store.pages.happened(numbers)
    _explain(call, [entry for entry in entries if not any(reasons.get(entry.job, {}).values())], listings, reasons)
    rates = Rates.load()
    for entry in entries:
        if entry.job not in listings or entry.job not in states:
            continue
        same = [other for other in likely.get(entry.job, ()) if other in listings]
        alert = _alert(entry, listings[entry.job], names, reasons.get(entry.job, {}), happened.get(entry.job), states)
        yield (
            entry,
            _Made(
                card(alert, now=call.now, zone=settings.timezone, home=settings.currency, rates=rates),
                alert.at,
                states[entry.job].closed is not None,
                alert.posting.language or "",
                tuple((other, _folded(other, listings[other], names)) for other in same),
            ),
        )


def _explain(
    call: Call, entries: Sequence[Entry], listings: Mapping[int, list[Stored]], reasons: dict[int, dict[str, tuple[Reason, ...]]]
) -> None:
    """Why a search wants what was there before anybody asked: nothing was told of it, so nothing was kept."""
    plan = call.plan
    searches = {saved.name: saved for saved in plan.searches}
    asked = [entry for entry in entries if entry.job in listings and not searches.keys().isdisjoint(values(entry.searches))][
        :EXPLAINED
    ]
    if not asked:
        return
    whole = call.store.postings.many([one.id for entry in asked for one in listings[entry.job]])
    for entry in asked:
        saved = searches[next(name for name in values(entry.searches) if name in searches)]
        stored = [whole[one.id] for one in listings[entry.job] if one.id in whole]
        with suppress(UsageError):
            found = explanation(settled(saved, call.store), plan.aliases, stored, call.now)
            reasons[entry.job] = {saved.name: found.reasons}


def _alert(
    entry: Entry,
    stored: Sequence[Stored],
    names: dict[str, str],
    reasons: Mapping[str, tuple[Reason, ...]],
    happened: Happened | None,
    states: Mapping[int, JobState],
) -> Alert:
    postings = shown_first(stored, names)
    state = states[entry.job]
    return Alert(
        id=short(entry.job),
        job=short(entry.job),
        search=" · ".join(values(entry.searches)),
        event=happened.kind if happened else EventKind.NEW,
        at=datetime.fromisoformat(entry.at),
        posting=postings[0],
        postings=postings,
        changes=happened.changes if happened else (),
        reasons=next(iter(reasons.values()), ()),
        reposted=state.reposts,
        score=entry.score,
    )


def _folded(job: int, stored: Sequence[Stored], names: dict[str, str]) -> Folded:
    posting = shown_first(stored, names)[0]
    parts = (posting.company or "", wording.where(posting), posting.source)
    return Folded(short(job), posting.title, " · ".join(part for part in parts if part))


def with_next(shown: Iterable[Shown]) -> list[Shown]:
    """Each with the job that is at hand when it goes."""
    jobs = list(shown)
    following = [*(one.id for one in jobs[1:]), jobs[-2].id if len(jobs) > 1 else ""]
    return [replace(one, next=after) for one, after in zip(jobs, following, strict=False)]
