"""run: the daemon: reads and delivers until it is told to stop."""

from __future__ import annotations

import argparse
import signal

from alerts.cli.commands._shared import json_option, logging_to_terminal
from alerts.cli.log_lines import FORMATS
from alerts.config.find import find


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--log-format``."""
    parser.add_argument("--log-format", choices=FORMATS, default="auto", help="json: one JSON object a line")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; SIGHUP reads the configuration anew."""
    # Nothing was read yet that could be read anew, and a reload is no reason to end.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    from alerts.daemon import daemon, log_queue

    logging_to_terminal(verbose=args.verbose, form="json" if args.json else args.log_format, repeats=args.verbose)
    log_queue.decouple()
    status = 1
    try:
        daemon.run(find(args.config).absolute())
        status = 0
    finally:
        if not log_queue.flush():  # whoever would write another word would wait for ever
            log_queue.end_now(status)
    return status
