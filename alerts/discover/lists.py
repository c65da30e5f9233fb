"""What people watched with before → names and addresses, or a search: OPML, rss2email, urlwatch, a call of JobSpy (pure)."""

from __future__ import annotations

import ast
import configparser
import json
import re
from collections.abc import Iterator

from alerts.discover.opml import Subscription, subscriptions
from alerts.model.errors import UsageError
from alerts.parse.addresses import link

_MOST = 5000
#: Names of JobSpy's kinds of work → ours.
_TYPES = {"fulltime": "full-time", "parttime": "part-time", "internship": "internship", "contract": "contract"}
WHAT = "OPML, rss2email's list (rss2email.cfg or .json), urlwatch's list (urls.yaml), or a file with a call of JobSpy"


def feeds(data: bytes) -> list[Subscription]:
    """The places of a list, each address once; raises UsageError where it is none that is known."""
    text = data.decode("utf-8-sig", "replace")
    if text.lstrip()[:1] == "<":
        return subscriptions(data)
    for read in (_rss2email_data, _rss2email_configuration, _urlwatch):
        if found := {url: Subscription(name, url) for name, said in read(text) if (url := link(said))}:
            return list(found.values())[:_MOST]
    raise UsageError(f"this is no list that can be taken over; known are {WHAT}")


def _rss2email_data(text: str) -> Iterator[tuple[str, str]]:
    """``{"feeds": [{"name": …, "url": …}]}``."""
    try:
        whole = json.loads(text)
    except ValueError:
        return
    rows = whole.get("feeds") if isinstance(whole, dict) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            yield str(row.get("name") or ""), str(row.get("url") or "")


def _rss2email_configuration(text: str) -> Iterator[tuple[str, str]]:
    """``[feed.NAME]`` with ``url = …``."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return
    for section in parser.sections():
        if section.startswith("feed."):
            yield section.removeprefix("feed."), parser[section].get("url", "")


def _urlwatch(text: str) -> Iterator[tuple[str, str]]:
    """Documents of YAML, ``---`` between them, of which only ``name`` and ``url`` (or ``navigate``) are of use."""
    for document in re.split(r"(?m)^---.*$", text):
        said = {
            key: value.strip().strip("'\"") for key, value in re.findall(r"(?m)^(name|url|navigate):[ \t]*(.+?)[ \t]*$", document)
        }
        if address := said.get("url") or said.get("navigate"):
            yield said.get("name", ""), address


def jobspy(data: bytes) -> dict[str, object] | None:
    """The search that a call ``scrape_jobs(…)`` asks for, as keys of ``[[searches]]``; None where there is no such call.

    The file is read, never run.
    """
    try:
        tree = ast.parse(data.decode("utf-8", "replace"))
    except (SyntaxError, ValueError, RecursionError):
        return None
    for node in ast.walk(tree):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name == "scrape_jobs":
            return _search(
                {word.arg: word.value.value for word in node.keywords if word.arg and isinstance(word.value, ast.Constant)}
            )
    return None


def _search(said: dict[str, object]) -> dict[str, object]:
    """JobSpy's words in ours; what is not said is not there."""
    terms = [part.strip(' "') for part in re.split(r"\bOR\b|\|", str(said.get("search_term") or "")) if part.strip(' "')]
    place, miles, hours = said.get("location"), said.get("distance"), said.get("hours_old")
    search: dict[str, object] = {"name": ", ".join(terms) or "from JobSpy", "title": terms}
    if place:
        search["locations"] = [f"{round(miles * 1.609)} km of {place}" if isinstance(miles, int | float) else str(place)]
    if said.get("is_remote") is True:
        search["work"] = ["remote"]
    if employment := _TYPES.get(str(said.get("job_type"))):
        search["employment"] = [employment]
    if isinstance(hours, int):
        search["max_age"] = f"{hours}h"
    return {key: value for key, value in search.items() if value}
