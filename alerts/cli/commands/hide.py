"""hide: never tell of a job, a company or a search again, or not until a day."""

from __future__ import annotations

import argparse

from alerts.acts.marks import moment
from alerts.cli.commands._marks import mark, undo_option
from alerts.cli.commands._shared import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to hide, and until when."""
    parser.add_argument(
        "subject",
        nargs="*",
        metavar="JOB | company NAME | search NAME",
        help="what to hide (nothing: list what is hidden)",
    )
    parser.add_argument("--until", metavar="WHEN", help='a day ("2026-12-31") or a span ("14d"); default: for ever')
    undo_option(parser)


def run(args: argparse.Namespace) -> int:
    """What is hidden stays hidden when it is reposted."""
    return mark(args, "hide", "hidden", until=moment(args.until, clock()))
