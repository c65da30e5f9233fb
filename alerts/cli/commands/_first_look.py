"""What ``init`` does when the file is written: find what shall be watched, read it, and say what would have been told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from alerts.cli.commands import add
from alerts.cli.commands._questions import ask
from alerts.cli.commands._shared import clock, say
from alerts.config.load import load
from alerts.daemon.adding_outcome import Outcome
from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.nearly import failures, in_words
from alerts.model.plan import Plan
from alerts.model.posting import Posting
from alerts.normalise.posting import normalise
from alerts.normalise.rates import Rates

WEEK = timedelta(days=7)
_SHOWN = 5


@dataclass(slots=True)
class Seen:
    """What was read, and what of it the search wants."""

    read: int = 0
    sources: list[str] = field(default_factory=list)
    #: Posted in the last week, or without a date: what is told; and what is older.
    told: list[Posting] = field(default_factory=list)
    older: list[Posting] = field(default_factory=list)
    #: What one condition kept out, with it.
    near: list[tuple[Posting, str]] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)
    zone: str = "UTC"


def look(path: Path, places: Sequence[str], *, ask_again: bool) -> Seen:
    """Add each place to the configuration, and judge what it lists."""
    seen, waiting = Seen(), list(places)
    tries = 3 if ask_again else 0
    while waiting:
        place = waiting.pop(0)
        (outcome,) = add.added(path, [place])
        if outcome.state == "added" and outcome.found:
            seen.sources.append(outcome.name)
            _judge(outcome, load(path, secrets="where there"), seen)
            continue
        if tries and ask_again:
            tries -= 1
            say(*outcome.lines())
            waiting += [said] if (said := ask("Another address or name? (Enter: go on without)", "", lambda _: None)) else []
            continue
        seen.failed.append(outcome)
    seen.zone = load(path, secrets="where there").settings.timezone
    return seen


def _judge(outcome: Outcome, plan: Plan, seen: Seen) -> None:
    found, now = outcome.found, clock()
    if found is None:
        return
    compiled, rates = compile_search(plan.searches[0].search, aliases=plan.aliases), Rates.load()
    seen.read += found.openings
    for raw in found.raws.values():
        employer = found.company or found.name
        posting = normalise(raw, source="init", now=now, remote=found.about.remote, company=employer)
        match = evaluate(compiled, posting, now=now, rates=rates)
        if match.wanted:
            (seen.told if _recent(posting, now) else seen.older).append(posting)
        elif len(failed := failures(compiled, match)) == 1 and len(compiled.conditions) > 1:
            seen.near.append((posting, in_words(failed[0])))


def _recent(posting: Posting, now: datetime) -> bool:
    return posting.posted is None or posting.posted >= now - WEEK


def lines(seen: Seen, path: Path) -> Iterator[str]:
    """For a person."""
    for outcome in seen.failed:
        yield from (*outcome.lines(), "")
    if not seen.sources:
        yield 'Nothing is watched yet: job-alerts add ADDRESS, or job-alerts add "Company name"'
        return
    yield f"Read {', '.join(seen.sources)}: {_count(seen.read, 'opening')}."
    if seen.told:
        yield f"Of the last week you would have been told of {_count(len(seen.told), 'job')}:"
        yield from _jobs(seen.told, seen.zone)
        yield from _more(len(seen.told))
    else:
        yield f"Of the last week nothing would have been told{_because(seen)}."
        yield from _jobs(seen.older, seen.zone)
    if not (seen.told or seen.older):
        yield from (f"  nearly: {posting.title}  ← {why}" for posting, why in seen.near[:_SHOWN])
        yield f"Other words for what you look for go into {path}, under [[searches]]."


def _because(seen: Seen) -> str:
    if seen.older:
        return f"; {_count(len(seen.older), 'open job')} you look for {'is' if len(seen.older) == 1 else 'are'} older"
    return ": no opening has what you look for"


def _jobs(postings: Sequence[Posting], zone: str) -> Iterator[str]:
    from alerts.render import wording

    for one in postings[:_SHOWN]:
        when = f"posted {wording.day(one.posted, clock(), zone)}" if one.posted else ""
        said = (one.company or "company not stated", wording.where(one, short=True), when)
        yield f"  {one.title} — {', '.join(part for part in said if part)}"


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"  and {count - _SHOWN} more"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def record(seen: Seen) -> dict[str, object]:
    """For a program."""
    return {
        "sources": seen.sources,
        "openings": seen.read,
        "told": [one.url for one in seen.told],
        "older": [one.url for one in seen.older],
        "near": [{"url": one.url, "kept_out_by": why} for one, why in seen.near],
        "not_added": [outcome.record() for outcome in seen.failed],
    }
