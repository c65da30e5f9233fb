"""init: write a first configuration with comments."""

from __future__ import annotations

import argparse
import os
from importlib import resources
from pathlib import Path

from alerts.cli.commands._shared import say
from alerts.config.find import user_file
from alerts.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="where to write it (default: the user's configuration)")


def run(args: argparse.Namespace) -> int:
    """Write the example; an existing file is never touched."""
    path = Path(args.file or args.config or os.environ.get("JOB_ALERTS_CONFIG") or user_file(os.environ)).expanduser()
    text = example()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists already and is left as it is; edit it, or name another file") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    say(f"wrote {path}", "edit it, then: job-alerts check, job-alerts poll, job-alerts run")
    return 0


def example() -> str:
    """``config.example.toml``: beside the package when installed, at the top of a checkout."""
    for place in (
        resources.files("alerts.config") / "config.example.toml",
        resources.files("alerts") / ".." / "config.example.toml",
    ):
        if place.is_file():
            return place.read_text("utf-8")
    raise UsageError("the example configuration is missing from this installation; install job-alerts again")
