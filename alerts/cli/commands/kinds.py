"""kinds: what kinds of sources and channels there are, and their options."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Iterator

from alerts import plugins
from alerts.cli.commands._options import Option, options
from alerts.cli.commands._shared import emit, json_option, say, table
from alerts.model.errors import UnknownKind
from alerts.model.raw import About


def arguments(parser: argparse.ArgumentParser) -> None:
    """``[KIND] --json``."""
    parser.add_argument("kind", nargs="?", help="one kind of source or channel, with all that it says of itself")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print all kinds, or one."""
    if args.kind in plugins.kinds("channels") and args.kind not in plugins.kinds("sources"):
        emit(channel_record(args.kind)) if args.json else say("\n".join(channel_entry(args.kind)))
        return 0
    if args.kind and args.kind not in plugins.kinds("sources") and (said := plugins.served_elsewhere(args.kind)):
        raise UnknownKind(f"there is no kind {args.kind!r}: {said}")
    if args.json:
        emit(record(args.kind) if args.kind else [record(kind) for kind in plugins.kinds("sources")])
        return 0
    if args.kind:
        say("\n".join(entry(args.kind)))
        return 0
    table(
        (_row(kind) for kind in plugins.kinds("sources")), ("KIND", "READS", "LISTS", "EVERY", "KNOWN FROM", "TERMS", "OPTIONS")
    )
    say("", f"Channels: {', '.join(plugins.kinds('channels'))}.", "More of one kind: job-alerts kinds KIND.")
    return 0


def record(kind: str) -> dict[str, object]:
    """What one kind says of itself, for a program."""
    said = about(kind)
    return {
        "kind": kind,
        "title": said.title,
        "confidence": said.confidence,
        "complete": said.complete,
        "details": said.details,
        "searchable": said.searchable,
        "robots": said.robots,
        "remote": said.remote,
        "least_minutes": said.least_minutes,
        "terms": said.terms or None,
        "accept_terms": said.must_accept,
        "options": _option_records("sources", kind),
    }


def channel_record(kind: str) -> dict[str, object]:
    """What one kind of channel says of itself, for a program."""
    return {"kind": kind, "options": _option_records("channels", kind)}


def channel_entry(kind: str) -> list[str]:
    """What one kind of channel says of itself, as lines of Markdown."""
    lines = [f"### {kind}", "", *_unwrapped((inspect.getdoc(plugins.load("channels", kind)) or "").split("\n\n")), ""]
    return [*lines, "Options:", "", *(f"- `{each.name}`{_told(each)}" for each in options("channels", kind))]


def _option_records(family: plugins.Family, kind: str) -> list[dict[str, object]]:
    return [
        {
            "name": each.name,
            "type": each.type,
            "required": each.required,
            "default": each.default,
            "description": each.description or None,
        }
        for each in options(family, kind)
    ]


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
    lines += [f"- `{each.name}`{_told(each)}" for each in options("sources", kind)]
    lines += ["", f"In short: {', '.join(marks(said))}."]
    return [*lines, "", f"Terms: {said.terms}"] if said.terms else lines


def about(kind: str) -> About:
    """What a kind says of itself."""
    said: About = plugins.load("sources", kind).ABOUT
    return said


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


def _row(kind: str) -> tuple[str, ...]:
    said = about(kind)
    terms = "must be accepted" if said.must_accept else "yes" if said.terms else ""
    lists = "all open" if said.complete else "newest"
    names = ", ".join(f"{each.name}{'*' if each.required else ''}" for each in options("sources", kind))
    return kind, said.title, lists, f"{said.least_minutes}m", said.confidence, terms, names


def _unwrapped(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs on one line each, with Markdown's quotes; indented examples stay as they are."""
    for index, paragraph in enumerate(paragraphs):
        yield from [""] * (index > 0)
        example = paragraph.startswith("    ")
        yield paragraph if example else re.sub(r"``([^`]*)``", r"`\1`", " ".join(paragraph.split())).replace("::", ":")


def _told(option: Option) -> str:
    """(text; default `x`): what it is for."""
    default = str(option.default).lower() if isinstance(option.default, bool) else option.default
    shown = "; must be given" if option.required else "" if default is None else f"; default `{default}`"
    return f" ({option.type}{shown}){f': {option.description}' if option.description else ''}"
