"""Say something of a job, a company or a search, and take it back."""

from __future__ import annotations

import argparse
from datetime import datetime

from alerts.acts import job_marks
from alerts.acts.applications import Said
from alerts.acts.marks import covered, subject_of
from alerts.cli.commands._shared import clock, emit, here, plan_of, reading, say, writing
from alerts.model.plan import Plan
from alerts.store.marks import Mark
from alerts.store.short import short
from alerts.store.store import Store


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
        more: tuple[Said, ...] = ()
        if args.undo:
            count = _take_back(store, mark, of, subject)
            words = f"{name}: no longer {said}" if count else f"{name} was not {said}"
        else:
            more = _say(store, plan, mark, of, subject, until, note)
            words = f"{name}: {said}{f' until {here(until, plan)}' if until else ''}"
            if of == "company":
                words += _covered(store, subject)
    if args.json:
        emit({"mark": mark, "of": of, "subject": name, "until": until, "undone": args.undo})
    else:
        say(words, *(f"  {line}" for line in more))
    return 0


def _say(store: Store, plan: Plan, mark: str, of: str, subject: str, until: datetime | None, note: str) -> tuple[Said, ...]:
    """Keep a mark; of a job that is saved or applied for, the application begins. What else to say."""
    if of == "job":
        return job_marks.say(store, plan, mark, int(subject), clock(), until=until, note=note)
    store.marks.add(mark, of, subject, clock(), until=until, note=note)
    return ()


def _take_back(store: Store, mark: str, of: str, subject: str) -> int:
    return job_marks.unsay(store, mark, int(subject), clock()) if of == "job" else store.marks.remove(mark, of, subject)


def _covered(store: Store, company: str) -> str:
    """How many stored jobs a mark on a company covers; a warning where it covers none, because its name may be another."""
    jobs = covered(store, company)
    if jobs:
        return f" ({jobs} stored job{'s' if jobs != 1 else ''})"
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
