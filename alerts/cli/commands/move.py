"""move: copy a whole database from a file to PostgreSQL, or back, and prove that nothing is missing."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from alerts.cli.commands._shared import emit, json_option, say
from alerts.config import find
from alerts.model.errors import UsageError
from alerts.model.server import Database, Server, is_server, wrong


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where, and to where."""
    parser.add_argument("source", metavar="FROM", help="the file of the database, or postgresql://USER@HOST/NAME")
    parser.add_argument("target", metavar="TO", help="the other: a file that is not there yet, or an empty database")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every row is there; no daemon may work on it meanwhile."""
    from alerts.store.move import move

    beside = find.state_folder(find.find(args.config), os.environ) / "alerts.db"
    source, target = _database(args.source, beside), _database(args.target, beside)
    moved = move(source, target)
    rows = sum(count for count, _ in moved.tables.values())
    if args.json:
        tables = {name: {"rows": count, "hash": mark} for name, (count, mark) in moved.tables.items()}
        emit({"from": str(source), "to": str(target), "rows": rows, "dropped": moved.dropped, "tables": tables})
        return 0
    say(f"{rows} rows of {len(moved.tables)} tables are in {target} now, counted and compared; {source} is as it was")
    if moved.dropped:
        say(f"{moved.dropped} characters NUL were left out of texts: PostgreSQL keeps none")
    say("set settings.database to it, and start job-alerts again; never let two work, one on each")
    return 0


def _database(words: str, beside: Path) -> Database:
    if not is_server(words):
        return Path(words).expanduser()
    if trouble := wrong(words):
        raise UsageError(f"the address of a database {trouble}")
    return Server(words, beside)
