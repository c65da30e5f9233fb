"""doctor: look at everything that the work depends on, and say what to do about what is wrong; nothing is sent."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say
from alerts.model.errors import ConfigError

if TYPE_CHECKING:
    from alerts.daemon.findings import Finding

_SIGNS = {"good": "ok", "note": "note", "wrong": "WRONG", "not tried": "not tried"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """How far to look."""
    parser.add_argument("--offline", action="store_true", help="ask nobody outside this machine")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """1 when something is wrong."""
    found = []
    for finding in _findings(args):
        found.append(finding)
        if not args.json:
            _show(finding)
    wrong = sum(one.state == "wrong" for one in found)
    if args.json:
        emit({"good": not wrong, "findings": [asdict(one) for one in found]})
    else:
        say("", f"{wrong} wrong; what to do stands behind each →" if wrong else "nothing is wrong")
    return 1 if wrong else 0


def _findings(args: argparse.Namespace) -> Iterator[Finding]:
    from alerts.daemon import doctor_machine, doctor_reach
    from alerts.daemon.bootstrap import client_of
    from alerts.daemon.findings import Finding

    try:
        plan = plan_of(args)
    except ConfigError as error:
        for problem in error.problems:
            yield Finding("configuration", "", "wrong", problem, "mend it, then: job-alerts check")
        return
    yield from doctor_machine.look(plan)
    if not args.offline:
        with client_of(plan) as client:
            yield from doctor_reach.look(plan, client, clock)
    yield from doctor_reach.sources(plan, clock())


def _show(finding: Finding) -> None:
    name = f" {finding.name}" if finding.name else ""
    advice = f"  → {finding.advice}" if finding.advice and finding.state in ("wrong", "note") else ""
    say(f"{_SIGNS[finding.state]:<9}  {finding.area}{name}: {finding.said}{advice}")
