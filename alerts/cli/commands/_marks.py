"""Say something of a job, a company or a search, and take it back."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from alerts.cli.commands._jobs import job_of
from alerts.cli.commands._shared import clock, emit, here, plan_of, reading, say, writing
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.store.marks import Mark
from alerts.store.short import short
from alerts.store.store import Store

Subject = tuple[str, str, str]


def undo_option(parser: argparse.ArgumentParser) -> None:
    """``--undo`` and ``--json``."""
    parser.add_argument("--undo", action="store_true", help="take it back")
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def mark(args: argparse.Namespace, mark: str, said: str, *, until: datetime | None = None, note: str = "") -> int:
    """Keep or remove a mark of what the call names, and say so."""
    plan = plan_of(args)
    if not args.subject:
        return _list(plan, mark, args)
    with writing(plan) as store:
        of, subject, name = subject_of(store, plan, args.subject)
        if args.undo:
            count = store.marks.remove(mark, of, subject)
            words = f"{name}: no longer {said}" if count else f"{name} was not {said}"
        else:
            store.marks.add(mark, of, subject, clock(), until=until, note=note)
            words = f"{name}: {said}{f' until {here(until, plan)}' if until else ''}"
            if of == "company":
                words += _covered(store, subject)
    if args.json:
        emit({"mark": mark, "of": of, "subject": name, "until": until, "undone": args.undo})
    else:
        say(words)
    return 0


def _covered(store: Store, company: str) -> str:
    """How many stored jobs a mark on a company covers; a warning where it covers none, because its name may be another."""
    from alerts.normalise.employer import employers

    jobs = {one.job for batch in store.postings.open() for one in batch if company in employers(one.posting)}
    if jobs:
        return f" ({len(jobs)} stored job{'s' if len(jobs) != 1 else ''})"
    return " (no stored job is of it; check the name, as job-alerts history or an alert shows it)"


def _list(plan: Plan, mark: str, args: argparse.Namespace) -> int:
    """Everything that bears the mark."""
    with reading(plan) as store:
        rows = [(one, _name(store, one)) for one in store.marks.all(mark)]
    if args.json:
        emit([{"of": one.of, "subject": name, "at": one.at, "until": one.until} for one, name in rows])
        return 0
    for one, name in rows:
        say(f"{here(one.at, plan)[:10]}  {name}{f'  until {here(one.until, plan)}' if one.until else ''}")
    if not rows:
        say("nothing yet")
    return 0


def _name(store: Store, mark: Mark) -> str:
    if mark.of != "job" or not mark.subject.isdecimal():
        return f"{mark.of} {mark.subject}"
    postings = store.postings.of_job(int(mark.subject))
    return f"{short(int(mark.subject))} {postings[0].posting.title if postings else ''}".rstrip()


def subject_of(store: Store, plan: Plan, words: list[str]) -> Subject:
    """(job | company | search, its key, its name) of ``7k3f``, ``company Acme`` or ``search NAME``."""
    if words[0] in ("company", "search") and len(words) == 1:
        raise UsageError(f"name the {words[0]} too: {words[0]} NAME")
    if words[0] == "company":
        from alerts.normalise.company import key

        name = " ".join(words[1:])
        return "company", key(name), f"the company {name}"
    if words[0] == "search":
        name = " ".join(words[1:])
        known = {saved.name.casefold(): saved.name for saved in plan.searches}
        if name.casefold() not in known:
            raise UsageError(f"there is no search {name!r}; there are: {', '.join(known.values()) or 'none'}")
        return "search", known[name.casefold()], f"the search {known[name.casefold()]}"
    job = job_of(store, " ".join(words))
    title = next((one.posting.title for one in store.postings.of_job(job.id)), "")
    return "job", str(job.id), f"{short(job.id)} {title}".rstrip()


def moment(words: str | None) -> datetime | None:
    """``14d`` from now, or a day such as ``2026-12-31``; it must lie ahead."""
    if words is None:
        return None
    found = _moment(words)
    if found <= clock():
        raise UsageError(f"{words!r} lies not ahead; write a day to come, or a span of time from now")
    return found


def _moment(words: str) -> datetime:
    from alerts.parse.durations import span

    try:
        said = datetime.fromisoformat(words)
        return said if said.tzinfo else said.replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return clock() + span(words)
    except (ValueError, OverflowError):
        raise UsageError(f'{words!r} is neither a day nor a span of time; write for example "2026-12-31" or "14d"') from None
