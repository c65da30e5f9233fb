"""The command ``job-alerts``: finds the command, reads the call, says errors in one line."""

from __future__ import annotations

import argparse
import errno
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

from alerts import __version__
from alerts.cli import commands, streams
from alerts.cli.journey import JourneyParser
from alerts.daemon.garbage import starting
from alerts.model.errors import AlertsError


def names() -> list[str]:
    """All commands: the files of the folder."""
    return [found.name for found in pkgutil.iter_modules(commands.__path__) if not found.name.startswith("_")]


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The whole call; with ``only`` the one command that is asked for, so that nothing else is imported."""
    whole = JourneyParser(
        prog="job-alerts",
        description="Watches the places where jobs are published and tells you, once and quickly, about the ones you asked for.",
        epilog="Start with: job-alerts init. More of one: job-alerts COMMAND --help.",
    )
    whole.add_argument("--version", action="version", version=f"job-alerts {__version__}")
    _shared_options(whole, default=None)
    chosen = whole.add_subparsers(metavar="COMMAND", parser_class=argparse.ArgumentParser)
    whole.set_defaults(run=lambda _: _help(whole), whole=parser)
    for name in _imported(only):
        module = import_module(f"alerts.cli.commands.{name}")
        caption = (module.__doc__ or "").splitlines()[0].partition(": ")[2].rstrip(".")
        sub = chosen.add_parser(name, help=caption, description=caption[:1].upper() + caption[1:] + ".")
        _shared_options(sub, default=argparse.SUPPRESS)
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return whole


def _help(whole: argparse.ArgumentParser) -> int:
    """No command is a question, not a mistake."""
    whole.print_help()
    return 0


def _imported(only: str | None) -> list[str]:
    """The command that is asked for; none for the version; all of them for help, and to say which there are."""
    known = [] if only == "--version" else names()
    return [only] if only in known else known


def _shared_options(parser: argparse.ArgumentParser, default: object) -> None:
    """What every command takes, before its name or after it."""
    parser.add_argument(
        "--config", metavar="FILE", default=default, help="the configuration (default: the user's or the system's)"
    )
    parser.add_argument("-v", "--verbose", action="store_true", default=default or False, help="say more")


def _asked_for(words: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of one, or that asks for the version."""
    for before, word in zip(("", *words), words, strict=False):
        if word == "--version" or (not word.startswith("-") and before != "--config"):
            return word
    return None


def _said(error: OSError) -> str | None:
    """What the machine refused, in one line; None where it may be a fault of ours."""
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "too many files are open at once; allow more (ulimit -n 1024; LimitNOFILE=1024 in a unit) and start again"
    if error.filename is None:
        return None
    advice = {
        errno.EACCES: "; ask as the user of the daemon (for a system service: sudo)",
        errno.EPERM: "; ask as the user of the daemon (for a system service: sudo)",
        errno.ENOSPC: "; make room on that disk",
    }
    return f"{error.filename}: {error.strerror}{advice.get(error.errno or 0, '')}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 good, 1 something failed (and was said), 2 the configuration or the call is wrong."""
    words = list(sys.argv[1:] if argv is None else argv)
    if sys.platform == "win32":
        print("job-alerts runs on Linux and macOS; on Windows, run it in WSL (wsl --install)", file=sys.stderr)
        return 2
    streams.open_all()
    streams.speak_any()
    try:
        with starting():
            args = parser(_asked_for(words)).parse_args(words)
        status: int = args.run(args)
        sys.stdout.flush()
    except AlertsError as error:
        from alerts.render.clean import steady

        print(f"job-alerts: {steady(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing more can be said.
        streams.give_up_output()
        return 1
    except OSError as error:
        if said := _said(error):
            print(f"job-alerts: {said}", file=sys.stderr)
            return 1
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
            raise
        streams.give_up_output()
        print(f"job-alerts: the output cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    return status
