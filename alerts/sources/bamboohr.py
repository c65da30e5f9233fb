"""BambooHR career sites.

Endpoint: GET https://X.bamboohr.com/careers/list, the whole board; details at /careers/ID/detail.

Gives: title, department, employment (the employer's own words), place. The list lacks text, date and pay; the details have
them, with pay as the employer wrote it. Dates: the details' ``datePosted``. ``locationType`` is read as peers do: "1"
remote, "2" hybrid; "0" is also what an employer gets who never chose, and is taken for *not said*.
"""

from __future__ import annotations

from typing import ClassVar

from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, flagged, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.values import line, mapping, path, text
from alerts.sources._hosted import Hosted

ABOUT = About(
    title="BambooHR",
    details=True,
    least_minutes=15,
    terms="Made for showing an employer's jobs; no wider grant is stated. Read for yourself and link to the posting.",
)

_WORK = {"1": "remote", "2": "hybrid"}


class Options(Hosted):
    """``site`` as in https://acme.bamboohr.com/careers."""

    domain: ClassVar[str] = "bamboohr.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on X.bamboohr.com/careers and the older /jobs."""
    found = addresses.parts(address)
    site = found.under("bamboohr.com") if found else None
    return (
        {"site": site}
        if found and site and found.step(0) in {"careers", "jobs", ""} and site not in {"app", "help", "documentation"}
        else None
    )


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(f"{options.root}/careers/list", headers={"Accept": "application/json"}),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    said, found = answer(page, "BambooHR"), Postings(page.url)
    for row in rows(said, "BambooHR", "result"):
        identity = line(row.get("id"))
        url = f"{options.root}/careers/{addresses.segment(identity)}" if identity else None
        found.add(identity, url, row.get("jobOpeningName"), **_fields(row), company=options.employer, detailed=False)
    return found.reading(complete=True, total=path(said, "meta.totalCount"))


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text, date and pay of a posting are."""
    return Request(f"{options.root}/careers/{addresses.segment(raw.source_id)}/detail", headers={"Accept": "application/json"})


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text, date and pay."""
    said = answer(page, "BambooHR")
    row = mapping(path(said, "result.jobOpening") or path(said, "jobOpening"))
    return detailed(
        raw,
        page,
        **_fields(row),
        html=row.get("description"),
        posted=row.get("datePosted"),
        level=row.get("minimumExperience"),
        pay=pay(said=row.get("compensation")),
    )


def _fields(row: dict[str, object]) -> dict[str, object]:
    ours, theirs = mapping(row.get("location")), mapping(row.get("atsLocation"))
    region = theirs.get("state") or theirs.get("province") or ours.get("state")
    country = theirs.get("country") or ours.get("addressCountry") or ours.get("country")
    word = _WORK.get(text(row.get("locationType")) or "")
    return {
        "places": place(None, theirs.get("city") or ours.get("city"), region, country),
        "work": (word,) if word else flagged(remote=row.get("isRemote")),
        "employment": row.get("employmentStatusLabel"),
        "category": row.get("departmentLabel"),
    }
