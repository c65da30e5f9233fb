"""save: keep a job in mind; you hear when it changes or closes."""

from __future__ import annotations

import argparse

from alerts.cli.commands._marks import mark, undo_option


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job."""
    parser.add_argument("subject", nargs="*", metavar="JOB", help="short id of a job, or address of a posting (none: list them)")
    undo_option(parser)


def run(args: argparse.Namespace) -> int:
    """Keep the mark."""
    return mark(args, "saved", "saved")
