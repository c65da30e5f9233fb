"""login: log in once at the provider of a mail channel, so that it can send without a password."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.cli.commands._shared import emit, json_option, plan_of, say
from alerts.model.errors import UsageError

if TYPE_CHECKING:
    from alerts.channels._mail_options import Options
    from alerts.fetch.client import Client
    from alerts.model.plan import Plan
    from alerts.oauth.settings import Oauth
    from alerts.oauth.tokens import Tokens


def arguments(parser: argparse.ArgumentParser) -> None:
    """For which channel, and how."""
    parser.add_argument("channel", metavar="CHANNEL", help="the name of a mail channel that has oauth = { … }")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--device", action="store_const", const="device", dest="way", help="with a code that you type in elsewhere")
    way.add_argument("--browser", action="store_const", const="browser", dest="way", help="with an address that you paste here")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the login is kept."""
    from alerts.daemon.bootstrap import client_of
    from alerts.oauth import keep

    plan = plan_of(args)
    options, oauth = _asked(args.channel, plan)
    path = keep.place(oauth, options.user)
    with client_of(plan) as client:
        way = args.way or oauth.at("way")
        tokens = _by_browser(options, oauth, client) if way == "browser" else _by_device(oauth, client)
    _keep(path, tokens)
    if args.json:
        emit({"channel": args.channel, "provider": oauth.provider, "user": options.user, "kept_in": str(path)})
    else:
        say(
            f"logged in at {oauth.title} as {options.user}; kept in {path}, for you alone",
            f"try it: job-alerts test {args.channel}",
        )
    return 0


def _asked(name: str, plan: Plan) -> tuple[Options, Oauth]:
    channel = plan.channels.get(name)
    if channel is None:
        raise UsageError(f"there is no channel {name!r}; there are: {', '.join(plan.channels) or 'none'}")
    oauth: Oauth | None = getattr(channel.options, "oauth", None)
    if oauth is None:
        raise UsageError(f'the channel {name!r} has no oauth = {{ provider = "microsoft", client_id = "…" }}; see docs/mail.md')
    if channel.missing:
        raise UsageError(f"the channel {name!r} cannot log in: {channel.missing}")
    return channel.options, oauth  # type: ignore[return-value]


def _by_device(oauth: Oauth, client: Client) -> Tokens:
    from alerts.oauth import device

    code = device.begin(oauth, client)
    _tell(
        f"Open {code.address} on any device, and type in: {code.shown}",
        f"Waiting until that is done (at most {code.lasts / 60:.0f} minutes) …",
    )
    return device.finish(code, oauth, client, time.sleep, time.time)


def _by_browser(options: Options, oauth: Oauth, client: Client) -> Tokens:
    from alerts.oauth import browser

    visit = browser.begin(oauth, options.user)
    _tell(
        f"Open this address in a browser on any machine, and log in as {options.user}:",
        "",
        visit.address,
        "",
        "At the end the browser shows a page that cannot be reached. That is right:",
        "copy the whole address of that page, paste it here, and press Enter:",
    )
    return browser.finish(visit, sys.stdin.readline(), oauth, client, time.time())


def _tell(*lines: str) -> None:
    """What a person has to do stands on standard error: standard output is for the answer."""
    from alerts.render.clean import steady

    for line in lines:
        print(steady(line), file=sys.stderr, flush=True)


def _keep(path: Path, tokens: Tokens) -> None:
    from alerts.oauth import keep

    try:
        keep.store(path, tokens)
    except OSError as error:
        raise UsageError(f"the login cannot be kept in {path}: {error.strerror}; ask as the user of the daemon") from None
