"""``like`` names an address: the job there is read once and kept; what cannot be read is said, and matches nothing by mistake."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alerts.acts import like_texts
from alerts.acts.like_texts import settled
from alerts.cli.demo.site import Given
from alerts.config.load import load
from alerts.daemon.bootstrap import with_plan
from alerts.model.errors import UsageError
from alerts.model.plan import SavedSearch

TEXT = "You bake sourdough bread at night, mix dough, tend the oven and the starter, and teach apprentices to shape loaves."
NEAR = "Mix dough and bake sourdough bread at night in our oven. Tend the starter, shape loaves and teach apprentices."
FAR = "Prepare tax returns and audits for clients in the region, and keep their books."
PLAN = """
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"
[channels.out]
kind = "file"
path = "{folder}/out.jsonl"
"""


def board(stage, *jobs: tuple[int, str, str]) -> None:
    rows = [
        {"id": n, "internal_job_id": n + 900, "title": title, "location": {"name": "Berlin, Germany"}, "company_name": "Acme",
         "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{n}", "content": f"<p>{text}</p>"}
        for n, title, text in jobs
    ]  # fmt: skip
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": rows}


def page(title: str = "Sourdough Baker", text: str = TEXT) -> Given:
    marks = {"@context": "https://schema.org", "@type": "JobPosting", "title": title, "description": text}
    body = f"<html><head><script type='application/ld+json'>{json.dumps(marks)}</script></head><body></body></html>"
    return Given(body.encode(), 200, "text/html")


def configure(stage, *searches: str):
    frame = PLAN.replace("{folder}", str(stage.folder))
    return stage.configure(frame + "".join(f"[[searches]]\n{search}\n" for search in searches))


def asked(stage, path: str) -> int:
    return sum(one.path == path for one, _ in stage.site.journal)


LIKE = "name = 'alike'\nlike = ['SITE/jobs/7']"


def test_the_page_is_read_once_and_jobs_like_it_are_told(stage):
    board(stage, (1, "Old Job", "gone soon"))
    stage.pages["/jobs/7"] = page()
    configure(stage, LIKE)
    assert stage.round() == []
    stage.wait()
    board(stage, (2, "Night Baker", NEAR), (3, "Tax Accountant", FAR))
    assert [one["posting"]["title"] for one in stage.round()] == ["Night Baker"]
    stage.pages["/jobs/7"] = None
    configure(stage, LIKE)
    assert asked(stage, "/jobs/7") == 1, "what was read is kept, whatever becomes of the page"
    assert [saved.name for saved in stage.means.matcher.searches] == ["alike"]


def test_a_stored_posting_is_not_asked_for(stage):
    """Its text is taken from the store, and kept for when the posting is gone."""
    board(stage, (1, "Sourdough Baker", TEXT))
    configure(stage, "name = 'all'\ntitle = ['baker']")
    stage.round()
    address = "https://job-boards.greenhouse.io/acme/jobs/1"
    means = configure(stage, f"name = 'alike'\nlike = ['{address}']")
    (search,) = means.matcher.searches
    assert search.search.like[0].startswith("Sourdough Baker\n")
    assert TEXT in search.search.like[0]
    assert means.store.fact(f"like:{address}") is not None


def test_a_search_of_nothing_else_rests_and_the_operator_hears_of_it(stage, caplog):
    board(stage, (1, "Old Job", "gone soon"))
    means = configure(stage, LIKE)
    path = stage.folder / "config.toml"
    path.write_text(path.read_text().replace("[settings]\n", '[settings]\nnotify = "out"\n'))
    stage._means = with_plan(means, load(path, {}), stage.now)
    means = stage.read_likes()
    assert means.matcher.searches == ()
    assert "'alike'" in caplog.text
    assert "status 404" in caplog.text
    assert "the search rests" in caplog.text
    (notice,) = (owed.notice for owed in means.store.outbox.deliveries() if owed.notice)
    assert notice["subject"] == "job-alerts: the configuration needs a look"
    assert "/jobs/7" in notice["text"]
    stage.round()
    stage.wait()
    board(stage, (2, "Night Baker", NEAR))
    assert stage.round() == [], "a search without conditions would have told every job"


def test_other_conditions_go_on_without_it(stage, caplog):
    means = configure(stage, "name = 'both'\ntitle = ['baker']\nlike = ['SITE/jobs/7', 'bread and dough']")
    (search,) = means.matcher.searches
    assert search.search.like == ("bread and dough",)
    assert "goes on without it" in caplog.text
    before = search.digest
    stage.pages["/jobs/7"] = page()
    (search,) = configure(stage, "name = 'both'\ntitle = ['baker']\nlike = ['SITE/jobs/7', 'bread and dough']").matcher.searches
    assert len(search.search.like) == 2
    assert search.digest != before, "once it can be read, the search is run over the store again"


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ({"/jobs/7": Given(b"<html><body><p>Welcome.</p></body></html>", 200, "text/html")}, "/jobs/7"),
        ({"/jobs/7": page(text="")}, "no job with a text"),
        ({"/jobs/7": page(), "/robots.txt": Given(b"User-agent: *\nDisallow: /jobs", 200, "text/plain")}, "robots.txt"),
        ({"/jobs/7": Given(b"", 500)}, "status 500"),
    ],
)
def test_why_it_cannot_be_read_is_said(stage, caplog, pages, says):
    stage.pages.update(pages)
    assert configure(stage, LIKE).matcher.searches == ()
    assert says in caplog.text


def test_a_site_that_refuses_programs_is_not_asked(stage, caplog):
    assert configure(stage, "name = 'x'\nlike = ['https://www.linkedin.com/jobs/view/123']").matcher.searches == ()
    assert "terms" in caplog.text


def naming(saved: SavedSearch, *addresses: str) -> SavedSearch:
    return replace(saved, search=replace(saved.search, like=addresses))


def test_commands_use_what_was_kept_and_ask_for_nothing(stage):
    stage.pages["/jobs/7"] = page()
    means = configure(stage, LIKE)
    count = len(stage.site.journal)
    (saved,) = means.plan.searches
    other = "https://example.org/other"
    ready, unread = like_texts.as_known(naming(saved, f"{stage.site.url}/jobs/7", other), means.store)
    assert (ready.search.like, unread) == (saved.search.like, (other,))
    assert len(stage.site.journal) == count
    with pytest.raises(UsageError, match="has not been read"):
        settled(naming(saved, other), means.store)
