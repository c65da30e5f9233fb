"""restore: put a backup in the place of the database; nothing told is told again, nothing owed is forgotten."""

from __future__ import annotations

import argparse
from pathlib import Path

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say
from alerts.store.places import file_of
from alerts.store.restore import Restored, restore


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where."""
    parser.add_argument("file", metavar="FILE", help="a file that job-alerts backup made")
    parser.add_argument(
        "--known",
        action="store_true",
        help="what the sources list at their next reading counts as known: of what came since the backup only that is told"
        " which the backfill of a search asks for",
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the backup is in its place; refused while a daemon works."""
    database = file_of(plan_of(args).settings.database, "restore it by the means of its server: pg_restore (docs/postgresql.md)")
    done = restore(Path(args.file).expanduser(), database, clock(), known=args.known)
    if args.json:
        emit(_as_json(done, database))
        return 0
    say(f"{database}: {done.contents.words}")
    if done.aside:
        say(f"the file that was there is kept as {done.aside}")
    say(_since(done, known=args.known))
    return 0


def _as_json(done: Restored, database: Path) -> dict[str, object]:
    names = ("shape", "size", "rows", "jobs", "postings", "owed", "told", "until")
    found = {name: getattr(done.contents, name) for name in names}
    return {"file": str(database), **found, "aside": done.aside and str(done.aside), "taken_along": done.taken_along}


def _since(done: Restored, *, known: bool) -> str:
    """What becomes of what happened since the backup."""
    if done.taken_along:
        return "what was seen and told since the backup was taken along from that file"
    if known:
        return "what the sources list at their next reading counts as known"
    until = f" ({done.contents.until:%Y-%m-%d %H:%M} UTC)" if done.contents.until else ""
    return (
        f"what was told after this backup{until} is not known and would be told once more;"
        " to count it as known instead, restore again with --known before the next poll"
    )
