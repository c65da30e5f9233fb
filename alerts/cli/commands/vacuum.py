"""vacuum: write the database anew, as small as it can be, while the daemon is stopped."""

from __future__ import annotations

import argparse

from alerts.cli.commands._shared import emit, json_option, plan_of, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it was done."""
    from alerts.store.places import file_of
    from alerts.store.vacuum import vacuum

    database = file_of(plan_of(args).settings.database, "its server gives room back by itself (autovacuum)")
    done = vacuum(database)
    if args.json:
        emit({"database": str(database), "before": done.before, "after": done.after})
    else:
        say(f"{database}: {done.before / 2**20:.1f} MB before, {done.after / 2**20:.1f} MB now")
    return 0
