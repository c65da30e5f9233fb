"""letter: a draft of an application, from your own template and facts or by a program of yours; kept once edited."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from alerts.acts import letter as letters
from alerts.acts.jobs import job_of
from alerts.cli.commands._shared import clock, emit, here, json_option, plan_of, reading, writing
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job, from what."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    parser.add_argument("--template", metavar="FILE", help="the template (default: settings.letter)")
    parser.add_argument("--profile", metavar="FILE", help="a TOML file with facts of you (default: settings.profile)")
    parser.add_argument("--again", action="store_true", help="make it anew, though a draft was kept")
    parser.add_argument("--edit", action="store_true", help="open it in $EDITOR")
    parser.add_argument("--output", metavar="FILE", help="write it there (default: print it)")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print, write or open the draft; what is missing is said."""
    plan = plan_of(args)
    with reading(plan) as store:
        job = job_of(store, args.job).id
        kept = None if args.again or args.template else letters.kept(store, job)
        text = kept[0] if kept else _made(store, job, plan, args)
    if kept:
        print(f"job-alerts: this draft was kept at {here(kept[1], plan)}; --again makes a new one", file=sys.stderr)
    elif plan.letter and not args.template:
        _keep(plan, job, text)
    if args.edit or args.output:
        status, after = _write(text, args)
        if args.edit and after not in ("", text):
            _keep(plan, job, after)
            print("job-alerts: kept with the application", file=sys.stderr)
        return status
    if args.json:
        emit({"job": args.job, "text": text, "file": None})
    else:
        print(text)
    return 0


def _made(store: Store, job: int, plan: Plan, args: argparse.Namespace) -> str:
    if plan.letter and not args.template:
        return letters.by_program(store, job, plan, clock())
    template = Path(args.template) if args.template else plan.settings.letter
    profile = Path(args.profile) if args.profile else plan.settings.profile
    draft = letters.drafted(store, job, template, profile, clock())
    if draft.missing:
        print(f"job-alerts: not known: {', '.join(draft.missing)}; facts of yours belong into the profile", file=sys.stderr)
    return draft.text


def _keep(plan: Plan, job: int, text: str) -> None:
    with writing(plan) as store:
        letters.keep(store, job, text, clock())


def _write(text: str, args: argparse.Namespace) -> tuple[int, str]:
    """The exit status, and the text as it is when the editor has ended."""
    if args.output:
        path = Path(args.output)
        if path.exists():
            raise UsageError(f"{path} exists already and is left as it is; name another file")
    else:
        path = Path(tempfile.mkdtemp(prefix="job-alerts-")) / "letter.md"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}; name another file") from None
    if args.edit:
        editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        try:
            status = subprocess.run([*editor, str(path)], check=False).returncode  # noqa: S603 - the user's own editor
        except OSError as error:
            why = f"{editor[0]} cannot be started: {error.strerror}"
            raise UsageError(f"{why}; the draft is in {path}, set $EDITOR to your editor") from None
        return status, _read(path) if status == 0 else ""
    if args.json:
        emit({"job": args.job, "text": text, "file": str(path)})
    else:
        print(path)
    return 0, text


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
