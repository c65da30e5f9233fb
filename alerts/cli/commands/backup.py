"""backup: copy the database, also while the daemon works, and prove that the copy is whole."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say
from alerts.store.backup import Contents, back_up
from alerts.store.places import file_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="the file or folder to write to (default: beside the database, named by the time)"
    )
    parser.add_argument("--force", action="store_true", help="overwrite the file")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the copy is there and every row of it was read."""
    database = file_of(plan_of(args).settings.database, "back it up by the means of its server: pg_dump (docs/postgresql.md)")
    target = _target(args.file, database, clock())
    contents = back_up(database, target, force=args.force)
    if args.json:
        emit(as_json(contents, target))
    else:
        say(f"{target}: {contents.words}; {contents.size / 2**20:.1f} MB, every row read")
        say(f"bring it back with: job-alerts restore {target}")
    return 0


def as_json(contents: Contents, path: Path) -> dict[str, object]:
    """What a file holds."""
    names = ("shape", "size", "rows", "jobs", "postings", "owed", "told", "until")
    return {"file": str(path), **{name: getattr(contents, name) for name in names}}


def _target(given: str | None, database: Path, now: datetime) -> Path:
    named = f"{database.stem}-{now:%Y%m%d-%H%M%S}.db"
    if given is None:
        return database.resolve().with_name(named)
    path = Path(given).expanduser()
    return path / named if path.is_dir() else path
