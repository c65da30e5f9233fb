"""The draft of an application: by the person's own template or a program of theirs; shown and kept, never sent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alerts.acts import applications, program
from alerts.model.errors import ProgramError, UsageError
from alerts.model.plan import Plan
from alerts.notify.alert_view import shown_first
from alerts.notify.letter_files import profile_of, template_of
from alerts.render.clean import block
from alerts.render.letter import Letter, letter
from alerts.render.letter_request import request
from alerts.store.short import short
from alerts.store.store import Store

#: Characters of a draft.
LONGEST = 200_000


def drafted(store: Store, job: int, template: Path | None, profile: Path | None, now: datetime) -> Letter:
    """The template filled for a job, with the facts of the profile; raises UsageError where there is no template."""
    text, facts = template_of(template), profile_of(profile)
    posting = shown_first(store.postings.of_job(job), store.sources.names())[0]
    return letter(text, posting, facts, now)


def by_program(store: Store, job: int, plan: Plan, now: datetime) -> str:
    """What the program of ``letter.command`` drafts; raises ProgramError with one line that says what went wrong."""
    asked, settings = plan.letter, plan.settings
    if asked is None:
        raise UsageError('no program drafts letters; name one: [letter] command = ["…"]')
    if asked.missing:
        raise ProgramError(f"letter.command is not run: {asked.missing}")
    posting = shown_first(store.postings.of_job(job), store.sources.names())[0]
    template = drafted(store, job, settings.letter, settings.profile, now).text if settings.letter else ""
    given = request(posting, short(job), profile_of(settings.profile), template, settings.language, now)
    env = {name: value.get_secret_value() for name, value in asked.env.items()}
    folder = plan.path.parent.absolute()
    return block(program.run(asked.command, given, name="letter.command", timeout=asked.timeout, env=env, folder=folder), LONGEST)


def _fact_name(job: int) -> str:
    """Under which name an older version of the desk kept a draft among the facts of the store."""
    return f"letter::{job}"


def keep(store: Store, job: int, text: str, now: datetime) -> None:
    """Keep a draft with the application, which begins with it where there is none."""
    applications.add(store, job, "draft", text, now)


def let_go(store: Store, job: int, now: datetime) -> None:
    """Draft anew: what was kept so far is taken back, and stays in the history."""
    with store.transaction():
        known = store.applications.of_job(job)
        for entry in known.of("draft") if known else ():
            store.applications.take_back(entry.id, now)
        if store.fact(_fact_name(job)):
            store.keep_fact(_fact_name(job), "", now)


def kept(store: Store, job: int) -> tuple[str, datetime] | None:
    """The draft that was kept last, here or at the desk, and when."""
    known, fact = store.applications.of_job(job), store.fact(_fact_name(job))
    draft = known.draft if known else None
    if fact and fact[0] and (draft is None or fact[1] >= draft.written):
        return fact
    return (draft.words, draft.written) if draft else None
