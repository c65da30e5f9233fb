"""run: the daemon: reads and delivers until it is told to stop."""

from __future__ import annotations

import argparse

from alerts.cli.commands._shared import logging_to_terminal
from alerts.config.find import find


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; SIGHUP reads the configuration anew."""
    from alerts.daemon import daemon, log_queue

    logging_to_terminal(verbose=args.verbose)
    log_queue.decouple()
    status = 1
    try:
        daemon.run(find(args.config).absolute())
        status = 0
    finally:
        if not log_queue.flush():  # whoever would write another word would wait for ever
            log_queue.end_now(status)
    return status
