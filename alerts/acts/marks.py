"""Say something of a job, a company or a search, and take it back."""

from __future__ import annotations

from datetime import UTC, datetime

from alerts.acts.jobs import job_of
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.store.short import short
from alerts.store.store import Store

#: (job | company | search, its key, its name)
Subject = tuple[str, str, str]


def covered(store: Store, company: str) -> int:
    """How many stored open jobs a mark on a company covers."""
    from alerts.normalise.employer import employers

    return len({one.job for batch in store.postings.open() for one in batch if company in employers(one.posting)})


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


def moment(words: str | None, now: datetime) -> datetime | None:
    """``14d`` from now, or a day such as ``2026-12-31``; it must lie ahead."""
    if words is None:
        return None
    found = _moment(words, now)
    if found <= now:
        raise UsageError(f"{words!r} lies not ahead; write a day to come, or a span of time from now")
    return found


def _moment(words: str, now: datetime) -> datetime:
    from alerts.parse.durations import span

    try:
        said = datetime.fromisoformat(words)
        return said if said.tzinfo else said.replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return now + span(words)
    except (ValueError, OverflowError):
        raise UsageError(f'{words!r} is neither a day nor a span of time; write for example "2026-12-31" or "14d"') from None
