"""letter: a draft of an application, from your own template and facts; nothing is invented."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from alerts.acts.jobs import job_of
from alerts.acts.letter import drafted
from alerts.cli.commands._shared import clock, plan_of, reading
from alerts.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job, from what."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    parser.add_argument("--template", metavar="FILE", help="the template (default: settings.letter)")
    parser.add_argument("--profile", metavar="FILE", help="a TOML file with facts of you (default: settings.profile)")
    parser.add_argument("--edit", action="store_true", help="open it in $EDITOR")
    parser.add_argument("--output", metavar="FILE", help="write it there (default: print it)")


def run(args: argparse.Namespace) -> int:
    """Print, write or open the draft; what is missing is said."""
    plan = plan_of(args)
    template = Path(args.template) if args.template else plan.settings.letter
    profile = Path(args.profile) if args.profile else plan.settings.profile
    with reading(plan) as store:
        draft = drafted(store, job_of(store, args.job).id, template, profile, clock())
    if draft.missing:
        print(f"job-alerts: not known: {', '.join(draft.missing)}; facts of yours belong into the profile", file=sys.stderr)
    if args.edit or args.output:
        return _write(draft.text, args)
    print(draft.text)
    return 0


def _write(text: str, args: argparse.Namespace) -> int:
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
            return subprocess.run([*editor, str(path)], check=False).returncode  # noqa: S603 - the user's own editor
        except OSError as error:
            why = f"{editor[0]} cannot be started: {error.strerror}"
            raise UsageError(f"{why}; the draft is in {path}, set $EDITOR to your editor") from None
    print(path)
    return 0
