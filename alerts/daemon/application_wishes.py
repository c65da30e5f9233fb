"""What a person wishes for an application at the desk: what its form asks, and a draft by a program of theirs."""

from __future__ import annotations

from datetime import datetime

from alerts.acts import forms, prepare
from alerts.acts import letter as letters
from alerts.model.errors import AlertsError, StoreError, UsageError
from alerts.notify.means import Means
from alerts.store.requests import Request
from alerts.store.short import number


def ask_form(means: Means, wish: Request, now: datetime) -> tuple[str, bool]:
    """Ask the board what the form of the job asks, and keep it with the application."""
    try:
        job = _job(means, wish)
        questions = forms.ask(means.store, means.plan, job, means.fetcher, means.reader, now)
    except StoreError:
        raise
    except AlertsError as error:
        return f"What the form asks is not known: {error}", True
    prepare.begin(means.store, job, questions, now, means.plan.settings.timezone)
    return f"It asks {len(questions)} {'question' if len(questions) == 1 else 'questions'}.", False


def draft(means: Means, wish: Request, now: datetime) -> tuple[str, bool]:
    """Let ``letter.command`` draft the letter, and keep the draft with the application."""
    try:
        job = _job(means, wish)
        letters.keep(means.store, job, letters.by_program(means.store, job, means.plan, now), now)
    except StoreError:
        raise
    except AlertsError as error:
        return f"There is no draft: {error}", True
    return "The draft is there.", False


def _job(means: Means, wish: Request) -> int:
    found = number(wish.subject)
    state = means.store.postings.job(found) if found is not None else None
    if state is None or not means.store.postings.of_job(state.id):
        raise UsageError("nothing is stored of the job any more")
    return state.id
