"""SmartRecruiters boards (Posting API).

Endpoint: GET https://api.smartrecruiters.com/v1/companies/X/postings?limit=100&offset=N; details at /postings/ID. The list
has an ETag, but no text, so an edited text is invisible to it. An unknown company answers like an empty board.

Gives: company, place, remote and hybrid flags, employment, level, department, function, industry, language, reference; the
details add the text and, where the employer shows it, pay. Dates: ``releasedDate`` is the day of publishing; live
postings of 2018 occur.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, flagged, labels, rows, sections
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, ids, query
from alerts.parse.values import line, mapping, path
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="SmartRecruiters",
    details=True,
    least_minutes=30,
    terms="The interface is documented for showing jobs, at most 10 requests a second; robots.txt of its host asks crawlers "
    "to stay away, so read only the few boards that you need.",
)

_SIZE = 100
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class Options(Base):
    """``site`` is the company as in https://careers.smartrecruiters.com/Acme."""

    site: Token
    base_url: BaseUrl = "https://api.smartrecruiters.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on careers. and jobs.smartrecruiters.com, and addresses of the interface itself."""
    found = addresses.parts(address)
    if not found or found.host not in {"careers.smartrecruiters.com", "jobs.smartrecruiters.com", "api.smartrecruiters.com"}:
        return None
    step = found.step(2) if found.host.startswith("api.") and found.steps[:2] == ("v1", "companies") else found.step(0)
    return {"site": step} if addresses.token(step) and step not in {"v1", "sr-jobs", "oneclick-ui"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page of the board."""
    return (_ask(options, 0, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page of the list."""
    said = answer(page, "SmartRecruiters")
    listed, found = rows(said, "SmartRecruiters", "content"), Postings(page.url)
    for row in listed:
        identity = line(row.get("id"))
        site = line(path(row, "company.identifier")) or options.site
        found.add(
            identity,
            f"https://jobs.smartrecruiters.com/{addresses.segment(site)}/{addresses.segment(identity)}" if identity else None,
            row.get("name"),
            **_fields(row),
            company=line(path(row, "company.name")) or options.site,
            detailed=False,
        )
    walk = Walk.at(page, ids(listed, "id"), mapping(said).get("totalFound"))
    more, name = walk.more(), path(listed, "0.company.name")
    after = _ask(options, walk.seen, walk.state()) if more else None
    return found.reading(after, complete=not more and walk.whole(), total=walk.total, name=name)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text of a posting is."""
    return Request(f"{options.base_url}/v1/companies/{options.site}/postings/{addresses.segment(raw.source_id)}")


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text and pay."""
    said = mapping(answer(page, "SmartRecruiters"))
    parts = mapping(path(said, "jobAd.sections"))
    paid = mapping(said.get("compensation"))
    return detailed(
        raw,
        page,
        **_fields(said),
        apply_url=said.get("applyUrl"),
        html=sections((path(parts, f"{name}.title"), path(parts, f"{name}.text")) for name in _SECTIONS),
        pay=pay(paid.get("min"), paid.get("max"), paid.get("currency"), paid.get("period")),
    )


def _fields(row: dict[str, object]) -> dict[str, object]:
    where = mapping(row.get("location"))
    return {
        "places": place(where.get("fullLocation"), where.get("city"), where.get("region"), where.get("country")),
        "work": flagged(remote=where.get("remote"), hybrid=where.get("hybrid")),
        "employment": labels(row.get("typeOfEmployment"), "label", "id"),
        "level": labels(row.get("experienceLevel"), "label", "id"),
        "category": (*labels(row.get("department"), "label"), *labels(row.get("function"), "label")),
        "industry": labels(row.get("industry"), "label", "id"),
        "posted": row.get("releasedDate"),
        "language": path(row, "language.code"),
        "requisition": row.get("refNumber"),
    }


def _ask(options: Options, offset: int, state: dict[str, str]) -> Request:
    url = f"{options.base_url}/v1/companies/{options.site}/postings"
    return Request(query(url, limit=_SIZE, offset=offset), state=state)
