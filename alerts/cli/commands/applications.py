"""applications: list what you applied for and how far each is, as a table, JSON, CSV or a calendar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from alerts.acts import application_record as records
from alerts.acts.application_catch_up import catch_up
from alerts.acts.application_stats import Row, figures
from alerts.cli.commands._shared import clock, emit, here, json_option, plan_of, say, table, writing
from alerts.model.application import OVER, State
from alerts.model.plan import Plan
from alerts.notify.remind import appointments
from alerts.render.calendar import calendar
from alerts.render.clean import link
from alerts.render.spreadsheet import sheet

HEADS = ("JOB", "TITLE", "COMPANY", "STATE", "SINCE", "APPLIED", "NEXT")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which, and in which form."""
    parser.add_argument("--state", choices=[*State], help="only those that are so far")
    parser.add_argument("--open", action="store_true", help="without those that were rejected or withdrawn")
    parser.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    parser.add_argument("--stats", action="store_true", help="what came of them: answers and how long they took, by what")
    parser.add_argument("--calendar", action="store_true", help="interviews and reminders, as a file that calendars open")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print one a row, what comes next first."""
    plan, now = plan_of(args), clock()
    with writing(plan) as store:
        catch_up(store, now)
        found = [known for known in records.ordered(store, now) if _asked(known.state, args)]
        rows = [records.summary(store, known, now) | {"wants": records.wanted(known, plan, now)} for known in found]
    if args.stats:
        return _stats([records.counted(known, row) for known, row in zip(found, rows, strict=True)], args)
    if args.calendar:
        sys.stdout.write(calendar(one for known in found for one in appointments(known)))
        return 0
    if args.json:
        for row in rows:
            emit(row)
    elif args.csv:
        sys.stdout.write(sheet(records.COLUMNS, rows))
    elif rows:
        _print(rows, plan)
        say(*_today(rows, plan, now))
    else:
        say("no application yet; begin one with: job-alerts applied JOB")
    return 0


def _asked(state: State | None, args: argparse.Namespace) -> bool:
    return (args.state is None or state == args.state) and not (args.open and state in OVER)


def _today(rows: Sequence[dict[str, Any]], plan: Plan, now: datetime) -> Iterator[str]:
    """What wants the person today, a line each."""
    lines = []
    for row in rows:
        for one in row["wants"]:
            said = {
                "appointment": f"{one['what']}, {here(one['when'], plan)}",
                "silence": f"no answer for {(now - one['when']).days} days",
                "deadline": f"the last day to apply is {one['when']:%Y-%m-%d}",
            }[one["kind"]]
            lines.append(f"  {row['job']}  {row['title']}: {said}")
    if lines:
        yield from ("", f"Wants you today ({len(lines)})", *lines)


def _print(rows: Sequence[dict[str, object]], plan: Plan) -> None:
    links = {str(row["title"]): address for row in rows if (address := link(str(row["url"] or "")))}
    table(([_words(row, head, plan) for head in HEADS] for row in rows), HEADS, links)


def _words(row: dict[str, object], head: str, plan: Plan) -> str:
    if head == "NEXT":
        return f"{here(row['next_at'], plan)} {row['next']}" if isinstance(row["next_at"], datetime) else _closed(row)
    value = row[head.lower()]
    return here(value, plan)[:10] if isinstance(value, datetime) else str(value or "")


def _closed(row: dict[str, object]) -> str:
    return "the job is closed" if row["closed"] else ""


def _stats(rows: Sequence[Row], args: argparse.Namespace) -> int:
    said: dict[str, Any] = figures(rows)
    if args.json:
        emit(said)
        return 0
    say(f"{said['applications']} applications, {said['sent']} of them sent; {_answers(said)}")
    if not rows:
        return 0
    table(said["states"].items(), ("STATE", "NOW"))
    for what, groups in said["by"].items():
        say("")
        heads = (what.upper(), "SENT", "ANSWERED", "INTERVIEWS", "OFFERS", "DAYS TO ANSWER", "")
        table((_group(group) for group in groups), heads)
    return 0


def _answers(said: dict[str, Any]) -> str:
    days = said["days_to_answer"]
    took = f", after {days['median']:g} days in the middle ({days['shortest']:g} to {days['longest']:g})" if days else ""
    return f"{said['answered']} answered{took}"


def _group(group: dict[str, Any]) -> tuple[object, ...]:
    days = group["days_to_answer"]
    bar = "■" * group["answered"] + "□" * (group["sent"] - group["answered"])
    figures = (group["sent"], group["answered"], group["interviews"], group["offers"])
    return (group["name"], *figures, f"{days['median']:g}" if days else "", bar if len(bar) <= 20 else "")
