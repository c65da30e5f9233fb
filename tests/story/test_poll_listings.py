"""What publishers do to their listings: what is over, ids that change, entries that share a link, answers not to be believed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.cli.demo.site import Asked, Given
from tests.story.test_poll import BOARD, OUT, SEARCH, board, job, told

FEED = '[[sources]]\nname="Feed"\nkind="rss"\nurl="SITE/feed"\ncompany="Acme"\n'


def entry(number: int, *, title: str = "", text: str = "", session: str = "", more: str = "") -> str:
    words = text or f"Work number {number} with our own tools, in a team of its own that builds number {number}."
    address = f"https://acme.example/jobs/{session}{number}"
    return (
        f"<item><title>{title or f'Engineer {number}'}</title><guid>{address}</guid><link>{address}</link>"
        f"<description>{words}</description>{more}</item>"
    )


def feed(*entries: str) -> Given:
    page = f"<rss version='2.0'><channel><title>Jobs</title>{''.join(entries)}</channel></rss>"
    return Given(page.encode(), content_type="application/rss+xml")


@pytest.fixture
def fed(stage):
    stage.pages["/feed"] = feed(entry(1))
    stage.configure(FEED + SEARCH + OUT.format(folder=stage.folder))
    assert stage.round() == []
    stage.wait()
    return stage


def rounds(stage, *pages: Given, path: str = "/feed") -> list[dict]:
    alerts = []
    for page in pages:
        stage.wait()
        stage.pages[path] = page
        alerts += stage.round()
    return alerts


# --- what is over ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "heard"), [("2026-11-21", 0), ("2026-11-22", 0), ("2026-11-23", 1), ("2026-11-30", 1)])
def test_what_can_be_applied_for_no_more_is_not_told_as_new(stage, day, heard):
    """It is the 23rd: an application by the 22nd is over, one by today is not."""
    ends = f"<job_listing:expires>{day}</job_listing:expires>"
    opening = "<rss version='2.0' xmlns:job_listing='https://acme.example/?feed=job_feed'><channel><title>Jobs</title>"
    stage.pages["/feed"] = feed(entry(1))
    stage.configure(FEED + SEARCH + OUT.format(folder=stage.folder))
    stage.round()
    page = opening + entry(1) + entry(2, more=ends) + "</channel></rss>"
    alerts = rounds(stage, Given(page.encode(), content_type="application/rss+xml"))
    assert len(alerts) == heard
    assert stage.means.store.postings.count()[1] == 2, "it is stored all the same"


def test_a_page_whose_date_is_past_is_not_told(stage):
    def page(day: str, title: str = "Software Engineer") -> Given:
        said = (
            '{"@context":"https://schema.org","@type":"JobPosting","description":"Work on tools",'
            f'"title":"{title}",'
            f'"hiringOrganization":{{"name":"Acme"}},"validThrough":"{day}","datePosted":"2026-11-01","identifier":"7"}}'
        )
        return Given(f'<script type="application/ld+json">{said}</script>'.encode(), content_type="text/html")

    stage.pages["/job/7"] = page("2026-11-20")
    search = SEARCH + 'backfill = "30d"\n'
    stage.configure('[[sources]]\nkind="page"\nurl="SITE/job/7"\n' + search + OUT.format(folder=stage.folder))
    assert stage.round() == []
    stage.configure('[[sources]]\nkind="page"\nurl="SITE/job/8"\n' + search + OUT.format(folder=stage.folder))
    stage.pages["/job/8"] = page("2026-12-20", "Rail Engineer")
    assert len(stage.round()) == 1, "one that is not over"


def test_backfill_tells_nothing_that_is_over(stage):
    past, ahead = ({"application_deadline": day} for day in ("2026-11-20T00:00:00Z", "2026-12-20T00:00:00Z"))
    board(stage, job(1, **past), job(2, **ahead))
    stage.configure(BOARD + SEARCH + 'backfill = "30d"\n' + OUT.format(folder=stage.folder))
    alerts = stage.round()
    assert [alert["posting"]["url"][-1] for alert in alerts] == ["2"]


# --- ids ------------------------------------------------------------------------------------------------------------


def test_ids_that_change_at_every_poll_are_no_new_jobs(stage):
    """A session in guid and link: eight jobs were told twenty-four times."""

    def page(session: str) -> Given:
        return feed(*(entry(n, session=session) for n in range(1, 9)))

    stage.pages["/feed"] = feed()
    stage.configure(FEED + SEARCH + OUT.format(folder=stage.folder))
    stage.round()
    alerts = rounds(stage, page("a1/"), page("b2/"), page("c3/"), page("d4/"))
    assert told(alerts) == [("new", f"Engineer {n}") for n in range(1, 9)]
    assert stage.means.store.postings.count()[1] == 8, "and the store does not grow"
    more = feed(*(entry(n, session="e5/") for n in range(1, 10)))
    assert told(rounds(stage, more)) == [("new", "Engineer 9")], "what is really new is told beside them"


def test_ids_that_change_are_known_without_a_text_where_the_whole_listing_changed(fed):
    def page(session: str) -> Given:
        return feed(*(entry(n, session=session, text=" ") for n in range(1, 5)))

    alerts = rounds(fed, page("a/"), page("b/"), page("c/"))
    assert told(alerts) == [("new", f"Engineer {n}") for n in range(1, 5)]


def test_a_second_opening_beside_the_first_is_told(fed):
    """The same words under another id while the first is still listed: two openings, as the board says."""
    words = "The same words about the same work for two people, in one team."
    first, second = entry(5, title="Data Engineer", text=words), entry(6, title="Data Engineer", text=words)
    assert len(rounds(fed, feed(entry(1), first), feed(entry(1), first, second))) == 2


def test_a_posting_that_took_the_place_of_another_brings_its_change_along(stage):
    search = SEARCH.replace("[[searches]]", '[[searches]]\nevents=["new", "changed"]')
    stage.configure(BOARD + search + OUT.format(folder=stage.folder))
    board(stage, job(1, "Old Engineer"), job(2))
    stage.round()
    stage.wait()
    board(stage, job(1, "Old Engineer"), {**job(2), "id": 22, "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/22"})
    assert stage.round() == []
    key = stage.means.plan.sources[0].key
    assert set(stage.means.store.postings.known(key, ["1", "2", "22"])) == {"1", "22"}


@pytest.mark.parametrize("guid", ["", "<guid>all-the-same</guid>"])
def test_entries_that_share_one_link_are_different_jobs(fed, guid):
    """Only the first survived."""

    def row(title: str, place: str) -> str:
        words = f"Work as {title} in {place}, with colleagues who like {place}."
        return (
            f"<item><title>{title}</title>{guid}<link>https://acme.example/jobs</link><description>{words}</description></item>"
        )

    rows = [row("Data Engineer", "Berlin"), row("Site Engineer", "Paris"), row("Test Engineer", "Madrid")]
    alerts = rounds(
        fed, feed(entry(1), *rows), feed(entry(1), *reversed(rows)), feed(entry(1), row("Rail Engineer", "Oslo"), *rows)
    )
    assert told(alerts) == [("new", f"{one} Engineer") for one in ("Data", "Rail", "Site", "Test")]


def test_one_entry_twice_is_one_job(fed):
    plain = "<item><title>Data Engineer</title><link>https://acme.example/jobs/9</link><description>Same</description></item>"
    assert len(rounds(fed, feed(entry(1), plain, plain), feed(plain, entry(1)))) == 1


# --- answers that are not to be believed ----------------------------------------------------------------------------


class Publisher:
    """A feed with validators, which answers conditional requests as it is told to."""

    def __init__(self, conditional: Given) -> None:
        self.entries, self.conditional = [entry(1)], conditional
        #: For each request: was it conditional?
        self.asked: list[bool] = []

    def __call__(self, asked: Asked) -> Given:
        self.asked.append(bool({"if-none-match", "if-modified-since"} & set(asked.headers)))
        if self.asked[-1]:
            return self.conditional
        page = feed(*self.entries)
        return Given(page.body, 200, page.content_type, {"ETag": '"1"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"})


def published(stage, conditional: Given) -> Publisher:
    publisher = Publisher(conditional)
    stage.pages["/feed"] = publisher
    stage.configure(FEED + SEARCH + OUT.format(folder=stage.folder))
    assert stage.round() == []
    stage.wait()
    publisher.entries = [entry(n) for n in range(1, 5)]
    return publisher


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"2"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"},
        {"ETag": '"1"', "Last-Modified": "Mon, 23 Nov 2026 11:00:00 GMT"},
    ],
    ids=["another tag", "a newer date"],
)
def test_a_not_modified_that_speaks_of_something_newer_is_not_believed(stage, headers):
    """Three entries were never told."""
    published(stage, Given(b"", 304, headers=headers))
    assert len(stage.round()) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 412, 500, 501, 503])
def test_validators_that_a_server_refuses_are_dropped_at_once(stage, status):
    publisher = published(stage, Given(b"no", status))
    reports = stage.poll()
    assert [report.error for report in reports] == [None]
    stage.deliver()
    assert len(stage.told()) == 3
    assert publisher.asked == [False, True, False]


@pytest.mark.parametrize("refusal", [Given(b"", 429), Given(b"", 503, headers={"Retry-After": "60"})], ids=["429", "503"])
def test_a_server_that_asks_to_be_left_alone_is_not_asked_twice(stage, refusal):
    publisher = published(stage, refusal)
    assert stage.poll()[0].error
    assert publisher.asked == [False, True]


def test_a_server_that_always_says_not_modified_is_asked_for_the_whole_now_and_then(stage):
    publisher = published(stage, Given(b"", 304, headers={"ETag": '"1"'}))
    alerts = []
    for _ in range(20):
        alerts += stage.round()
        stage.wait(timedelta(minutes=30))
    assert len(alerts) == 3, "within twenty readings"
    assert publisher.asked.count(False) == 2


def test_a_server_that_always_says_not_modified_is_asked_for_the_whole_once_a_week(stage):
    published(stage, Given(b"", 304, headers={"ETag": '"1"'}))
    assert stage.round() == []
    stage.wait(timedelta(days=7))
    assert len(stage.round()) == 3


def test_an_honest_not_modified_is_believed(stage):
    publisher = published(stage, Given(b"", 304, headers={"ETag": 'W/"1"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"}))
    assert stage.round() == []
    assert publisher.asked == [False, True]
