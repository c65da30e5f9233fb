"""completion: print the completion of commands and options for bash, zsh or fish."""

from __future__ import annotations

import argparse

from alerts.cli.commands._shared import emit, json_option, say

SHELLS = ("bash", "zsh", "fish")


def arguments(parser: argparse.ArgumentParser) -> None:
    """For which shell."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print the script; its first line says where it belongs."""
    from alerts.cli import completion

    script = completion.script(args.shell, args.whole()).rstrip("\n")
    if args.json:
        emit({"shell": args.shell, "script": script})
    else:
        say(script)
    return 0
