"""What several commands do: read the configuration, open the store, print tables and JSON that cannot harm a terminal."""

from __future__ import annotations

import argparse
import json
import logging
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from alerts.cli import log_lines
from alerts.cli.log_repeats import Repeats
from alerts.config.find import find
from alerts.config.load import load
from alerts.config.problems import SecretsPolicy
from alerts.model import spoken
from alerts.model.plan import Plan
from alerts.render.clean import steady
from alerts.store.store import Store

#: Controls, marks of direction, and what shows nothing: they mean the same in JSON as an escape.
_STEERING = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def plan_of(args: argparse.Namespace, *, secrets: SecretsPolicy = "where there") -> Plan:
    """The configuration that the call names; raises ConfigError. Only what reads or sends needs secrets."""
    return load(find(args.config), secrets=secrets)


def reading(plan: Plan) -> Store:
    """The store, for reading only."""
    return Store(plan.settings.database, readonly=True)


def writing(plan: Plan) -> Store:
    """The store, for a small change beside a running daemon."""
    return Store(plan.settings.database)


def clock() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


def json_option(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def say(*lines: str) -> None:
    """Print lines of text that may come from anywhere."""
    for line in lines:
        print(steady(line))


def wrapped(words: str, head: str) -> list[str]:
    """``head`` and the words behind it; on a terminal in lines that fit, the further ones beneath the words."""
    words = " ".join(words.split())
    if not sys.stdout.isatty():
        return [head + words]
    room = max(shutil.get_terminal_size().columns - len(head), 20)
    lines = textwrap.wrap(words, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [head + lines[0], *(" " * len(head) + line for line in lines[1:])]


def emit(value: object) -> None:
    """Print one JSON value on one line; times as ISO 8601, marks that steer a terminal as ``\\u`` escapes."""
    text = json.dumps(value, ensure_ascii=False, default=lambda one: one.isoformat() if isinstance(one, date) else str(one))
    print(_STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text))


def table(rows: Iterable[Sequence[object]], heads: Sequence[str], links: Mapping[str, str] | None = None) -> None:
    """Print a table that fits the terminal. ``links``: words of a cell → the address that a click on them opens."""
    from alerts.cli import terminal

    texts = [[steady(str("" if cell is None else cell)).replace("\n", " ") for cell in row] for row in rows]
    terminal.table(texts, heads, {steady(words): address for words, address in (links or {}).items()})


def here(moment: datetime, plan: Plan) -> str:
    """A moment in the user's time zone, which it names: ``2026-11-28 08:05 CET``."""
    return spoken.here(moment, plan.settings.timezone)


def logging_to_terminal(*, verbose: bool, form: str = "auto", repeats: bool = True) -> None:
    """Log to standard error: one line an entry, whatever the words hold. Without ``repeats``, a warning comes once an hour."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(log_lines.formatter(form, sys.stderr))
    if not repeats:
        handler.addFilter(Repeats())
    logging.getLogger("alerts").addFilter(log_lines.attach)
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "apscheduler", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
