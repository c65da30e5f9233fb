"""Answers of JSON interfaces: the rows where they should be, words for flags, a posting with its details."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from alerts.model.errors import ReadError
from alerts.model.page import Page
from alerts.model.raw import RawPosting
from alerts.parse import jsontext
from alerts.parse.build import Postings
from alerts.parse.values import flag, mapping, path, text


def answer(page: Page, system: str) -> Any:
    """What the page says; raises ReadError naming the system when it is not JSON or an error in JSON."""
    said = jsontext.load(page.body)
    if not isinstance(said, (dict, list)):
        raise ReadError(f"{system} did not answer with an object or a list")
    return said


def rows(said: object, system: str, *ways: str) -> list[dict[str, Any]]:
    """The list of postings at the first of ``ways`` that leads to one ("" is the answer itself).

    A member that is no object becomes an empty one, so that it is counted and reported. Raises ReadError, naming what
    stands there instead, when no way leads to a list.
    """
    for way in ways:
        found = path(said, way) if way else said
        if isinstance(found, list):
            return [mapping(each) for each in found]
    told = next(
        (
            text(mapping(said).get(key))
            for key in ("error", "message", "errors", "detail", "title")
            if text(mapping(said).get(key))
        ),
        None,
    )
    keys = ", ".join(sorted(str(key) for key in said)[:8]) if isinstance(said, dict) else type(said).__name__
    raise ReadError(f"the answer is not a list of postings as {system} gives it ({told or keys or 'nothing in it'})"[:300])


def flagged(**words: object) -> tuple[str, ...]:
    """The words whose flag is true: ``flagged(remote=True, hybrid=None)`` gives ("remote",). Never says what is not."""
    return tuple(word for word, value in words.items() if flag(value) is True)


def labels(value: object, *keys: str) -> tuple[str, ...]:
    """The human words of a ``{"id": …, "label": …}`` object, or of a list of them, or of plain strings."""
    several = value if isinstance(value, list) else [value]
    said = (
        each if isinstance(each, str) else next((mapping(each).get(key) for key in keys if text(mapping(each).get(key))), None)
        for each in several
    )
    return tuple(dict.fromkeys(each for each in map(text, said) if each))


def sections(parts: Iterable[tuple[object, object]]) -> str | None:
    """One HTML text of (heading, HTML) pairs; those without text are left out."""
    said = ((text(heading), text(body)) for heading, body in parts)
    found = [f"<h3>{html.escape(heading)}</h3>\n{body}" if heading else body for heading, body in said if body]
    return "\n".join(found) or None


def detailed(raw: RawPosting, page: Page, **said: Any) -> RawPosting:
    """``raw`` with what its detail page says; what the page does not say stays. Fields as for ``Postings.add``.

    Raises ReadError when the page says nothing at all.
    """
    url, title = said.pop("url", None) or raw.url, said.pop("title", None) or raw.title
    found = Postings(page.url).add(raw.source_id, url, title, **said) or raw
    names = {each.name for each in fields(RawPosting)} & said.keys()
    more = {name: getattr(found, name) for name in names if getattr(found, name)}
    if len(more.get("places", ())) < len(raw.places):
        more.pop("places", None)  # details often name the first place only
    if not more:
        raise ReadError(f"the details of a posting say nothing: {page.url}"[:300])
    return replace(raw, url=found.url, title=found.title, **more, detailed=True)
