"""Any page that shows a job: JobPosting markup, or facts that are labelled for people.

Endpoint: the page itself (a site is crawled, so its robots.txt decides). Gives what schema.org's JobPosting says (JSON-LD,
alone, in lists or under @graph, or microdata), several postings a page where there are; where a page has none, the title,
company and labelled facts (pay, work type, job type, industry, place …) that stand on it for people, and the text with the
site's promotion dropped. A text file of such a page, as a person copies it, is read too. Lacks whatever a site adds by script.
Dates: ``datePosted`` of the markup, or the page's own "Posted …". The id is the posting's own address; several postings that
share the page's address are told apart by identifier, title and place.
"""

from __future__ import annotations

from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import jobpage
from alerts.sources._access import AnyAddress, request

ABOUT = About("A page with job postings", complete=False, robots=True)


class Options(AnyAddress):
    """``url``: the page. ``company``: the employer, where the page does not say it."""

    company: str | None = None
    #: The page lists all open postings of the employer, so that a missing one is closed.
    whole: bool = False


def recognise(address: str) -> dict[str, object] | None:
    """Never certain: any address may be a page."""
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The page."""
    return (request(options.url, options),)


def read(page: Page, options: Options) -> Reading:
    """The postings of the page; ReadError where it shows none."""
    return jobpage.read(page, company=options.company).reading(complete=options.whole)
