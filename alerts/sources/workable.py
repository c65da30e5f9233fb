"""Workable boards.

Endpoint: GET https://apply.workable.com/api/v1/widget/accounts/X?details=true, the whole board in one answer, with the
text. The pages' own POST /api/v3/… answers (``results``) are read too, they lack the text. No validators; concurrent
requests are refused with 429, so one request a reading and long pauses.

Gives: company, places with country codes, remote flag, employment, department, function, industry, experience, education.
Lacks: pay. The same short code comes once a place: united. Dates: ``published_on`` is the day of publishing (a day, no
time); ``created_at`` is older where a posting was published again, and is not used.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, rows
from alerts.parse.build import Postings, place
from alerts.parse.values import line, mapping, mappings, texts
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Workable",
    least_minutes=30,
    terms="Made for showing an employer's jobs; no wider grant is stated. Read for yourself and link to the posting.",
)


class Options(Base):
    """``site`` is the account as in https://apply.workable.com/acme."""

    site: Token
    base_url: BaseUrl = "https://apply.workable.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on apply.workable.com, account hosts, and addresses of the interface itself."""
    found = addresses.parts(address)
    if not found:
        return None
    if found.host in {"apply.workable.com", "www.workable.com"}:
        step = next((found.step(at + 1) for at, each in enumerate(found.steps) if each == "accounts"), None)
        if step is None and found.host == "apply.workable.com" and found.step(0) not in {"api", "j"}:
            step = found.step(0)
        return {"site": step} if addresses.token(step) else None
    site = found.under("workable.com")
    return {"site": site} if site and site not in {"apply", "jobs", "help", "resources", "careers"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(f"{options.base_url}/api/v1/widget/accounts/{options.site}?details=true"),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    said = answer(page, "Workable")
    found, company = Postings(page.url), line(mapping(said).get("name"))
    for row in rows(said, "Workable", "jobs", "results"):
        code = line(row.get("shortcode"))
        where = [each for each in mappings(row.get("locations")) if not each.get("hidden")] or [row, mapping(row.get("location"))]
        found.add(
            code,
            row.get("url") or (f"{options.base_url}/{options.site}/j/{addresses.segment(code)}/" if code else None),
            row.get("title"),
            company=company or options.site,
            apply_url=row.get("application_url"),
            places=[
                place(None, each.get("city"), each.get("region") or each.get("state"), each.get("country")) for each in where
            ],
            work=texts(row.get("workplace")) or flagged(remote=row.get("telecommuting")) or flagged(remote=row.get("remote")),
            employment=row.get("employment_type") or row.get("type"),
            level=row.get("experience"),
            category=[*texts(row.get("department")), *texts(row.get("function"))],
            industry=row.get("industry"),
            posted=row.get("published_on") or row.get("published"),
            html=row.get("description"),
            language=row.get("language"),
            requisition=row.get("code"),
            facts={"education": row.get("education")},
        )
    # The paged interface tells how many there are in all.
    total = mapping(said).get("total")
    return found.reading(complete=mapping(said).get("jobs") is not None, total=total, name=company)
