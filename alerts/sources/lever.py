"""Lever job sites: the public Postings API, whole site in one answer.

Endpoint: ``GET {base_url}/v0/postings/{site}?mode=json``; sites of the EU region answer at ``https://api.eu.lever.co``. Gives id,
title, all places, country, work type, commitment in the employer's own words, department and team, pay with its interval where
published, and the text in parts (opening and body, titled lists, closing), of which the lists hold the requirements. Lacks the
company's name (the site's name stands in unless ``company`` is set) and any date of change: ``createdAt`` (epoch milliseconds) is
the only date and is when the posting was made. An unknown site answers 404, a site without jobs ``[]``.

The form is published as the page ``{hostedUrl}/apply`` alone: its own fields with their labels, and the employer's questions as
JSON in hidden fields ``cards[…][baseTemplate]`` (text, fields with type, text, required, options), on some pages without the
fields, which then are read from the page; those of ``surveysResponses`` and ``eeo`` are voluntary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from alerts.model.form import Question
from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.posting import Posting
from alerts.model.raw import About, Reading
from alerts.parse.addresses import parts, spoken, token
from alerts.parse.build import Postings, pay, place
from alerts.parse.jsontext import listed, load
from alerts.parse.markup import attribute, parse, words
from alerts.parse.values import line, mapping, mappings, text, texts
from alerts.sources._forms import MOST, question
from alerts.sources._keys import BaseUrl, Token

ABOUT = About("Lever")

_CARD = re.compile(r"(?:cards|surveysResponses)\[[^\]]*\]")
#: What marks a question that must be answered.
_STARS = "\u2731\u2717*"
_EUROPE = "https://api.eu.lever.co"


class Options(_Options):
    """``site``: the name in the site's address (jobs.lever.co/NAME). ``company``: the employer's name, if it differs."""

    site: Token
    company: str | None = None
    base_url: BaseUrl = "https://api.lever.co"


def recognise(address: str) -> dict[str, object] | None:
    """Sites, jobs and application forms of both regions, and their API addresses."""
    given = parts(address)
    if given is None or given.host not in {"jobs.lever.co", "jobs.eu.lever.co", "api.lever.co", "api.eu.lever.co"}:
        return None
    api = given.host.startswith("api.")
    if api and given.steps[:2] != ("v0", "postings"):
        return None
    site = token(given.step(2 if api else 0))
    if site is None:
        return None
    return {"site": site, "base_url": _EUROPE} if ".eu." in given.host else {"site": site}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """One request for the whole site."""
    return (Request(f"{options.base_url}/v0/postings/{options.site}?mode=json"),)


def read(page: Page, options: Options) -> Reading:
    """The list of postings."""
    found = Postings(page.url)
    for row in mappings(listed(load(page.body), "postings", "data")):
        said = mapping(row.get("categories"))
        found.add(
            row.get("id"),
            row.get("hostedUrl") or f"https://jobs.lever.co/{options.site}/{line(row.get('id')) or ''}",
            row.get("text"),
            company=options.company or spoken(_site(row.get("hostedUrl")) or options.site),
            apply_url=row.get("applyUrl"),
            places=_places(said, row.get("country")),
            work=row.get("workplaceType") if row.get("workplaceType") != "unspecified" else None,
            employment=said.get("commitment"),
            level=said.get("level"),
            category=[said.get("team"), said.get("department")],
            pay=_pay(row),
            posted=row.get("createdAt"),
            html=_html(row),
            text=text(row.get("descriptionPlain")),
        )
    return found.reading(complete=True)


def _site(address: object) -> str | None:
    """The site's name in a posting's own address, which is as the employer writes it."""
    given = parts(address) if isinstance(address, str) else None
    return token(given.step(0)) if given and given.host.endswith("lever.co") else None


def _places(said: dict[str, Any], country: object) -> list[Any]:
    """All places; the country is the main place's alone."""
    main, others = line(said.get("location")), texts(said.get("allLocations"))
    return [place(main, country=country), *(place(each) for each in others if each != main)]


def _pay(row: dict[str, Any]) -> Any:
    stated = mapping(row.get("salaryRange"))
    words = text(row.get("salaryDescriptionPlain"))
    return pay(
        stated.get("min"), stated.get("max"), stated.get("currency"), stated.get("interval"), said=words if not stated else None
    ) or (pay(said=words) if words else None)


def _html(row: dict[str, Any]) -> str | None:
    """Opening, body, the titled lists, the closing and the words on pay, in the order of the page."""
    lists = "".join(
        f"<h3>{line(each.get('text')) or ''}</h3><ul>{text(each.get('content')) or ''}</ul>"
        for each in mappings(row.get("lists"))
    )
    said = (text(row.get("description")), lists, text(row.get("salaryDescription")), text(row.get("additional")))
    return "\n".join(each for each in said if each) or None


def form(posting: Posting, options: Options) -> Request | None:
    """The page with the form of one job."""
    address = posting.apply_url or posting.url
    given = parts(address)
    if given is None or len(given.steps) < 2:
        return None
    ends = given.steps[-1] == "apply"
    return Request(address if ends else f"{address.partition('?')[0].rstrip('/')}/apply", conditional=False)


def read_form(page: Page, options: Options) -> tuple[Question, ...]:
    """The page's own fields, then the employer's questions, the voluntary ones last."""
    root = parse(page.body, page.content_type)
    cards = dict(_cards(root))
    asked = [one for key, card in cards.items() for one in _of_card(card, voluntary=not key.startswith("cards["))]
    told = {key for key, card in cards.items() if any(mappings(card.get("fields")))}
    found = [*_shown(root, told), *asked]
    return tuple(sorted(filter(None, found), key=lambda one: one.voluntary))[:MOST]


def _shown(root: Any, told: Collection[str]) -> Iterator[Question | None]:
    """What stands on the page itself, without the cards whose questions were told as JSON."""
    for node in root.css(".application-question"):
        field = node.css_first("input:not([type=hidden]), textarea, select")
        name = attribute(field, "name") or ""
        card = _CARD.match(name)
        if field is None or (card and card[0] in told):
            continue
        label = words(node.css_first(".application-label") or node.css_first("div")) or ""
        required = "required" in field.attributes or any(sign in label for sign in _STARS)
        kind = field.tag if field.tag in ("textarea", "select") else attribute(field, "type")
        asked = label.translate(dict.fromkeys(map(ord, _STARS)))
        voluntary = name.startswith(("eeo[", "surveysResponses["))
        yield question(asked, kind, required=required, options=_choices(node), name="" if card else name, voluntary=voluntary)


def _choices(node: Any) -> list[str]:
    """Of a list, or of buttons."""
    listed = [words(each) or "" for each in node.css("option") if attribute(each, "value")]
    return listed or [attribute(each, "value") or "" for each in node.css("input[type=radio], input[type=checkbox]")]


def _cards(root: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The employer's questions as JSON, by the beginning of the names of their fields."""
    for node in root.css("input[type=hidden][name$='[baseTemplate]']"):
        card = _CARD.match(attribute(node, "name") or "")
        try:
            said = mapping(json.loads(attribute(node, "value") or "{}"))
        except (ValueError, RecursionError):
            continue
        if card:
            yield card[0], said


def _of_card(card: dict[str, Any], *, voluntary: bool) -> Iterator[Question | None]:
    for row in mappings(card.get("fields")):
        choices = (each.get("text") for each in mappings(row.get("options")))
        yield question(row.get("text"), row.get("type"), required=row.get("required"), options=choices, voluntary=voluntary)
