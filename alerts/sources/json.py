"""Any JSON that lists jobs, by a mapping in the configuration.

Endpoint: the address you give, with ``headers``, a login and, for a POST, ``body`` where it needs them. Gives what ``fields``
maps: our field → a JMESPath expression on a row, ``rows`` being the expression for the list of rows::

    kind   = "json"
    url    = "https://example.org/api/jobs"
    rows   = "data.jobs"
    fields = { id = "id", url = "link", title = "name", places = "offices[].city", posted = "created" }
    next   = "data.links.next"

Lacks what is not mapped; ``id`` and ``title`` must be, and ``url``, or ``address`` with ``{id}`` in it. Dates are what you map:
map the day of posting to ``posted`` and not the day of the last change. A mistake in an expression is said on loading.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, model_validator

from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse.addresses import link, segment
from alerts.parse.build import Postings, pay, place
from alerts.parse.jsontext import load
from alerts.parse.markup import unescape
from alerts.parse.values import flag, line, mappings, several
from alerts.sources._access import AnyAddress, request

ABOUT = About("Any JSON, by a mapping", complete=False)

_LINES = (
    "id",
    "url",
    "title",
    "company",
    "apply_url",
    "language",
    "group",
    "requisition",
    "posted",
    "updated",
    "expires",
    "html",
    "text",
)
_LISTS = ("places", "work", "remote_areas", "employment", "level", "category", "industry", "tags")
_PARTS = ("city", "region", "country", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_text", "remote", "open")


def _expression(value: str) -> str:
    import jmespath

    try:
        jmespath.compile(value)
    except (jmespath.exceptions.JMESPathError, ValueError) as wrong:
        raise ValueError(f"is no JMESPath expression: {line(str(wrong))}") from None
    return value


Expression = Annotated[str, AfterValidator(_expression)]


class Options(AnyAddress):
    """``url``, ``rows`` and ``fields`` as in the example; ``next`` finds the address of the next page."""

    rows: Expression = "@"
    fields: dict[str, Expression]
    #: The address of a job, with ``{id}`` in it, where the rows have none.
    address: str | None = None
    next: Expression | None = None
    #: Body of a POST.
    body: str | None = None
    company: str | None = None
    #: The list holds all open jobs, so that a missing one is closed.
    whole: bool = False

    @model_validator(mode="after")
    def _usable(self) -> Self:
        known = {*_LINES, *_LISTS, *_PARTS}
        unknown = sorted(set(self.fields) - known)
        if unknown:
            raise ValueError(f"fields: no such field: {', '.join(unknown)}; fields are {', '.join(sorted(known))}")
        missing = [name for name in ("id", "title") if name not in self.fields]
        if missing:
            raise ValueError(f"fields: {' and '.join(missing)} must be mapped")
        if "url" not in self.fields and "{id}" not in (self.address or ""):
            raise ValueError('map fields.url, or say address = "https://…/{id}"')
        return self


def recognise(address: str) -> dict[str, object] | None:
    """Never: a mapping must be written."""
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The address as it was given."""
    return (_request(options.url, options),)


def read(page: Page, options: Options) -> Reading:
    """The rows that the mapping finds."""
    answer = load(page.body)
    rows = _find(options.rows, answer)
    if not isinstance(rows, list):
        raise ReadError(f"rows = {options.rows!r} finds no list in the answer")
    found = Postings(page.url)
    for row in mappings(rows):
        said = {name: _find(expression, row) for name, expression in options.fields.items()}
        if flag(said.get("open")) is False:
            continue
        identity = line(said["id"])
        built = options.address.replace("{id}", segment(identity)) if options.address and identity else None
        found.add(identity, link(said.get("url"), page.url) or built, said["title"], **_fields(said, options))
    onward = link(_find(options.next, answer), page.url) if options.next else None
    again = onward is not None and onward != page.request.url and len(found) > 0
    following = _request(onward, options) if onward and again else None
    return found.reading(following, complete=options.whole and following is None)


def _request(url: str, options: Options) -> Request:
    body = options.body.encode() if options.body is not None else None
    return request(url, options, method="GET" if body is None else "POST", body=body)


def _fields(said: dict[str, Any], options: Options) -> dict[str, Any]:
    fields = {name: value for name, value in said.items() if name in (*_LINES, *_LISTS) and name not in {"id", "url", "title"}}
    fields["company"] = line(said.get("company")) or options.company
    fields["html"] = unescape(said.get("html"))
    fields["places"] = several(said.get("places")) or place(None, said.get("city"), said.get("region"), said.get("country"))
    fields["pay"] = pay(
        said.get("pay_min"), said.get("pay_max"), said.get("pay_currency"), said.get("pay_period"), said=said.get("pay_text")
    )
    if flag(said.get("remote")):
        fields["work"] = [*several(said.get("work")), "Remote"]
    return fields


def _find(expression: str, value: Any) -> Any:
    import jmespath

    try:
        return _compiled(expression).search(value)
    except (jmespath.exceptions.JMESPathError, TypeError, ValueError, RecursionError):
        return None  # a function met a type that it does not take: the row does not say it


@cache
def _compiled(expression: str) -> Any:
    import jmespath

    return jmespath.compile(expression)
