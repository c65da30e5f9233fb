"""Feeds that name the employer in the title only: rules and marks on a company hold for them too."""

from __future__ import annotations

import pytest

from alerts.normalise.company import key
from alerts.normalise.employer import named_in_title
from tests.story.test_owed import ask
from tests.story.test_poll import OUT, SEARCH
from tests.story.test_poll_listings import entry, feed, rounds

FEED = '[[sources]]\nname="Feed"\nkind="rss"\nurl="SITE/feed"\n'
TITLES = ["Site Engineer at Acme GmbH", "Data Engineer @ Acme", "Acme: Test Engineer", "Rail Engineer at Acme (Berlin)"]
OTHERS = ["Engineer at Bolt", "Engineer, looking at acme tools", "Bolt: Engineer"]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_names_the_employer(title):
    assert key("Acme") in named_in_title(title)


@pytest.mark.parametrize("title", [*OTHERS, "Acme Engineer", "Engineer"])
def test_a_title_that_only_has_the_word_names_nobody(title):
    assert key("Acme") not in named_in_title(title)


@pytest.mark.parametrize("how", ["mark", "rule"])
def test_a_company_that_is_hidden_or_excluded_is_not_told_by_its_title_either(stage, how):
    """Seventeen of fifty were told."""
    stage.pages["/feed"] = feed(entry(1))
    rule = 'exclude_companies = ["Acme"]\n' if how == "rule" else ""
    stage.configure(FEED + SEARCH + rule + OUT.format(folder=stage.folder))
    stage.round()
    if how == "mark":
        stage.means.store.marks.add("hide", "company", key("Acme"), stage.now)
    titles = [*TITLES, *OTHERS]
    alerts = rounds(stage, feed(entry(1), *(entry(10 + n, title=title) for n, title in enumerate(titles))))
    assert sorted(alert["posting"]["title"] for alert in alerts) == sorted(OTHERS)


def test_a_search_for_a_company_finds_it_in_titles(stage):
    stage.pages["/feed"] = feed(entry(1))
    search = '[[searches]]\nname="acme"\ncompanies=["Acme"]\n'
    stage.configure(FEED + search + OUT.format(folder=stage.folder))
    stage.round()
    alerts = rounds(stage, feed(entry(1), *(entry(20 + n, title=title) for n, title in enumerate(TITLES))))
    assert len(alerts) == len(TITLES)


def test_what_a_person_asks_of_such_jobs_agrees_with_what_is_told(stage, capsys):
    """``jobs`` lists none of the hidden company, and ``explain`` names the mark."""
    stage.pages["/feed"] = feed(entry(1))
    stage.configure(FEED + SEARCH + OUT.format(folder=stage.folder))
    stage.round()
    stage.means.store.marks.add("hide", "company", key("Acme"), stage.now)
    rounds(stage, feed(entry(1), *(entry(10 + n, title=title) for n, title in enumerate([*TITLES, *OTHERS]))))
    listed = ask(stage, capsys, "jobs")
    assert all(title in listed for title in OTHERS)
    assert not any(title in listed for title in TITLES)
    assert "you have hidden the company acme" in ask(stage, capsys, "explain", "https://acme.example/jobs/10")
