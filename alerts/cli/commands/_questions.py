"""The short conversation of ``init``: one question a line, what is usual in brackets, an answer that does not fit asked again."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from alerts.model.errors import UsageError

if TYPE_CHECKING:
    import argparse

#: What an answer must be: the trouble with it in words, or None.
Trouble = Callable[[str], str | None]
WAYS = ("console", "email", "slack", "webhook")
_TRIES = 5


def converse(args: argparse.Namespace, zone: str) -> None:
    """Fill in what the call did not say; raises UsageError when the conversation is broken off."""
    from alerts.config.build import bad_place

    print("A few questions; Enter takes what stands in brackets, or leaves the answer open. Nothing is written before the end.")
    args.home = args.home or ask("Where are you? (such as Berlin, Germany)", "", lambda said: bad_place(said) if said else None)
    args.zone = args.zone or ask("Your time zone?", zone, bad_zone)
    args.looking = args.looking or _several(ask("What do you look for? (job titles, commas between)", "", _something))
    said = ask("Where could you work? (cities or countries, semicolons between; Enter: anywhere)", "", _places)
    args.place = args.place or _several(said, ";")
    args.watch = args.watch or _several(ask("What shall be watched? (an address, or a company's name)", "", lambda _: None))
    args.tell = args.tell or ask("How shall you be told? (console, email, slack, webhook)", "console", _way)
    _channel(args)


def _channel(args: argparse.Namespace) -> None:
    if args.tell == "email":
        args.to = args.to or ask("Your address?", "", _mail)
        args.server = args.server or ask("Your mail server? (smtp://you@smtp.example.org:587)", "", _server)
        if "@" in args.server and not args.password:
            args.password = secret("Its password? (not shown; Enter: from the variable SMTP_PASSWORD)")
    elif args.tell in ("slack", "webhook"):
        what = "The webhook address of Slack?" if args.tell == "slack" else "The address of your webhook?"
        args.url = args.url or ask(what, "", bad_url)


def ask(question: str, usual: str, trouble: Trouble) -> str:
    """One answer that fits."""
    for _ in range(_TRIES):
        try:
            said = input(f"{question}{f' [{usual}]' if usual else ''} ").strip() or usual
        except EOFError:
            raise UsageError("the conversation was broken off; nothing was written") from None
        problem = trouble(said)
        if problem is None:
            return said
        print(f"  {problem}")
    raise UsageError("no answer fitted; nothing was written (job-alerts init --help has the same as options)")


def secret(question: str) -> str:
    """An answer that is not shown while it is typed."""
    try:
        return getpass.getpass(f"{question} ", stream=sys.stdout).strip()
    except EOFError:
        raise UsageError("the conversation was broken off; nothing was written") from None


def _several(said: str, between: str = ",") -> list[str]:
    return [part.strip() for part in said.split(between) if part.strip()]


def bad_zone(said: str) -> str | None:
    """What is wrong with the name of a time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(said)
    except (LookupError, ValueError, OSError):
        return f'no time zone is called {said!r}; write for example "Europe/Berlin" or "UTC"'
    return None


def bad_url(said: str) -> str | None:
    """What is wrong with an address to send to."""
    return None if said.startswith(("https://", "http://")) else "it begins with https://"


def _something(said: str) -> str | None:
    return None if said else 'at least one, such as "data engineer"'


def _places(said: str) -> str | None:
    from alerts.config.build import bad_place

    return next((trouble for place in _several(said, ";") if " of " not in place and (trouble := bad_place(place))), None)


def _way(said: str) -> str | None:
    return None if said in WAYS else f"one of {', '.join(WAYS)}; others can be written later (job-alerts kinds)"


def _mail(said: str) -> str | None:
    return None if "@" in said else "an address such as ada@example.org"


def _server(said: str) -> str | None:
    return None if said.startswith(("smtp://", "smtps://")) else "it begins with smtp:// or smtps://"
