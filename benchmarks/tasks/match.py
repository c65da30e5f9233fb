"""Which jobs the saved searches want, the searches written in our own configuration by this mechanical translation.

| theirs | ours |
|---|---|
| ``title_any``, ``title_none``, ``text_any`` | ``title``, ``exclude`` (``title:``), ``keywords``; each in quotes |
| ``text_none`` | ``exclude``, in quotes |
| ``exclude_companies``, ``companies`` | the same keys |
| ``countries``, ``cities`` | ``query``: an address of the job itself (``place:"London, GB"``), cities before countries |
| ``remote: only``, ``remote_from`` | ``work = ["remote"]`` and ``locations``: the country where one lives |
| ``remote: allowed`` | as well: an address in ``countries``/``cities``, or remote work that may be done from there |
| ``remote: none`` | ``query``: no remote work |
| ``countries_or_remote_from`` | ``locations`` |
| ``seniority_not`` | ``query`` without those levels |
| ``seniority`` | ``level``: entry → junior; staff → staff, principal, lead; exec → vp, executive; others by the same name |
| ``min_salary``, ``salary_unknown`` | ``salary``, ``unknown_for.salary`` |

In quotes, words are whole and as they stand. What a job does not say counts as no (``unknown = "drop"``), as the rows score no
such pairs; ``salary_unknown = keep`` keeps. Only ``match_jobs.jsonl`` and ``match_searches.jsonl`` are read. The boards that the
rows call remote by default are remote here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.model.posting import Posting
from alerts.model.raw import RawPay, RawPlace, RawPosting
from alerts.model.search import Search
from alerts.normalise.posting import normalise

NOW = datetime(2026, 9, 1, tzinfo=UTC)
REMOTE_BOARDS = {"remoteok", "remotive", "himalayas", "jobicy", "weworkremotely", "workingnomads"}
LEVELS = {"entry": ("junior",), "staff": ("staff", "principal", "lead"), "exec": ("vp", "executive")}
#: Every key that a search may have; ``name`` is for readers.
KEYS = frozenset(
    (
        "search_id", "name", "title_any", "title_none", "text_any", "text_none", "companies", "exclude_companies", "countries",
        "cities", "remote", "remote_from", "countries_or_remote_from", "seniority", "seniority_not", "min_salary",
        "salary_unknown",
    )
)  # fmt: skip


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def posting(job: dict[str, Any]) -> Posting:
    """One job as its source might have said it, normalised."""
    raw = RawPosting(
        source_id=job["job_id"],
        url=job["url"],
        title=job["title"],
        company=job["company"],
        places=tuple(RawPlace(text=text) for text in job["locations"] or ()),
        employment=(job["employment_type"],) if job.get("employment_type") else (),
        pay=(RawPay(text=job["salary"]),) if job.get("salary") else (),
        posted=job.get("posted"),
        text=job.get("description") or "",
    )
    return normalise(raw, source=job["source"], now=NOW, remote=job["source"] in REMOTE_BOARDS)


def search(theirs: dict[str, Any]) -> Search:
    """One search in our configuration; raises ValueError on a key that is not translated."""
    if unknown := set(theirs) - KEYS:
        raise ValueError(f"{theirs['search_id']}: no translation for {', '.join(sorted(unknown))}")
    quoted = lambda key, mark="": tuple(f'{mark}"{entry}"' for entry in theirs.get(key, ()))  # noqa: E731
    zones = [theirs["countries_or_remote_from"]] if theirs.get("countries_or_remote_from") else []
    if theirs.get("remote") == "only" and theirs.get("remote_from"):
        zones.append(theirs["remote_from"])
    return Search(
        name=theirs["search_id"],
        title=quoted("title_any"),
        exclude=(*quoted("title_none", "title:"), *quoted("text_none")),
        keywords=quoted("text_any"),
        companies=tuple(theirs.get("companies", ())),
        exclude_companies=tuple(theirs.get("exclude_companies", ())),
        locations=tuple(zones),
        query=query(theirs),
        work=("remote",) if theirs.get("remote") == "only" else (),
        level=levels(theirs, "seniority"),
        salary=theirs.get("min_salary"),
        unknown="drop",
        unknown_for={"salary": theirs.get("salary_unknown", "drop")},
    )


def levels(theirs: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(level for word in theirs.get(key, ()) for level in LEVELS.get(word, (word,)))


def query(theirs: dict[str, Any]) -> str | None:
    """What no key can say: addresses, no remote work, other levels than these."""
    countries = theirs.get("countries", [])
    places = [f"{city}, {countries[0]}" if len(countries) == 1 else city for city in theirs.get("cities", ())] or countries
    asked = [f'place:"{place}"' for place in places]
    if theirs.get("remote") == "allowed" and places:
        homes = [theirs["remote_from"]] if theirs.get("remote_from") else countries or places
        asked += [f'(work:remote AND location:"{home}")' for home in homes]
    parts = [f"({' OR '.join(asked)})"] if asked else []
    if theirs.get("remote") in ("none", "no", False):
        parts.append("NOT known:(work:remote)")
    if others := levels(theirs, "seniority_not"):
        parts.append(f"NOT known:(level:({' OR '.join(others)}))")
    return " AND ".join(parts) or None


def predict(folder: Path) -> Iterator[dict[str, str]]:
    """A row for every job that a search wants."""
    jobs = {job["job_id"]: posting(job) for job in rows(folder / "match_jobs.jsonl")}
    for theirs in rows(folder / "match_searches.jsonl"):
        compiled = compile_search(search(theirs))
        for job_id, found in jobs.items():
            if evaluate(compiled, found, now=NOW).wanted:
                yield {"search_id": theirs["search_id"], "job_id": job_id}
