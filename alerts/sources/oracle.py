"""Oracle Recruiting Cloud (the interface of its candidate pages).

Endpoint: GET https://HOST/hcmRestApi/resources/latest/recruitingCEJobRequisitions with the finder ``findReqs``, 200 rows a
page (more is cut to that without a word); details with the finder ``ById``. Without ``expand`` the rows are left out. An
unknown site answers with the board of the host's default site, so compare the first titles with the site.

Gives: title, place, further places, work type, schedule, family, a short text. The list lacks the text; the details have it
in several parts. ``TotalJobsCount`` stands on the first page only. Lacks: company, pay. Dates: ``PostedDate`` is the day of
publishing, ``PostingEndDate`` the end.
"""

from __future__ import annotations

from alerts.model.errors import ReadError
from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, rows, sections
from alerts.parse.build import Postings, place
from alerts.parse.calls import Walk, ids
from alerts.parse.values import line, mapping, mappings, path, texts
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Oracle Recruiting Cloud",
    confidence="documented",
    details=True,
    least_minutes=30,
    terms="An undocumented interface of the employer's own career site: read it slowly and for yourself only.",
)

_SIZE = 200
_PARTS = {
    "": "ExternalDescriptionStr",
    "Responsibilities": "ExternalResponsibilitiesStr",
    "Qualifications": "ExternalQualificationsStr",
    "About us": "CorporateDescriptionStr",
    "Organization": "OrganizationDescriptionStr",
}


class Options(Base):
    """``host`` and ``site`` as in https://HOST/hcmUI/CandidateExperience/en/sites/SITE."""

    host: Token
    site: Token = "CX_1"
    company: str | None = None
    base_url: BaseUrl | None = None

    @property
    def root(self) -> str:
        """Where the system answers."""
        return self.base_url or f"https://{self.host}"


def recognise(address: str) -> dict[str, object] | None:
    """Sites and jobs under /hcmUI/CandidateExperience, on any host."""
    found = addresses.parts(address)
    if not found or found.steps[:2] != ("hcmUI", "CandidateExperience") or "sites" not in found.steps[:-1]:
        return None
    site = addresses.token(found.steps[found.steps.index("sites") + 1])
    return {"host": found.host, "site": site} if site else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page of the site."""
    return (_ask(options, 0, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page of 200."""
    said, found = answer(page, "Oracle"), Postings(page.url)
    # A site without postings leaves the list out.
    none = path(said, "items.0.TotalJobsCount") == 0
    listed = [] if none else rows(said, "Oracle", "items.0.requisitionList")
    for row in listed:
        identity = line(row.get("Id"))
        way = f"/hcmUI/CandidateExperience/en/sites/{options.site}/job/{addresses.segment(identity or '')}"
        found.add(
            identity,
            options.root + way,
            row.get("Title"),
            **_fields(row),
            company=options.company,
            html=row.get("ShortDescriptionStr"),
            detailed=False,
        )
    walk = Walk.at(page, ids(listed, "Id"), path(said, "items.0.TotalJobsCount"))
    more = walk.more()
    state = walk.state()
    return found.reading(_ask(options, walk.seen, state) if more else None, complete=not more and walk.whole(), total=walk.total)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text of a posting is."""
    finder = f"ById;Id=%22{addresses.segment(raw.source_id)}%22,siteNumber={options.site}"
    return Request(f"{_rest(options)}/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder={finder}")


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text."""
    listed = rows(answer(page, "Oracle"), "Oracle", "items")
    if not listed:
        raise ReadError("Oracle has no details of this posting: it is closed or belongs to another site")
    row = mapping(listed[0])
    return detailed(raw, page, **_fields(row), html=sections((heading, row.get(key)) for heading, key in _PARTS.items()))


def _rest(options: Options) -> str:
    return f"{options.root}/hcmRestApi/resources/latest"


def _ask(options: Options, offset: int, state: dict[str, str]) -> Request:
    finder = f"findReqs;siteNumber={options.site},limit={_SIZE},offset={offset},sortBy=POSTING_DATES_DESC"
    expand = "expand=requisitionList.secondaryLocations"
    return Request(f"{_rest(options)}/recruitingCEJobRequisitions?onlyData=true&{expand}&finder={finder}", state=state)


def _fields(row: dict[str, object]) -> dict[str, object]:
    first_place = place(row.get("PrimaryLocation"), country=row.get("PrimaryLocationCountry"))
    return {
        "places": [first_place, *(place(each.get("Name")) for each in mappings(row.get("secondaryLocations")))],
        "work": row.get("WorkplaceType") or row.get("WorkplaceTypeCode"),
        "employment": [*texts(row.get("JobSchedule")), *texts(row.get("ContractType")), *texts(row.get("JobType"))],
        "level": row.get("ManagerLevel") or row.get("JobGrade"),
        "category": [*texts(row.get("JobFunction")), *texts(row.get("JobFamily")), *texts(row.get("Category"))],
        "posted": row.get("PostedDate") or row.get("ExternalPostedStartDate"),
        "expires": row.get("PostingEndDate") or row.get("ExternalPostedEndDate"),
        "language": row.get("Language"),
        "facts": {"degree": row.get("StudyLevel"), "travel": row.get("DomesticTravelRequired")},
    }
