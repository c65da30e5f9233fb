"""export: print everything stored, as JSON lines or CSV, or write it into a SQLite file."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alerts.cli.commands._shared import clock, emit, plan_of, reading, say
from alerts.render.spreadsheet import cell
from alerts.store.export import write
from alerts.store.short import short
from alerts.store.store import Store

#: Columns of the CSV form.
COLUMNS = (
    "job",
    "title",
    "company",
    "where",
    "work",
    "pay",
    "level",
    "posted",
    "url",
    "source",
    "searches",
    "closed",
    "application",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What, and in which form."""
    parser.add_argument("--csv", action="store_true", help="a table for a spreadsheet (default: JSON lines)")
    parser.add_argument("--sqlite", metavar="FILE", help="write a SQLite file of your own instead, for notebooks and the like")
    parser.add_argument("--matched", action="store_true", help="only jobs that a search wants")
    parser.add_argument("--all", action="store_true", help="closed postings too")
    parser.add_argument("--json", action="store_true", help="JSON lines (the default)")


def run(args: argparse.Namespace) -> int:
    """Print one posting a line."""
    plan = plan_of(args)
    with reading(plan) as store:
        if args.sqlite:
            count = write(Path(args.sqlite), _rows(store, args))
            if args.json:
                emit({"file": args.sqlite, "postings": count})
            else:
                say(f"{count} postings stand in {args.sqlite}")
            return 0
        if not args.csv:
            for row in _rows(store, args):
                emit(row)
            return 0
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        for row in _rows(store, args):
            writer.writerow([_cell(row, column) for column in COLUMNS])
    return 0


def _rows(store: Store, args: argparse.Namespace) -> Iterator[dict[str, object]]:
    from alerts.acts.application_record import whole
    from alerts.render.posting_json import record

    names = store.sources.names()
    applications = {known.job: _plain(whole(store, known, clock())) for known in store.applications.all()}
    told = set()
    batches = store.postings.since(datetime.fromtimestamp(0, UTC)) if args.all else store.postings.open()
    for batch in batches:
        for one in batch:
            searches = sorted(store.searches.matched(one.job))
            if args.matched and not searches:
                continue
            row = record(one.posting) | {"source": names.get(one.posting.source, one.posting.source)}
            head = {"job": short(one.job), "first_seen": one.first_seen, "closed": one.closed, "searches": searches}
            yield {**head, **row, "application": applications.get(one.job)}
            told.add(one.job)
    yield from (_kept(known) for job, known in applications.items() if job not in told)


def _plain(value: dict[str, object]) -> dict[str, object]:
    """With times as text, also where it becomes a column."""
    plain: dict[str, object] = json.loads(json.dumps(value, default=lambda one: one.isoformat()))
    return plain


def _kept(known: dict[str, object]) -> dict[str, object]:
    """An application whose job is not among the postings that are printed: by the posting that was kept."""
    from alerts.model.posting import Posting
    from alerts.render.posting_json import record

    said = known["posting"] if isinstance(known["posting"], dict) else record(Posting("", str(known["job"]), "", ""))
    head = {"job": known["job"], "first_seen": known["begun"], "closed": known["closed"], "searches": known["searches"]}
    return {**head, **{name: value for name, value in said.items() if name != "kept"}, "application": known}


def _cell(row: dict[str, object], column: str) -> str:
    value = row.get(column)
    if column == "where":
        value = "; ".join(place["raw"] for place in row["locations"])  # type: ignore[attr-defined]
    elif column == "pay" and isinstance(value, dict):
        value = f"{value['min'] or ''}-{value['max'] or ''} {value['currency'] or ''}/{value['period'] or ''}"
    elif column == "application" and isinstance(value, dict):
        value = value["state"]
    return cell(value)
