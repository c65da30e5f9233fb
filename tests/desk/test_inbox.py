"""The inbox: what is listed, filtered, done and taken back; without script, over a real store."""

from __future__ import annotations

from alerts.cli.demo.scenario import JAVA, MANAGER, REMOTE


def test_the_inbox_shows_what_the_searches_want_as_the_mail_says_it(house):
    page = house.person().get("/inbox")
    assert page.status_code == 200
    for title in (MANAGER.title, JAVA.title, REMOTE.title):
        assert title in page.text
    assert "JavaScript Developer" not in page.text
    assert "Java Architect" not in page.text, "it was there before anybody asked"
    assert "CA$210k–250k a year" in page.text
    assert "3 unread of 6" in page.text
