"""init: a few questions (or options), then a first configuration of only what you said, and what it would have told you."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from importlib import resources
from pathlib import Path

from alerts.cli.commands import _questions as questions
from alerts.cli.commands._shared import emit, json_option, say
from alerts.config import first
from alerts.config.find import user_file
from alerts.config.zones import local_zone
from alerts.model.errors import ConfigError, UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and the answers to its questions."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="where to write it (default: the user's configuration)")
    parser.add_argument("--home", metavar="PLACE", help='where you are ("Berlin, Germany")')
    parser.add_argument("--zone", metavar="ZONE", help="your time zone (default: the machine's)")
    parser.add_argument("--looking", action="append", metavar="TITLE", help="a job title that you look for; may be repeated")
    parser.add_argument("--place", action="append", metavar="PLACE", help="where you could work (default: anywhere)")
    parser.add_argument("--watch", action="append", metavar="ADDRESS|COMPANY", help="what shall be read; may be repeated")
    parser.add_argument("--tell", choices=questions.WAYS, help="how you are told (default: console)")
    parser.add_argument("--to", metavar="ADDRESS", help="email: to whom")
    parser.add_argument("--server", metavar="ADDRESS", help="email: your server (smtp://you@smtp.example.org:587)")
    parser.add_argument("--url", metavar="ADDRESS", help="slack, webhook: where to")
    parser.add_argument("--allow-private", action="append", metavar="ADDRESS", help="an address of your own network to read from")
    parser.add_argument("--example", action="store_true", help="write the example with every option instead; ask nothing")
    json_option(parser)
    parser.set_defaults(password="")


def run(args: argparse.Namespace) -> int:
    """0 written, and everything that shall be watched was found; 1 some of it was not; an existing file is never touched."""
    path = Path(args.file or args.config or os.environ.get("JOB_ALERTS_CONFIG") or user_file(os.environ)).expanduser()
    if path.exists():
        raise UsageError(f"{path} exists already and is left as it is; edit it, or name another file")
    if args.example:
        write(path, example())
        say(f"wrote {path}", "edit it, then: job-alerts check, job-alerts poll, job-alerts run")
        return 0
    if not args.looking:
        if not sys.stdin.isatty():
            raise UsageError(
                'init asks on a terminal; elsewhere say it: job-alerts init --looking "data engineer" --watch ADDRESS'
            )
        questions.converse(args, local_zone())
    wishes = _wishes(args, path.parent)
    _write_all(path, wishes, args)
    return _look(path, args)


def _wishes(args: argparse.Namespace, folder: Path) -> first.Wishes:
    zone = args.zone or local_zone()
    if trouble := questions.bad_zone(zone):
        raise UsageError(f"--zone: {trouble}")
    return first.Wishes(
        looking=tuple(args.looking),
        zone=zone,
        home=args.home or "",
        places=tuple(args.place or ()),
        tell=args.tell or "console",
        channel=_channel(args),
        allow_private=tuple(args.allow_private or ()),
    )


def _channel(args: argparse.Namespace) -> dict[str, object]:
    """The options of the channel; what is secret goes into a file of its own."""
    if args.tell == "email":
        if not (args.to and args.server):
            raise UsageError("--tell email needs --to ADDRESS and --server smtp://you@smtp.example.org:587")
        known = {"file": "mail.secret"} if args.password else {"env": "SMTP_PASSWORD"}
        secret: dict[str, object] = {"password": known} if "@" in args.server else {}
        return {"server": args.server, **secret, "from": args.to, "to": [args.to]}
    if args.tell in ("slack", "webhook"):
        if not args.url or questions.bad_url(args.url):
            raise UsageError(f"--tell {args.tell} needs --url with the address to send to, which begins with https://")
        return {"url": {"file": f"{args.tell}.secret"}}
    return {}


def _write_all(path: Path, wishes: first.Wishes, args: argparse.Namespace) -> None:
    """The configuration last, so that it never names a file that is not there; what is there already stays."""
    folder = path.parent
    beside = {"letter.md": first.LETTER, "profile.toml": first.PROFILE}
    if args.tell in ("slack", "webhook"):
        beside[f"{args.tell}.secret"] = args.url + "\n"
    if args.password:
        beside["mail.secret"] = args.password + "\n"
    made = [name for name, text in beside.items() if not (folder / name).exists() and write(folder / name, text)]
    text = first.configuration(wishes)
    write(path, text)
    try:
        from alerts.config.load import load

        load(path, secrets="where there")
    except ConfigError as error:
        for name in [path.name, *made]:
            (folder / name).unlink(missing_ok=True)
        raise UsageError("nothing was written: " + "; ".join(line.partition(": ")[2] for line in error.problems)) from None
    if not args.json:
        say(f"wrote {path}{', beside it ' + ', '.join(made) if made else ''}", "")


def _look(path: Path, args: argparse.Namespace) -> int:
    """Add what shall be watched, and show what of the last week would have been told."""
    from alerts.cli.commands import _first_look as first_look

    seen = first_look.look(path, args.watch or [], ask_again=sys.stdin.isatty() and not args.json)
    if args.json:
        emit({"file": str(path), **first_look.record(seen)})
    else:
        say(*first_look.lines(seen, path), "")
        say(f"Next, now:     {_call('poll', path)}", f"And for good:  {_call('service install', path)}")
    return 1 if seen.failed else 0


def _call(command: str, path: Path) -> str:
    """The command for this configuration, with its file where it would not be found by itself."""
    own = user_file(os.environ) == path
    return f"job-alerts {command}{'' if own else f' --config {shlex.quote(str(path))}'}"


def write(path: Path, text: str) -> Path:
    """A new file that only you can read; raises UsageError where there is one already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists already and is left as it is; edit it, or name another file") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    return path


def example() -> str:
    """``config.example.toml``: beside the package when installed, at the top of a checkout."""
    for place in (
        resources.files("alerts.config") / "config.example.toml",
        resources.files("alerts") / ".." / "config.example.toml",
    ):
        if place.is_file():
            return place.read_text("utf-8")
    raise UsageError("the example configuration is missing from this installation; install job-alerts again")
