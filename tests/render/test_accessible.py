"""Mails that everybody can read: headings in order, links with names, a language, contrast in light and dark."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from alerts.render import email, samples, tongue
from alerts.render.batch import Batch
from tests.render.mails import mails

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NOTICE = replace(
    samples.batch(heading="source Acme needs a look"), facts={"notes": ["It could not be read.", "See it: job-alerts status"]}
)
ALL: dict[str, Batch] = {
    **mails(),
    "a notice": NOTICE,
    "two searches": samples.batch(
        samples.platform_manager(), replace(samples.pay_rise(), search="Research"), heading="Two", more=3
    ),
    "no address": samples.batch(
        replace(samples.platform_manager(), posting=replace(samples.platform_manager().posting, url="", apply_url=""))
    ),
}


def page(batch: Batch) -> LexborHTMLParser:
    return LexborHTMLParser(email.render(batch).html or "")


@pytest.mark.parametrize("name", ALL)
def test_headings_are_in_order_and_name_every_job(name: str) -> None:
    """One of the first rank, none left out on the way down, and a heading for each job: a reader jumps from one to the next."""
    found = [(int(node.tag[1]), node.text().strip()) for node in page(ALL[name]).css("h1, h2, h3, h4")]
    assert [rank for rank, _ in found].count(1) == 1
    assert found[0][0] == 1
    assert all(after <= before + 1 for (before, _), (after, _) in itertools.pairwise(found))
    assert all(words for _, words in found)
    deepest = max(rank for rank, _ in found)
    if ALL[name].alerts:
        assert sum(rank == deepest for rank, _ in found) == len(ALL[name].alerts)


@pytest.mark.parametrize("name", ALL)
def test_links_pictures_and_language(name: str) -> None:
    """A link says where it leads; there is no picture without words; tables are for the layout only and say so."""
    html = page(ALL[name])
    links = [(node.text().strip(), node.attributes.get("href")) for node in html.css("a")]
    assert all(words and not re.match(r"(?i)(click )?here$|https?:", words) for words, _ in links)
    assert all(address and address.startswith("https://") for _, address in links)
    assert all(node.attributes.get("alt") is not None for node in html.css("img"))
    assert all(node.attributes.get("role") == "presentation" for node in html.css("table"))
    assert html.css_first("html").attributes["lang"] == html.css_first("[role=article]").attributes["lang"] == "en"
    assert html.css_first("title").text().strip()


@pytest.mark.parametrize("language", tongue.languages())
def test_the_language_is_named_where_a_mail_reader_keeps_it(language: str) -> None:
    """Many readers drop the head and take the body for a part of their own page."""
    html = page(replace(ALL["5"], language=language))
    assert html.css_first("[role=article]").attributes["lang"] == language


@pytest.mark.parametrize("name", ALL)
def test_the_order_of_reading_is_that_of_the_plain_text(name: str) -> None:
    message = email.render(ALL[name])
    shown = [node.text() for node in page(ALL[name]).css("h2, h3")]
    titles = [
        next(one.posting.title for one in ALL[name].alerts if one.posting.title in said) for said in shown if _is_job(said, name)
    ]
    assert len(titles) == len(ALL[name].alerts)
    at = -1
    for title in titles:
        at = message.text.find(title, at + 1)
        assert at >= 0, title


def _is_job(said: str, name: str) -> bool:
    return any(one.posting.title in said for one in ALL[name].alerts)


def test_headings_cost_no_further_mail() -> None:
    """Gmail hides what is beyond 102 KB: 300 jobs were three mails before they had headings."""
    assert mails()["300"].parts == 3


def test_bullets_inside_an_excerpt_are_no_dashes() -> None:
    assert "feature store. · Python · model serving" in email.render(ALL["1"]).text


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no browser is found: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_axe_finds_nothing_and_nothing_runs_over_the_side(browser: Any, width: int, scheme: str) -> None:
    """WCAG A and AA, best practice, contrast in both. A mail is a part of its reader's page, so landmarks are not asked."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
    options = {"rules": {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}}
    opened = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found: list[str] = []
    for name, batch in ALL.items():
        opened.set_content(email.render(batch).html or "")
        for one in axe.Axe().run(opened, options=options).response["violations"]:
            found += [f"{name}: {one['id']}: {node['html'][:160]}" for node in one["nodes"][:3]]
        if opened.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{name}: scrolls sideways")
    opened.close()
    assert found == []
