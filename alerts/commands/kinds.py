"""kinds: what kinds of sources and channels there are, and their options."""

from __future__ import annotations

import argparse
import inspect
import re
import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from alerts import plugins
from alerts.commands._shared import emit, json_option, say, table
from alerts.model import About


def arguments(parser: argparse.ArgumentParser) -> None:
    """``[KIND] --json``."""
    parser.add_argument("kind", nargs="?", help="one kind of source, with all that it says of itself")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print all kinds, or one."""
    if args.kind:
        say("\n".join(entry(args.kind)))
        return 0
    if args.json:
        emit([{"kind": kind, "title": about(kind).title, "options": list(fields(kind))} for kind in plugins.kinds("sources")])
        return 0
    table(
        ((kind, about(kind).title, ", ".join(fields(kind))) for kind in plugins.kinds("sources")), ("SOURCE", "READS", "OPTIONS")
    )
    say("", f"Channels: {', '.join(plugins.kinds('channels'))}.", "More of one source: job-alerts kinds KIND.")
    return 0


def catalogue() -> str:
    """All kinds of sources in Markdown: a table, and a section for each."""
    rows = [
        f"| [`{kind}`](#{kind}) | {about(kind).title} | {', '.join(marks(about(kind)))} |" for kind in plugins.kinds("sources")
    ]
    sections = ["\n".join(entry(kind)) for kind in plugins.kinds("sources")]
    return "\n".join(["| kind | reads | in short |", "|---|---|---|", *rows, "", "\n\n".join(sections)])


def entry(kind: str) -> list[str]:
    """What one kind says of itself, as lines of Markdown."""
    module, said = plugins.load("sources", kind), about(kind)
    paragraphs = (inspect.getdoc(module) or "").split("\n\n")
    lines = [f"### {kind}", "", *_unwrapped(paragraphs), "", "Options:", ""]
    lines += [*_unwrapped((inspect.getdoc(module.Options) or "").split("\n\n")), ""]
    lines += [f"- `{name}`{_told(info)}" for name, info in fields(kind).items()]
    lines += ["", f"In short: {', '.join(marks(said))}."]
    return [*lines, "", f"Terms: {said.terms}"] if said.terms else lines


def about(kind: str) -> About:
    """What a kind says of itself."""
    said: About = plugins.load("sources", kind).ABOUT
    return said


def fields(kind: str) -> dict[str, FieldInfo]:
    """The options of a kind, those that must be given first."""
    known: dict[str, FieldInfo] = plugins.load("sources", kind).Options.model_fields
    return dict(sorted(known.items(), key=lambda each: not each[1].is_required()))


def marks(said: About) -> list[str]:
    """The properties of a kind in a few words each."""
    found = {
        "lists every open posting": said.complete,
        "the newest only, or a selection": not said.complete,
        "asks for details": said.details,
        "searches at the source": said.searchable,
        "robots.txt decides": said.robots,
        "remote jobs": said.remote,
        "needs `accept_terms = true`": said.must_accept,
        f"at most every {said.least_minutes} minutes": said.least_minutes > About("").least_minutes,
        "built from the documentation alone": said.confidence == "documented",
    }
    return [words for words, holds in found.items() if holds]


def _unwrapped(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs on one line each, with Markdown's quotes; indented examples stay as they are."""
    for index, paragraph in enumerate(paragraphs):
        yield from [""] * (index > 0)
        example = paragraph.startswith("    ")
        yield paragraph if example else re.sub(r"``([^`]*)``", r"`\1`", " ".join(paragraph.split())).replace("::", ":")


def _told(info: FieldInfo) -> str:
    if info.is_required():
        return f" ({_type(info.annotation)}; must be given)"
    default: Any = info.get_default(call_default_factory=True)
    shown = (
        "" if default in (None, (), {}, []) else f"; default `{str(default).lower() if isinstance(default, bool) else default}`"
    )
    return f" ({_type(info.annotation)}{shown})"


def _type(annotation: Any) -> str:
    """A type in words."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type(inner[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type(each) for each in inner if each is not type(None))
    if origin is typing.Literal:
        return " or ".join(f"`{each}`" for each in inner)
    if origin in (list, tuple):
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return "table"
    words = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return words.get(annotation, "secret" if "Secret" in str(annotation) else str(getattr(annotation, "__name__", annotation)))
