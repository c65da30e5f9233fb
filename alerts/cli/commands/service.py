"""service: install, remove or look at the daemon as a service: systemd, launchd on macOS, or a line for cron."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from typing import TYPE_CHECKING

from alerts.cli.commands._shared import emit, json_option, say
from alerts.config import find
from alerts.model.errors import UsageError

if TYPE_CHECKING:
    from alerts.daemon.service_manager import Kind, Manager
    from alerts.daemon.service_unit import Service


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, for whom."""
    parser.add_argument("what", choices=["install", "remove", "status", "logs"])
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--user", action="store_true", help="for you alone (default, unless you are root)")
    whose.add_argument("--system", action="store_true", help="for the machine, as a user of its own (default for root)")
    parser.add_argument("--as", dest="kind", choices=["systemd", "launchd", "cron"], help="default: what this machine has")
    parser.add_argument("--print", dest="only_print", action="store_true", help="show what would be written, and write nothing")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it was done; 2 when it could not work as things are, which is said."""
    from alerts.daemon import service_manager

    kind: Kind = args.kind or service_manager.kind_of(sys.platform)
    system = kind == "systemd" and (args.system or (os.geteuid() == 0 and not args.user))
    manager = service_manager.Manager(kind, system, service_manager.place_of(kind, os.environ, system=system))
    if args.what == "install":
        return _install(args, manager)
    if kind == "cron":
        raise UsageError(
            "cron keeps its own list: look at it with crontab -l, change it with crontab -e; how it is: job-alerts status"
        )
    if args.what == "remove":
        return _remove(args, manager)
    if args.json:
        return _asked(args.what, manager)
    return max(manager.run(words) for words in manager.words[args.what])


def _asked(what: str, manager: Manager) -> int:
    """What the machine's own commands say, as one object."""
    from alerts.daemon.service_manager import heard

    answers = [(words, *heard(words)) for words in manager.words[what]]
    emit({"what": what, "said": [{"command": words, "status": status, "text": text} for words, status, text in answers]})
    return max(status for _, status, _ in answers)


def _install(args: argparse.Namespace, manager: Manager) -> int:
    from alerts.daemon import service_plan

    config = find.SYSTEM if manager.system and not args.config else find.find(args.config)
    service = service_plan.plan(config, os.environ, system=manager.system)
    obstacles = list(service_plan.obstacles(service))
    if args.only_print:
        text = _text(manager, service).decode()
        if args.json:
            emit({"what": "install", "place": str(manager.place), "text": text, "wrote": False})
        else:
            print(text, end="")
        for line in obstacles:
            print(f"job-alerts: as things are it would not work: {line}", file=sys.stderr)
        return 0
    if obstacles:
        raise UsageError("\n".join(obstacles))
    if manager.kind == "cron":
        line = _text(manager, service).decode().strip()
        if args.json:
            emit({"what": "install", "place": None, "text": line, "wrote": False})
            return 0
        say("add this line to your crontab:", line, "at once, with:", f"(crontab -l; echo {shlex.quote(line)}) | crontab -")
        return 0
    service_plan.prepare(service)
    manager.write(_text(manager, service))
    reached = manager.reload()
    if args.json:
        emit({"what": "install", "place": str(manager.place), "text": None, "wrote": True, "next": manager.words["start"]})
        return 0
    say(f"wrote {manager.place}")
    _say_next(manager, list(service_plan.remarks(service)), reached=reached)
    return 0


def _text(manager: Manager, service: Service) -> bytes:
    from alerts.daemon import service_unit

    if manager.kind == "launchd":
        return service_unit.launchd(service)
    return (service_unit.systemd(service) if manager.kind == "systemd" else f"{service_unit.cron(service)}\n").encode()


def _say_next(manager: Manager, remarks: list[str], *, reached: bool) -> None:
    """The next commands, in their order."""
    sudo = "sudo " if manager.system else ""
    if remarks:
        say("before the first start it needs:", *(f"  {line}" for line in remarks))
    say("next:", *(f"  {sudo}{shlex.join(words)}" for words in manager.words["start"]))
    if manager.kind == "systemd" and not manager.system:
        say("  loginctl enable-linger        # so that it runs while you are not logged in")
    if not reached:
        say(f"(the manager of services cannot be asked from here; first: {sudo}{shlex.join(manager.words['reload'][0])})")
    whose = "--system" if manager.system else "--user"
    say(f"how it is: job-alerts service status {whose}, job-alerts service logs {whose}, job-alerts doctor")


def _remove(args: argparse.Namespace, manager: Manager) -> int:
    if not manager.remove():
        raise UsageError(f"there is no {manager.place}, so nothing to remove")
    if args.json:
        emit({"what": "remove", "place": str(manager.place)})
        return 0
    say(f"removed {manager.place}; the configuration and the database stay where they are")
    return 0
