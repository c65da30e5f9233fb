"""The draft of an application, from the person's own template and facts; nothing is invented."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alerts.notify.alert_view import shown_first
from alerts.notify.letter_files import profile_of, template_of
from alerts.render.letter import Letter, letter
from alerts.store.store import Store


def drafted(store: Store, job: int, template: Path | None, profile: Path | None, now: datetime) -> Letter:
    """The template filled for a job, with the facts of the profile; raises UsageError where there is no template."""
    text, facts = template_of(template), profile_of(profile)
    posting = shown_first(store.postings.of_job(job), store.sources.names())[0]
    return letter(text, posting, facts, now)
