"""All that is needed to apply, and what is missing. Nothing is sent, and no form is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from alerts.acts import answers, applications, forms, letter
from alerts.acts.answers import Answered, Bank
from alerts.acts.applications import Said
from alerts.dedupe.presence import is_over
from alerts.model.application import Application, State
from alerts.model.errors import UsageError
from alerts.model.form import Question
from alerts.model.plan import Plan
from alerts.notify.alert_view import shown_first
from alerts.store.short import short
from alerts.store.store import Store


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list: is it done, and what is to do?"""

    done: bool
    words: str
    #: Its end, which only helps at a terminal.
    by_command: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """What a person needs beside the form."""

    link: str
    title: str
    #: The last day to apply, where one is named.
    expires: datetime | None
    answered: tuple[Answered, ...]
    checks: tuple[Check, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to do."""
        return tuple(check.words + check.by_command for check in self.checks if not check.done)


def begin(store: Store, job: int, questions: Sequence[Question], now: datetime, zone: str) -> None:
    """The application is being prepared, and what its form asks is kept."""
    with store.transaction():
        known = store.applications.of_job(job)
        if known is None or known.state in (None, State.SAVED):
            known = applications.set_state(store, job, State.PREPARING, now, zone).application
        if questions:
            forms.keep(store, known.rows[0], questions, now)


def ready(store: Store, plan: Plan, job: int, now: datetime, bank: Bank | None = None) -> Ready:
    """All that is known without asking anybody; raises UsageError where the profile has something of the wrong type.

    ``bank``: the answers, where they were read already.
    """
    known = applications.one(store, job)
    stored = store.postings.of_job(job)
    copy = known.copies[-1].posting if known.copies else None
    posting = shown_first(stored, store.sources.names())[0] if stored else copy
    bank = bank or answers.bank(plan.settings.profile)
    found = tuple(answers.answer_to(question, bank) for question in forms.kept(known))
    link = (posting.apply_url or posting.url) if posting else ""
    state = store.postings.job(job)
    expires = posting.expires if posting else None
    over = is_over(expires, now, plan.settings.timezone)
    checks = (
        Check(bool(link), "the link to apply" if link else "no address is known"),
        *([Check(False, "the job is closed; the link may lead nowhere")] if state and state.closed else []),
        *([Check(False, "its last day to apply is over")] if over else []),
        _letter(store, job, known),
        *_files(found, plan.path.parent),
        *(Check(bool(each.answer), _asked(number, each)) for number, each in enumerate(found, 1) if _is_needed(each)),
    )
    return Ready(link, posting.title if posting else "", expires, found, checks)


def _letter(store: Store, job: int, known: Application) -> Check:
    there = bool(letter.kept(store, job) or known.of("letter"))
    return Check(there, "the letter", "" if there else f": job-alerts letter {short(job)} --edit")


def _files(found: Sequence[Answered], folder: Path) -> list[Check]:
    checks = []
    for each in found:
        if each.question.kind == "file" and each.question.required:
            there = bool(each.answer) and (folder / Path(each.answer).expanduser()).is_file()
            which = each.answer or 'yours to attach (cv = "cv.pdf" in the profile names it)'
            checks.append(Check(there, f"{each.question.label}: {which}{'' if there or not each.answer else ' is not there'}"))
    return checks


def _is_needed(each: Answered) -> bool:
    return each.question.required and each.question.kind != "file"


def _asked(number: int, each: Answered) -> str:
    return f"{number}: {each.question.label}" + (f" ({each.why})" if each.why else "")


def keep_answers(store: Store, plan: Plan, job: int, now: datetime) -> tuple[Said, ...]:
    """On the day of applying: the answers that stood beside the form, as those that were given; what to say of it."""
    known = store.applications.of_job(job)
    if known is None or known.state is not State.APPLIED or known.of("answer") or not forms.kept(known):
        return ()
    try:
        bank = answers.bank(plan.settings.profile)
    except UsageError as error:  # that one applied is kept all the same
        return (Said("your answers were not kept: the profile has a mistake", f": {error}"),)
    given = [each for question in forms.kept(known) if (each := answers.answer_to(question, bank)).answer]
    with store.transaction():
        for each in given:
            store.applications.add(known.rows[0], "answer", each.answer, now, more={"question": each.question.label})
    return (Said(f"{len(given)} of your answers are kept as those that were given"),) if given else ()


def record(job: int, ready: Ready, why: str = "") -> dict[str, object]:
    """The object that ``prepare --json`` prints; its names are a promise to programs. ``why``: the form is not known."""
    rows = [
        asdict(each.question)
        | {"answer": each.answer or None, "by": each.by or None, "why": each.why, "sensitive": each.sensitive}
        for each in ready.answered
    ]
    return {
        "job": short(job),
        "title": ready.title,
        "url": ready.link,
        "expires": ready.expires,
        "questions": rows,
        "form_unknown": why or None,
        "checks": [{"done": check.done, "words": check.words + check.by_command} for check in ready.checks],
        "missing": list(ready.missing),
    }
