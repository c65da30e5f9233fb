"""query: show a search as one line of the Boolean language, or try such a line."""

from __future__ import annotations

import argparse

from alerts.cli.commands._shared import emit, json_option, plan_of, say
from alerts.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which search, or which line."""
    parser.add_argument("search", metavar="SEARCH|QUERY", help="the name of a search, or a query to check")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """The table form as the text form, which means the same."""
    from alerts.match.compile import check
    from alerts.match.write import to_query
    from alerts.model.search import Search

    plan = plan_of(args)
    searches = {saved.name.casefold(): saved.search for saved in plan.searches}
    search = searches.get(args.search.casefold()) or Search("query", query=args.search)
    problems = check(search, aliases=plan.aliases)
    if problems:
        raise UsageError("\n".join(message for _, message in problems))
    if args.json:
        emit({"search": search.name, "query": to_query(search)})
    else:
        say(to_query(search))
    return 0
