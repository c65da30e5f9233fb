"""The help: commands in the order in which a person needs them, each group with its question."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Mapping

#: Group → its commands, the first step first. A command that stands nowhere is shown in the last group.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Start": ("demo", "init", "add", "import", "kinds", "check", "login", "test", "completion"),
    "Look": ("jobs", "read", "preview", "explain", "like", "query", "history", "export"),
    "Act": ("save", "hide", "note", "letter", "prepare", "applied", "applications", "application", "forget"),
    "Run": ("poll", "run", "service", "status", "backup"),
    "Mend": ("doctor", "deliveries", "same", "different", "restore", "move"),
}
REST = "More"
_WIDTH = 14


def grouped(names: list[str]) -> dict[str, list[str]]:
    """The commands that there are, by group."""
    told = {group: [name for name in members if name in names] for group, members in GROUPS.items()}
    known = {name for members in told.values() for name in members}
    told[REST] = [name for name in names if name not in known]
    return {group: members for group, members in told.items() if members}


class JourneyParser(argparse.ArgumentParser):
    """A parser whose help lists the commands in groups."""

    def format_help(self) -> str:
        """Usage, what it is, the commands by group, the options, the first steps."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        return "\n".join(
            [
                formatter.format_help(),
                *_commands(_captions(self)),
                self._options(),
                textwrap.fill(self.epilog or "", _width()),
                "",
            ]
        )

    def _options(self) -> str:
        formatter = self._get_formatter()
        formatter.start_section("Options")
        formatter.add_arguments([action for action in self._actions if not isinstance(action, argparse._SubParsersAction)])
        formatter.end_section()
        return formatter.format_help()


def _captions(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Command → what it does, in a few words."""
    chosen = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {one.dest: str(one.help or "") for action in chosen for one in action._choices_actions}


def _commands(captions: Mapping[str, str]) -> Iterator[str]:
    for group, members in grouped(list(captions)).items():
        yield f"{group}:"
        for name in members:
            lines = textwrap.wrap(captions[name], _width() - _WIDTH) or [""]
            yield f"  {name:<{_WIDTH - 3}} {lines[0]}"
            yield from (" " * _WIDTH + line for line in lines[1:])
        yield ""


def _width() -> int:
    """The columns of the terminal, two less, as the rest of the help has it."""
    return max(argparse.HelpFormatter("")._width, 40)
