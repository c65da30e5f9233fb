"""Tables of jobs in a README on GitHub: speedyapply, jobright, SimplifyJobs' and others', in Markdown or HTML.

Endpoint: ``GET https://raw.githubusercontent.com/{owner}/{repository}/HEAD/README.md``, or any file of such tables. Gives
employer, title, link, and what further columns say: place, work model, pay, date or age. Lacks ids (the link, without its
tracking, is the id) and text. A row without a link, or with a lock, is closed; "↳" stands for the employer of the row above.
Dates are as coarse as they are written ("Jan 03", "9d").
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from alerts.model.errors import ReadError
from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import markup
from alerts.parse.addresses import link, parts, token
from alerts.parse.build import Postings, pay
from alerts.parse.decode import decode
from alerts.parse.values import line
from alerts.sources._keys import Address

ABOUT = About("Job tables in a README", aggregator=True)

_OWNERS = {"speedyapply", "jobright-ai"}
#: Columns by the words of their heading.
_COLUMNS = {
    "company": re.compile(r"company|employer|organi[sz]ation", re.IGNORECASE),
    "work": re.compile(r"work ?(?:model|type|mode|place)|remote", re.IGNORECASE),
    "title": re.compile(r"role|position|title|^job$", re.IGNORECASE),
    "place": re.compile(r"location|city|place|country", re.IGNORECASE),
    "pay": re.compile(r"salary|pay|compensation", re.IGNORECASE),
    "link": re.compile(r"apply|application|posting|link|url", re.IGNORECASE),
    "posted": re.compile(r"date|posted|age|added", re.IGNORECASE),
}
_SIGNS = {
    "🛂": ("sponsorship", "does not offer sponsorship"),
    "🇺🇸": ("citizenship", "U.S. citizenship is required"),
    "🎓": ("degrees", "advanced degree"),
}
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_AGE = re.compile(r"(\d{1,4})\s*(d|days?|w|weeks?|mo|months?|h|hours?)", re.IGNORECASE)
_UNITS = {"d": "days", "w": "weeks", "m": "months", "h": "hours"}
#: A longer line is no row of a table.
_LONGEST = 20_000
_TRACKING = re.compile(r"utm_\w+|ref|source|src|gh_src", re.IGNORECASE)


class Options(_Options):
    """``url``: the file. ``internship``: all its rows are internships."""

    url: Address
    internship: bool = False


def recognise(address: str) -> dict[str, object] | None:
    """READMEs by their raw address, and the repositories that are known to keep such tables."""
    given = parts(address)
    if given is None:
        return None
    if given.host == "raw.githubusercontent.com" and given.steps and given.steps[-1].lower().endswith(".md"):
        return {"url": link(address) or f"https://{address}"}
    owner, repository = given.step(0).lower(), token(given.step(1))
    if given.host.removeprefix("www.") == "github.com" and owner in _OWNERS and repository:
        return {"url": f"https://raw.githubusercontent.com/{given.step(0)}/{repository}/HEAD/README.md"}
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The file."""
    return (Request(options.url),)


def read(page: Page, options: Options) -> Reading:
    """The open rows of every table that has a title column and links."""
    found, tables = Postings(page.url), 0
    for heads, rows in _tables(decode(page.body)):
        columns = _columns(heads)
        if {"title", "company"} <= columns.keys():
            tables += 1
            _read_table(found, columns, rows, options)
    if not tables:
        raise ReadError("no table of jobs (none has columns for company and role)")
    return found.reading(complete=True)


def _columns(heads: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, head in enumerate(heads):
        name = next((ours for ours, words in _COLUMNS.items() if words.search(head)), None)
        if name:
            columns.setdefault(name, index)
    return columns


def _read_table(found: Postings, columns: dict[str, int], rows: Iterator[list[LexborNode]], options: Options) -> None:
    employer: str | None = None
    for cells in rows:
        said = {name: cells[index] for name, index in columns.items() if index < len(cells)}
        company = _clean(markup.words(said.get("company")))
        employer = employer if company is None or company.startswith("↳") else company
        url = _address(said)
        raw = " ".join(cell.text() for cell in cells)
        if url is None or "🔒" in raw:
            continue
        found.add(
            _identity(url),
            url,
            _clean(markup.words(said.get("title"))),
            company=employer,
            places=_places(said.get("place")),
            work=markup.words(said.get("work")),
            employment="Internship" if options.internship else None,
            pay=pay(said=markup.words(said.get("pay"))),
            posted=_age(markup.words(said.get("posted"))),
            facts=dict(meaning for sign, meaning in _SIGNS.items() if sign in raw),
        )


def _tables(said: str) -> Iterator[tuple[list[str], Iterator[list[LexborNode]]]]:
    """(headings, rows of cells) of each table, Markdown tables made HTML first."""
    for table in markup.parse(_markdown(said)).css("table"):
        rows = [[cell for cell in row.iter() if cell.tag in {"td", "th"}] for row in table.css("tr")]
        rows = [row for row in rows if row]
        if len(rows) > 1:
            yield [markup.words(cell) or "" for cell in rows[0]], iter(rows[1:])


def _markdown(said: str) -> str:
    """The text with its Markdown tables as HTML; HTML stays as it is."""
    made: list[str] = []
    inside = False
    rows = said.split("\n")
    for index, row in enumerate(rows):
        bar = row.strip().startswith("|") and len(row) < _LONGEST
        starts = (
            bar
            and not inside
            and index + 1 < len(rows)
            and "-" in rows[index + 1]
            and set(rows[index + 1].strip()) <= set("|:- \t")
        )
        if starts:
            made.append("<table>")
            inside = True
        elif inside and not bar:
            made.append("</table>")
            inside = False
        if inside and bar:
            cells = re.split(r"(?<!\\)\|", row.strip().strip("|"))
            made.append("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in cells) + "</tr>")
        else:
            made.append(row)
    return "\n".join(made)


def _inline(cell: str) -> str:
    """Links, pictures and emphasis of a Markdown cell as HTML."""
    cell = re.sub(r"!\[([^\]]*)\]\([^)\s]*\)", r"\1", cell.replace("\\|", "|"))
    cell = re.sub(
        r"\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)", lambda found: f'<a href="{html.escape(found[2])}">{found[1]}</a>', cell
    )
    return re.sub(r"\*\*|__|`|~~", "", cell)


def _address(said: dict[str, LexborNode]) -> str | None:
    """The job's link: of the link column before the title's, the employer's system before the list's own pages."""
    found = [
        address
        for name in ("link", "title")
        if name in said
        for anchor in said[name].css("a[href]")
        if (address := link(anchor.attributes.get("href")))
    ]
    own = [address for address in found if not re.search(r"//(?:www\.)?simplify\.jobs/", address)]
    return next(iter(own or found), None)


def _identity(url: str) -> str:
    """The address without the list's tracking parameters."""
    split = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(split.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)]
    return urlunsplit(split._replace(query=urlencode(query), fragment=""))


def _places(cell: LexborNode | None) -> list[str]:
    """Places of a cell, one a line; a folded list ("3 locations") is unfolded."""
    said = markup.lines(cell) if cell is not None else []
    return [place for place in said if not re.fullmatch(r"\W*\d+ locations?\W*", place, re.IGNORECASE)]


def _clean(said: str | None) -> str | None:
    return line(_PICTURES.sub("", re.sub("[\U0001f1e6-\U0001f1ff]", "", said))) if said else None


def _age(said: str | None) -> str | None:
    """An age in the words of "Posted 9 days ago"; a date as it stands."""
    found = _AGE.fullmatch((said or "").strip())
    return f"Posted {found[1]} {_UNITS[found[2][0].lower()]} ago" if found else said
