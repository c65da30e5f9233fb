"""application: all of one application, or say how far it is, note, remind, keep what was sent, take back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from alerts.acts import application_record as records
from alerts.acts import applications
from alerts.acts.application_catch_up import catch_up
from alerts.acts.jobs import job_of
from alerts.acts.prepare import keep_answers
from alerts.cli.commands._shared import clock, emit, here, json_option, plan_of, say, wrapped, writing
from alerts.model.application import Application, State
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.store.short import short
from alerts.store.store import Store

#: Letters are kept word for word, other files by their names alone.
_TEXTS = frozenset({".md", ".txt", ".text", ".markdown"})
_LABEL = 10
_SENT = "what was sent: a letter (.md, .txt) is kept word for word, of other files the name"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job, and what to say of its application."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    parser.add_argument("--state", choices=[*State], help="how far it is now")
    parser.add_argument("--on", metavar="DAY", help='when that was, or of an interview when it is ("2026-12-03T10:00")')
    parser.add_argument("--note", metavar="WORDS", help="note something")
    parser.add_argument("--contact", metavar="WORDS", help='a person to write to ("Amira Khan, amira@example.org")')
    parser.add_argument("--remind", metavar="DAY", help="be reminded then; --note says of what")
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--done", metavar="ENTRY", type=int, help="what a reminder was to remind of is done")
    parser.add_argument("--sent", metavar="FILE", help=_SENT, **several)
    parser.add_argument("--answer", metavar="QUESTION=ANSWER", help="what you answered in the form", **several)
    parser.add_argument("--nudge", metavar="SPAN", help='a word when there is no answer so long ("14d"); "off": none')
    parser.add_argument("--undo", metavar="ENTRY", type=int, nargs="?", const=0, help="take back the last entry, or that one")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Do what is asked; without anything to do, print all of it."""
    plan, now = plan_of(args), clock()
    if args.on and not args.state:
        raise UsageError("--on says when a state was reached; name it with --state, or use --remind for a reminder")
    with writing(plan) as store:
        catch_up(store, now)
        job = job_of(store, args.job).id
        with store.transaction():  # all of what one call asks, or nothing
            said = list(_do(store, job, args, now, plan.settings.timezone))
            if args.state == State.APPLIED:
                said += keep_answers(store, plan, job, now)
        known = applications.one(store, job)
        whole = records.whole(store, known, now)
        lines = [] if said or args.json else list(_all(known, whole, plan))
    if args.json:
        emit(whole)
    else:
        say(*(f"{short(job)} {whole['title']}: {line}".strip() for line in said), *lines)
    return 0


def _do(store: Store, job: int, args: argparse.Namespace, now: datetime, zone: str) -> Iterator[applications.Said]:
    if args.undo is not None:
        yield from applications.undo(store, job, now, args.undo or None).said
    if args.state:
        yield from applications.set_state(store, job, State(args.state), now, zone, on=args.on).said
    if args.remind:
        yield from applications.remind(store, job, args.remind, args.note or "", now, zone).said
    elif args.note:
        yield from applications.add(store, job, "note", args.note, now).said
    if args.done is not None:
        yield from applications.no_more(store, job, args.done, now).said
    if args.nudge:
        yield from applications.nudge(store, job, args.nudge, now).said
    if args.contact:
        yield from applications.add(store, job, "contact", args.contact, now).said
    for name in args.sent:
        kind, words = _sent(Path(name).expanduser())
        yield from applications.add(store, job, kind, words, now, {"name": Path(name).name}).said
    for said in args.answer:
        question, equals, answer = said.partition("=")
        if not equals:
            raise UsageError(f"--answer {said!r} has no =; write --answer 'Earliest start=1 February'")
        yield from applications.add(store, job, "answer", answer, now, {"question": question.strip()}).said


def _sent(path: Path) -> tuple[str, str]:
    if path.suffix.lower() not in _TEXTS:
        return "file", path.name
    try:
        return "letter", path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise UsageError(f"{path} cannot be read: {why}") from None


def _all(known: Application, whole: dict[str, object], plan: Plan) -> Iterator[str]:
    """All of one, for a person: where it stands, what comes, what was said, what was sent, and the posting of that day."""
    yield " at ".join(str(part) for part in (f"{whole['job']}  {whole['title']}", whole["company"]) if part)
    for label, words in _facts(known, whole, plan):
        yield from wrapped(words, f"  {label:<{_LABEL}} ")
    yield from ("", "History (take one back with --undo NUMBER)")
    for entry in known.entries:
        asked = f"{entry.more['question']} = " if "question" in entry.more else ""
        yield from wrapped(
            f"{entry.kind}: {asked}{_entry(entry.words, entry.when, plan)}", f"  {entry.id:>4}  {here(entry.at, plan)[:16]}  "
        )
    for letter in known.of("letter")[-1:] or known.of("draft")[-1:]:
        yield from ("", "The letter, as it was sent" if letter.kind == "letter" else "The draft of the letter", "", letter.words)
    if copy := records.kept(known):
        yield from ("", f"The posting, as it read on {here(copy.at, plan)}", "", copy.posting.text or "(its text is not known)")


def _entry(words: str, when: datetime | None, plan: Plan) -> str:
    first = words.splitlines()[0] if words else ""
    more = " …" if len(words.splitlines()) > 1 or len(first) > 200 else ""
    return f"{first[:200]}{more}{f' ({here(when, plan)})' if when else ''}"


def _facts(known: Application, whole: dict[str, object], plan: Plan) -> Iterator[tuple[str, str]]:
    yield "state", f"{known.state or 'taken back'} since {here(known.since, plan)}"
    yield "apply at", str(whole["url"] or "")
    if isinstance(whole["next_at"], datetime):
        yield "next", f"{whole['next']}, {here(whole['next_at'], plan)}"
    for one in records.kept_changes(whole):
        yield "changed", one
    if isinstance(whole["closed"], datetime):
        yield "closed", here(whole["closed"], plan)
    for contact in known.of("contact"):
        yield "contact", contact.words
