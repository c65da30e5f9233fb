"""desk: open the desk: the page where the job hunt is seen and steered; prints a link that signs in once."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from alerts.cli.commands._shared import clock, emit, json_option, logging_to_terminal, plan_of, say, writing
from alerts.config import listening
from alerts.config.listening import DESK
from alerts.listener.bound import CannotListen
from alerts.model.errors import UsageError
from alerts.model.plan import Plan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens, and who may enter."""
    parser.add_argument("--listen", metavar="PLACE", help=f'"127.0.0.1:8484" or "unix:PATH" (default: {DESK})')
    parser.add_argument("--link", action="store_true", help="only print a link, for a desk that is running")
    parser.add_argument("--password", action="store_true", help="set a password, asked for twice; ends every sign-in")
    parser.add_argument("--sign-out-all", action="store_true", help="end every sign-in")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    plan = plan_of(args)
    if args.sign_out_all:
        with writing(plan) as store:
            ended = store.sessions.end()
        return _said(args, {"ended": ended}, f"ended: {ended} sign-ins")
    _need()
    if args.password:
        return _password(args, plan)
    if plan.http and plan.http.desk and not args.listen:
        link = _link(plan, plan.http.desk[0])
        return _said(
            args, {"link": link}, f"open {link}", "It works once, for 10 minutes, while the daemon runs (job-alerts run)."
        )
    listen = args.listen or DESK
    if args.link:
        link = _link(plan, f"http://{listen}")
        return _said(args, {"link": link}, f"open {link}", "It works once, for 10 minutes.")
    return _serve(args, plan, listen)


def _said(args: argparse.Namespace, value: dict[str, object], *lines: str) -> int:
    """For a program or for a person."""
    if args.json:
        emit(value)
    else:
        say(*lines)
    return 0


def _need() -> None:
    from importlib.util import find_spec

    if not all(find_spec(name) for name in ("starlette", "uvicorn", "argon2")):
        raise UsageError('the desk needs packages that are not installed: pip install "job-alerts[desk]"')


def _password(args: argparse.Namespace, plan: Plan) -> int:
    from getpass import getpass

    from alerts.desk.sessions import hash_of

    first = getpass("new password: ")
    if len(first) < 10:
        raise UsageError("a password has at least 10 characters; a few words do well")
    if getpass("once more: ") != first:
        raise UsageError("these were not the same; nothing was changed")
    with writing(plan) as store:
        store.sessions.keep_password("", hash_of(first))
    said = "the password is set; every sign-in was ended. The name to sign in with is left empty"
    return _said(args, {"password": "set"}, said)


def _link(plan: Plan, origin: str) -> str:
    from alerts.desk.sessions import one_time_link
    from alerts.store import link_key

    with writing(plan) as store:
        link_key.take_over(store, plan.settings.database, clock())
        return f"{origin}/login?once={one_time_link(store, '', clock())}"


def _serve(args: argparse.Namespace, plan: Plan, listen: str) -> int:
    from alerts.config.find import find
    from alerts.desk.app import create_app
    from alerts.desk.plan_file import watched
    from alerts.listener.bound import bind, unbind
    from alerts.listener.listener import server

    logging_to_terminal(verbose=args.verbose)
    try:
        asked = listening.read(listen, ("localhost",), public=True, folder=Path.cwd(), least=0)
        listening.with_desk(asked, None)
        found = bind(asked, mode=0o600)
    except (ValueError, CannotListen) as error:
        raise UsageError(f"{listen} cannot be listened on: {error}; name another with --listen, see docs/desk.md") from None
    http = listening.with_desk(replace(asked, port=found.getsockname()[1]) if asked.host else asked, None)
    path = find(args.config).absolute()
    link = _link(plan, http.desk[0])
    _said(args, {"link": link}, f"open {link}", "It works once, for 10 minutes. Stop with Ctrl-C.")
    sys.stdout.flush()  # whoever reads it through a pipe waits for it
    try:
        server(create_app(watched(path), origins=http.desk)).run(sockets=[found])
    finally:
        unbind(http, found)
    return 0
