"""XML job feeds of the Indeed kind, with a ``<job>`` for each posting; LinkedIn's, Jooble's, Talent.com's are much the same.

Endpoint: the feed's own address. Gives id (``referencenumber``), title, employer, place in parts, text, job type, category, pay
as words, dates, remote type; feeds differ in the names of their tags, which ``tags`` can name (``tags = { title =
"position_name" }``). Lacks nothing in principle, though most feeds leave pay out. Date: ``date``, when the publisher took the
posting up; ``expirationdate`` is its end. The feed is the whole list of the publisher's postings. It is read row by row;
document types and entities are refused.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element

from pydantic import field_validator

from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPlace, Reading
from alerts.parse.build import Postings, pay, place
from alerts.parse.xmltext import inner, root_name, rows
from alerts.sources._access import AnyAddress, request

ABOUT = About("XML job feed (Indeed and kin)", confidence="documented", aggregator=True)


#: Roots of feeds, which may be empty.
_ROOTS = {"source", "jobs", "joblist", "job-list", "vacancies", "positions", "offers", "listings", "trovit", "rss"}


class Options(AnyAddress):
    """``url``: the feed. ``tags``: our field → the feed's tag, where it differs. ``company``: where the feed names none."""

    tags: dict[str, str] = {}  # noqa: RUF012 - a pydantic field
    company: str | None = None

    @field_validator("tags")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(value) - set(_fields()))
        if unknown:
            raise ValueError(f"no such field: {', '.join(unknown)}; fields are {', '.join(sorted(_fields()))}")
        return value


def recognise(address: str) -> dict[str, object] | None:
    """Never certain: the address of such a feed tells nothing."""
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed."""
    return (request(options.url, options),)


def read(page: Page, options: Options) -> Reading:
    """The rows of the feed."""
    names = {
        ours: (options.tags[ours].lower(), *theirs) if ours in options.tags else tuple(theirs)
        for ours, theirs in _fields().items()
    }
    found = Postings(page.url)
    wanted = names["rows"]
    for row in rows(page.body, *wanted, *(name.capitalize() for name in wanted), *(name.upper() for name in wanted)):
        _add(found, row, names, options)
    if not len(found) and root_name(page.body) not in _ROOTS:
        raise ReadError('XML, but no list of jobs; name its rows with tags = { rows = "…" }')
    return found.reading(complete=True)


def _add(found: Postings, row: Element, names: dict[str, tuple[str, ...]], options: Options) -> None:
    texts: dict[str, str] = {}
    for each in row.iter():
        said = inner(each) if each is not row else None
        if said:
            texts.setdefault(each.tag.lower(), said)
    said_of = {ours: next((texts[name] for name in theirs if name in texts), None) for ours, theirs in names.items()}
    found.add(
        said_of["id"] or said_of["url"],
        said_of["url"],
        said_of["title"],
        company=said_of["company"] or options.company,
        places=_place(said_of),
        work=said_of["work"],
        employment=said_of["employment"],
        level=said_of["level"],
        pay=_pay(said_of),
        category=said_of["category"],
        industry=said_of["industry"],
        posted=said_of["posted"],
        updated=said_of["updated"],
        expires=said_of["expires"],
        requisition=said_of["requisition"],
        html=said_of["html"],
        language=said_of["language"],
        facts={"experience": said_of["experience"], "education": said_of["education"]},
    )


def _place(said: dict[str, str | None]) -> RawPlace | None:
    words = said["place"] if not said["city"] else None
    return place(words, said["city"], said["region"] if said["region"] != words else None, said["country"])


def _pay(said: dict[str, str | None]) -> Any:
    return pay(said["pay_low"], said["pay_high"], said["pay_currency"], said["pay_period"], said=said["pay_words"])


@cache
def _fields() -> dict[str, list[str]]:
    return tomllib.loads((files("alerts.parse") / "xml_fields.toml").read_text("utf-8"))
