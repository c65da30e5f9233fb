"""Personio career sites: the documented XML feed of open positions.

Endpoint: ``GET https://{site}.jobs.personio.de/xml?language={language}`` (or ``.com``, or ``base_url``). Gives id, title,
employing company, offices, department, employment type, schedule, seniority, years of experience, keywords, text in titled
parts. Lacks pay, work type and the posting's address, which is made from the site's. Date: ``createdAt`` is when the position
was made, the only date there is. Texts come in ``language`` alone: a position that is not written in it has none. A site
without jobs answers with an empty ``workzag-jobs``.
"""

from __future__ import annotations

from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from pydantic import Field

from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse.addresses import link, parts, segment, spoken, token
from alerts.parse.build import Postings
from alerts.parse.xmltext import child, inner, tree
from alerts.sources._hosted import Hosted

ABOUT = About("Personio")


class Options(Hosted):
    """``site``: the name before .jobs.personio.de; ``domain_end``: "com" for sites that end so."""

    domain_end: str = Field(default="de", pattern="^(de|com|es)$")
    #: Two letters; the texts of other languages are not given.
    language: str = Field(default="en", pattern="^[a-z]{2}$")

    @property
    def root(self) -> str:
        """Where the site answers."""
        return self.base_url or f"https://{self.site}.jobs.personio.{self.domain_end}"


def recognise(address: str) -> dict[str, object] | None:
    """Career sites and the jobs on them."""
    given = parts(address)
    if given is None:
        return None
    for end in ("de", "com", "es"):
        site = given.under(f"jobs.personio.{end}")
        if site:
            found: dict[str, object] = {"site": site} if end == "de" else {"site": site, "domain_end": end}
            language = given.query.get("language", "")
            return found | ({"language": language} if len(language) == 2 and language.islower() and token(language) else {})
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed."""
    return (Request(f"{options.root}/xml?language={options.language}"),)


def read(page: Page, options: Options) -> Reading:
    """The positions."""
    root = tree(page.body)
    if root.tag != "workzag-jobs" and root.find("position") is None:
        raise ReadError("XML, but not Personio's list of positions (no workzag-jobs)")
    found = Postings(page.url)
    # A saved page is read without its site's name.
    home = options.root if options.site or options.base_url else urljoin(page.url, "/").rstrip("/")
    for row in root.iter("position"):
        number = child(row, "id")
        found.add(
            number,
            link(child(row, "url")) or (f"{home}/job/{segment(number)}" if number else None),
            child(row, "name"),
            company=options.company or child(row, "subcompany") or (spoken(options.site) if options.site else None),
            places=[child(row, "office"), *(inner(each) for each in row.iterfind("additionalOffices/office"))],
            employment=[child(row, "employmentType"), child(row, "schedule")],
            level=child(row, "seniority"),
            category=[child(row, "recruitingCategory"), child(row, "department"), child(row, "occupationCategory")],
            tags=(child(row, "keywords") or "").split(","),
            posted=child(row, "createdAt"),
            html=_html(row),
            facts={"experience": child(row, "yearsOfExperience")},
        )
    return found.reading(complete=True)


def _html(row: Element) -> str | None:
    said = ((child(each, "name"), child(each, "value")) for each in row.iterfind("jobDescriptions/jobDescription"))
    return "\n".join(f"<h3>{name or ''}</h3>{value}" for name, value in said if value) or None
