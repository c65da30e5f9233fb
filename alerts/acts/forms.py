"""What the form of a job asks: read from its board when a person wants it, and kept with the application."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from alerts import plugins
from alerts.discover.detect_kind import options_of, recognise
from alerts.fetch.fetcher import Fetcher
from alerts.model.application import Application
from alerts.model.errors import AlertsError, ReadError, StoreError
from alerts.model.form import Question
from alerts.model.options import Options
from alerts.model.plan import Plan
from alerts.model.posting import Posting
from alerts.sandbox.reader import Reader
from alerts.store.posting_rows import Stored
from alerts.store.store import Store


def ask(store: Store, plan: Plan, job: int, fetcher: Fetcher, reader: Reader, now: datetime) -> tuple[Question, ...]:
    """The questions, from the first board of the job that publishes them; raises SourceError saying why there are none."""
    why: AlertsError = ReadError("none of its boards publishes what the form asks; open the link to see it")
    for kind, posting, options in _boards(store.postings.of_job(job), plan):
        module = plugins.load("sources", kind)
        request = module.form(posting, options) if hasattr(module, "form") else None
        if request is None:
            continue
        try:
            if module.ABOUT.robots or _is_page(request.url, options):
                fetcher.heed_robots(request.url, now)
            page = fetcher.fetch(request, now=now).page
            if page and (found := reader.read_form(kind, page, options)):
                return found
            why = ReadError("its board answered, but says nothing of the form; open the link to see it")
        except StoreError:
            raise
        except AlertsError as error:
            why = error
    raise why


def _is_page(address: str, options: Options) -> bool:
    """Is it a page for people, and not of the interface that the board publishes for programs?"""
    return urlsplit(address).hostname != urlsplit(str(getattr(options, "base_url", ""))).hostname


def _boards(stored: Sequence[Stored], plan: Plan) -> Iterator[tuple[str, Posting, Options]]:
    """(kind, posting, options) of its listings: as they are configured, else as their addresses say."""
    sources = {source.key: source for source in plan.sources}
    rest = []
    for one in stored:
        source = sources.get(one.posting.source)
        if source and hasattr(plugins.load("sources", source.kind), "form"):
            yield source.kind, one.posting, source.options
        else:
            rest.append(one.posting)
    for posting in rest:
        for address in (posting.apply_url, posting.url):
            if address and (found := recognise(address)):
                yield found[0], posting, options_of(*found)


def keep(store: Store, row: int, questions: Sequence[Question], now: datetime) -> None:
    """Keep what the form asks with the application, where it asks something else than before."""
    known = next((each for each in store.applications.all() if row in each.rows), None)
    if known is None or kept(known) != tuple(questions):
        said = json.dumps([asdict(one) for one in questions], ensure_ascii=False)
        store.applications.add(row, "form", f"{len(questions)} questions", now, more={"questions": said})


def kept(known: Application) -> tuple[Question, ...]:
    """The questions as they were read last."""
    for entry in known.of("form")[-1:]:
        try:
            rows = json.loads(entry.more["questions"])
            return tuple(Question(**(row | {"options": tuple(row["options"])})) for row in rows)
        except (KeyError, TypeError, ValueError):
            break
    return ()
