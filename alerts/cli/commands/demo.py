"""demo: see the whole job done on boards, an inbox, a Slack hook and a webhook receiver of its own; no account, no network."""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.cli.commands._shared import emit, json_option, logging_to_terminal, say, table

if TYPE_CHECKING:
    from alerts.cli.demo.scenario import Arrived


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to leave what arrived."""
    parser.add_argument(
        "--output", metavar="FOLDER", default="demo-output", help="where mails and messages are left (demo-output)"
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 only if every alert that was due arrived exactly once, by mail, in Slack and by webhook."""
    from alerts.cli.demo import scenario, show

    logging_to_terminal(verbose=args.verbose)
    logging.getLogger("alerts").setLevel(logging.INFO if args.verbose else logging.ERROR)
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    output = Path(args.output)
    output.mkdir(parents=True, exist_ok=True)
    for old in (*output.glob("mail-*"), *output.glob("slack-*"), *output.glob("webhook-*")):
        old.unlink()
    said = _nothing if args.json else say
    said("Job boards, an inbox, a Slack hook and a webhook receiver of this demo's own; one second is half an hour.", "")
    with tempfile.TemporaryDirectory() as folder:
        arrived = scenario.run(Path(folder), lambda text: said(f"  {text}"))
        desk = show.keep_desk(Path(folder), output / "desk")
    first = show.write(arrived, output)
    if args.json:
        emit(show.record(arrived, output, desk))
    else:
        _tell(arrived, first, desk)
    return 0 if arrived.good else 1


def _nothing(*_lines: str) -> None:
    return


def _tell(arrived: Arrived, first: Path, desk: Path) -> None:
    from alerts.cli.demo import show

    say("")
    table(show.table(arrived), ["EVENT", "JOB", "BY MAIL", "IN SLACK", "BY WEBHOOK"])
    say("", *show.places(arrived), *show.untold(arrived))
    say(
        f"the inbox put off {arrived.inbox.refused} message, Slack {arrived.slack.put_off}, "
        f"and the receiver was down for {arrived.hook.failed}: nothing was lost"
    )
    verdict = "Everything due arrived exactly once" if arrived.good else "NOT all went as it should"
    say("", f"{verdict}; {arrived.seconds:.0f} s.")
    say(f"Open {first} to see the mail, slack-1.html beside it for Slack; the other files are all that arrived.")
    say(f"See it all on a page of your own: job-alerts --config {desk} desk")
