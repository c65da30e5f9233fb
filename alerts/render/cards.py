"""One alert as the words that every form of message shows; the context that templates see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alerts.model.alert import Alert
from alerts.model.event import Change, EventKind
from alerts.model.posting import Posting
from alerts.model.search import Reason
from alerts.normalise.rates import Rates
from alerts.render import clean, values, wording
from alerts.render.excerpt import excerpt
from alerts.render.tongue import count, say
from alerts.render.why import reasons

_SOURCES = 6
_CHANGES = 8
_CHANGE = 160
#: Reasons in a row.
_REASONS = 2


@dataclass(frozen=True, slots=True)
class Link:
    """Where to press: the label and an http(s) address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One change in words: "Pay", "CA$180k a year", "CA$200k a year"."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Card:
    """One alert in words; every text is harmless, on one line and bounded, "" where nothing is said."""

    #: The alert's id, and the short id of the job for commands.
    id: str
    job: str
    search: str
    #: new | changed | reposted | closed | reopened, and its word ("New", "Open again").
    event: str
    badge: str
    title: str
    company: str
    #: "Remote (Canada) · Toronto, ON", and the same for a subject line.
    where: str
    where_short: str
    #: "CA$200k–240k a year", the same for a subject line, and in the user's currency ("≈ €136k–163k").
    pay: str
    pay_short: str
    pay_home: str
    level: str
    employment: str
    #: "posted 2 hours ago", "closed 5 minutes ago"; and without the first word.
    age: str
    since: str
    #: "apply by 3 October", where the posting says so.
    deadline: str
    #: The employer's own address first; None where no posting has a usable one.
    apply: Link | None
    #: The other sources, each with its address; and all names of sources as one text.
    also: tuple[Link, ...]
    sources: str
    #: The source of the shown posting alone.
    source: str
    reasons: tuple[str, ...]
    #: The text around what matched in it.
    excerpt: str
    flags: tuple[str, ...]
    changes: tuple[Difference, ...]
    #: The command that hides the job; "" where it is closed.
    hide: str
    #: True where a draft letter is attached.
    letter: bool
    #: "Not for me", "Save" and "Applied" at the desk; empty where the desk is not reached from elsewhere.
    acts: tuple[Link, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Place, level, employment and age: what stands in the line below the title."""
        return tuple(fact for fact in (self.where, self.level, self.employment, self.age, self.deadline) if fact)

    @property
    def row(self) -> tuple[str, ...]:
        """What one of many jobs says below its title: place, pay, age and the last day."""
        pay = f"{self.pay} ({self.pay_home})" if self.pay_home else self.pay
        return tuple(fact for fact in (self.where, pay, self.age, self.deadline) if fact)

    @property
    def why(self) -> str:
        """Why one of many jobs is told, and what to know of it; "" where nothing is said."""
        return "; ".join((*self.reasons[:_REASONS], *self.flags))


def card(alert: Alert, *, now: datetime, zone: str = "UTC", home: str | None = None, rates: Rates | None = None) -> Card:
    """``alert`` in words, as read at ``now`` in the time zone ``zone`` by someone who is paid in ``home``."""
    shown = alert.posting
    links = tuple(_links(alert))
    stated = shown.pay
    return Card(
        id=clean.line(alert.id, 100),
        job=clean.line(alert.job, 40),
        search=clean.line(alert.search, 100),
        event=alert.event.value,
        badge=wording.word("event", alert.event.value, part=0),
        title=clean.line(shown.title, 200) or say("(no title)"),
        company=clean.line(shown.company, 100),
        where=wording.where(shown),
        where_short=clean.line(wording.where(shown, short=True), 80),
        pay=wording.pay(stated, home) if stated else "",
        pay_short=wording.pay(stated, home, short=True) if stated else "",
        pay_home=wording.pay_at_home(stated, home, rates) if stated else "",
        level=wording.word("level", shown.level or ""),
        employment=_employment(shown),
        age=" ".join(_age(alert, now, zone)),
        since=_age(alert, now, zone)[1],
        deadline=_deadline(alert, now),
        apply=links[0] if links else None,
        also=links[1:],
        sources=_sources(alert),
        source=clean.line(shown.source, 40),
        reasons=reasons(alert.reasons, _values(shown, home)),
        excerpt=excerpt(shown, alert.reasons) if alert.event != EventKind.CLOSED else "",
        flags=tuple(_flags(alert)),
        changes=_changes(alert.changes, now, home),
        hide=f"job-alerts hide {clean.line(alert.job, 40)}" if alert.job and alert.event != EventKind.CLOSED else "",
        letter=bool(alert.letter),
        acts=_acts(alert),
    )


def _deadline(alert: Alert, now: datetime) -> str:
    expires = alert.posting.expires if alert.event != EventKind.CLOSED else None
    return say("apply by {day}", day=wording.last_day(expires, now)) if expires else ""


def _links(alert: Alert) -> Iterator[Link]:
    """First where to apply (the shown posting is the employer's own where there is one), then every other source."""
    shown, seen = alert.posting, set()
    everywhere: list[tuple[str, str | None, str | None]] = []
    everywhere.append((_apply_label(alert), shown.apply_url, shown.url))
    everywhere += [(clean.line(one.source, 40) or say("source"), one.url, one.apply_url) for one in _others(alert)]
    for label, *addresses in everywhere[: _SOURCES + 1]:
        address = next((good for good in map(clean.link, addresses) if good), None)
        if address and address not in seen:
            seen.add(address)
            yield Link(label, address)


def _acts(alert: Alert) -> tuple[Link, ...]:
    words = {"hide": say("Not for me"), "save": say("Save"), "applied": say("Applied")}
    return tuple(Link(words[what], url) for what, url in alert.links.items() if what in words and clean.link(url))


def _apply_label(alert: Alert) -> str:
    """ "Apply at Northwind" where the address is the employer's own; else it names the board that it leads to."""
    shown = alert.posting
    company, source = clean.line(shown.company, 40), clean.line(shown.source, 40)
    if alert.event == EventKind.CLOSED:
        return say("See it at {name}", name=company or source)
    own = bool(company) and (bool(clean.link(shown.apply_url)) or company.casefold() in source.casefold())
    if own:
        return say("Apply at {name}", name=company)
    return say("See it on {name}", name=source) if source else say("See and apply")


def _others(alert: Alert) -> list[Posting]:
    mine = (alert.posting.source, alert.posting.source_id)
    return [one for one in alert.postings if (one.source, one.source_id) != mine]


def _sources(alert: Alert) -> str:
    return wording.several([clean.line(one.source, 40) for one in (alert.posting, *_others(alert))], _SOURCES, "sources")


def _employment(shown: Posting) -> str:
    """Full time goes without saying; everything else is worth a word."""
    kinds = [wording.word("employment", kind) or clean.line(kind, 20).replace("-", " ") for kind in shown.employment]
    said = say(" or ").join(kinds)
    return "" if shown.employment == ("full-time",) else said[:1].upper() + said[1:]


def _age(alert: Alert, now: datetime, zone: str) -> tuple[str, str]:
    posted = alert.posting.posted
    if alert.event == EventKind.NEW and posted and posted <= now:
        return wording.word("age", "posted"), wording.ago(posted, now, zone)
    return wording.word("age", alert.event.value), wording.ago(alert.at, now, zone)


def _flags(alert: Alert) -> Iterator[str]:
    shown = alert.posting
    if shown.pay is None and alert.event != EventKind.CLOSED and not _asked_for_pay(alert.reasons):
        yield say("pay not stated")
    if shown.pay is not None and shown.pay.currency_inferred:
        yield say("currency taken to be {currency}", currency=clean.line(shown.pay.currency, 3))
    if alert.reposted:
        yield count(alert.reposted, "reposted once", "reposted {number} times")
    if alert.possibly:
        jobs = wording.several([clean.line(one, 20) for one in alert.possibly], 3, "jobs")
        yield say("possibly the same as {jobs}", jobs=jobs)
    for asked in shown.eligibility:
        if asked.topic == "sponsorship" and not asked.answer:
            yield say("no visa sponsorship")
        elif asked.topic == "clearance" and asked.answer:
            yield say("asks for clearance")
        elif asked.topic == "citizenship" and asked.answer:
            yield say("asks for citizenship")
    if len(shown.title) > 200:
        yield say("title shortened")


def _values(shown: Posting, home: str | None) -> dict[str, str]:
    """What conditions found, where a code has words of its own."""
    pay = wording.pay(shown.pay, home) if shown.pay else ""
    return {"salary": pay, "level": wording.word("level", shown.level or "")}


def _asked_for_pay(tree: tuple[Reason, ...]) -> bool:
    """Do the reasons say already that the pay is not stated?"""
    unknown = wording.word("unknown", "salary").partition("(")[0]
    return any(said.startswith(unknown) for said in reasons(tree))


def _changes(changes: tuple[Change, ...], now: datetime, home: str | None) -> tuple[Difference, ...]:
    said = [_difference(change, now, home) for change in changes[:_CHANGES]]
    rest = len(changes) - len(said)
    return (
        *said,
        *(
            [Difference(say("More"), "", count(rest, "{number} other field changed", "{number} other fields changed"))]
            if rest > 0
            else []
        ),
    )


def _difference(change: Change, now: datetime, home: str | None) -> Difference:
    label = wording.word("field", change.field) or clean.line(change.field, 30).replace("_", " ").capitalize()
    before, after = (values.said(change.field, value, now, home) for value in (change.before, change.after))
    if before == after:  # too near to each other for rounded words
        before, after = change.before, change.after
    return Difference(label, clean.line(before, _CHANGE) or say("not stated"), clean.line(after, _CHANGE) or say("not stated"))
