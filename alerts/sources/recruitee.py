"""Recruitee (Tellent) career sites.

Endpoint: GET https://X.recruitee.com/api/offers/ (also on the employers' own domains), the whole board with its texts. No
validators. From February 2027 every employer's token is required (``token``); without it the answer is 401, and the kind
``page`` still reads the postings from the site's own pages.

Gives: all fields, pay as figures where the employer shows it. Dates: ``published_at`` is the day of publishing ("2026-08-11
20:45:29 UTC"), ``updated_at`` also moves with changes nobody sees, ``close_at`` is the end.
"""

from __future__ import annotations

from typing import ClassVar

from alerts.model.options import Secret
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, rows, sections
from alerts.parse.build import Postings, pay, place
from alerts.parse.values import line, mapping, mappings, path, text, texts
from alerts.sources._hosted import Hosted

ABOUT = About(
    title="Recruitee",
    terms="Made for showing an employer's jobs; no wider grant is stated. Read for yourself and link to the posting.",
)


class Options(Hosted):
    """``site`` as in https://acme.recruitee.com, or ``base_url`` for a career site on a domain of its own."""

    #: The employer's token, where the employer gave you one.
    token: Secret | None = None

    domain: ClassVar[str] = "recruitee.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and offers on X.recruitee.com, and the interface on any host."""
    found = addresses.parts(address)
    site = found.under("recruitee.com") if found else None
    if site:
        return {"site": site} if site not in {"app", "api", "docs", "support", "careers"} else None
    return {"base_url": found.origin} if found and found.steps == ("api", "offers") else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    secret = {"X-Careers-Sites-Token": options.token.get_secret_value()} if options.token else {}
    return (Request(f"{options.root}/api/offers/", secret_headers=secret),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    found, listed = Postings(page.url), rows(answer(page, "Recruitee"), "Recruitee", "offers")
    for row in listed:
        if text(row.get("status")) not in {None, "published"}:
            continue
        paid, languages = mapping(row.get("salary")), list(mapping(row.get("translations")))
        slug = line(row.get("slug"))
        found.add(
            row.get("id"),
            row.get("careers_url") or (f"{options.root}/o/{addresses.segment(slug)}" if slug else None),
            row.get("title"),
            company=row.get("company_name") or options.employer,
            apply_url=row.get("careers_apply_url"),
            places=_places(row),
            work=flagged(remote=row.get("remote"), hybrid=row.get("hybrid"), **{"on-site": row.get("on_site")}),
            employment=row.get("employment_type_code"),
            level=row.get("experience_code"),
            category=[*texts(row.get("department")), *texts(row.get("category_code"))],
            tags=row.get("tags"),
            pay=pay(paid.get("min"), paid.get("max"), paid.get("currency"), paid.get("period")),
            posted=row.get("published_at") or row.get("created_at"),
            updated=row.get("updated_at"),
            expires=row.get("close_at"),
            html=sections([(None, row.get("description")), (None, row.get("requirements"))]),
            language=languages[0] if len(languages) == 1 else None,
            facts={"education": row.get("education_code"), "hours": row.get("max_hours")},
        )
    return found.reading(complete=True, name=path(listed, "0.company_name"))


def _places(row: dict[str, object]) -> list[object]:
    listed = [
        place(None, each.get("city"), each.get("state"), each.get("country")) or each.get("name")
        for each in mappings(row.get("locations"))
    ]
    return listed or [place(None, row.get("city"), row.get("state_name"), row.get("country")) or row.get("location")]
