"""import: take over what you watched with before: OPML, rss2email's and urlwatch's lists, a call of JobSpy."""  # noqa: N999 - the command has this name

from __future__ import annotations

import argparse
from pathlib import Path

from alerts.cli.commands import add
from alerts.cli.commands._shared import emit, json_option, plan_of, say
from alerts.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("file", metavar="FILE", help="OPML, rss2email.cfg or .json, urls.yaml, or a file with a call of JobSpy")
    parser.add_argument("--yes-terms", action="store_true", help="accept the terms that a place sets")
    parser.add_argument("--dry-run", action="store_true", help="print what would be added as TOML, and change nothing")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 all were added or there already, 1 something could not be added."""
    from alerts.discover.lists import feeds, jobspy

    data = add.contents(args.file)
    if search := jobspy(data):
        return _search(search, args)
    places = feeds(data)
    outcomes = add.imported(args, places)
    counts = {state: sum(one.state == state for one in outcomes) for state in ("added", "there", "not")}
    if not (args.json or args.dry_run):
        say(f"{counts['added']} added, {counts['there']} there already, {counts['not']} not added")
    return 1 if counts["not"] else 0


def _search(search: dict[str, object], args: argparse.Namespace) -> int:
    """Write the search beside the configuration; LinkedIn, Indeed and Glassdoor, which JobSpy reads, are not read here."""
    import tomlkit

    from alerts.cli.commands.init import write
    from alerts.config.load import load_searches

    plan = plan_of(args)
    rows = tomlkit.aot()
    rows.append(tomlkit.item(search))
    text = tomlkit.dumps({"searches": rows})
    if args.dry_run:
        print(text, end="")
        return 0
    path = plan.path.parent / "searches.d" / f"{Path(args.file).stem}.toml"
    write(path, text)
    try:
        load_searches(path, plan)
    except UsageError:
        path.unlink()
        raise
    if args.json:
        emit({"file": str(path), "search": search})
    else:
        say(
            f"wrote {path}",
            "The sites that JobSpy reads want no program to read them; add employers and feeds: job-alerts add PLACE",
        )
    return 0
