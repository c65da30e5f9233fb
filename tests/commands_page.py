"""docs/commands.md from the parser: every command with its options. Write it anew with: python -m tests.commands_page"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from alerts.cli import main
from alerts.cli.journey import grouped

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"


def page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "Every command takes `--config FILE` and `-v`, before its name or after it. Exit status: 0 good, 1 something failed"
    yield "and was said, 2 the call or the configuration is wrong. What `--json` prints: [json.md](json.md). Written from the"
    yield "program itself."
    yield ""
    for group, names in grouped(main.names()).items():
        yield from (f"## {group}", "")
        for name in names:
            yield from _command(name)


def _command(name: str) -> Iterator[str]:
    whole = main.parser(name)
    (chosen,) = [action for action in whole._actions if isinstance(action, argparse._SubParsersAction)]
    parser = chosen.choices[name]
    yield from (f"### {name}", "", f"{parser.description}", "")
    yield from _table(parser)


def _table(parser: argparse.ArgumentParser) -> Iterator[str]:
    rows = [row for action in parser._actions for row in _rows(action)]
    if rows:
        yield from ("| | |", "|---|---|", *rows, "")


def _rows(action: argparse.Action) -> Iterator[str]:
    if action.dest in {"help", "config", "verbose"} or action.help == argparse.SUPPRESS:
        return
    if isinstance(action, argparse._SubParsersAction):
        for one in action._choices_actions:
            yield f"| `{one.dest}` | {_safe(one.help)} |"
            yield from (row.replace("| `", f"| `{one.dest} ", 1) for row in _inner(action.choices[one.dest]))
        return
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    value = " ".join(value) if isinstance(value, tuple) else value
    if action.choices and not action.metavar:
        value = "|".join(map(str, action.choices))
    names = ", ".join(action.option_strings)
    said = f"{names} {value}".strip() if names else value
    yield f"| `{_safe(said)}` | {_safe(action.help)} |"


def _inner(parser: argparse.ArgumentParser) -> list[str]:
    return [row for action in parser._actions for row in _rows(action)]


def _safe(said: str | None) -> str:
    return (said or "").replace("%%", "%").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
