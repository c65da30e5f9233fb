"""The demo's pages show what arrived, as it arrived."""

from __future__ import annotations

from alerts.cli.demo.slack_page import page
from alerts.render import samples, slack


def test_a_slack_message_is_drawn_with_its_links_and_without_its_marks() -> None:
    drawn = page(slack.render(samples.batch(*samples.several(), heading="Morning digest", more=3)).payload)
    assert "<b>Senior Engineering Manager, ML Platform</b> at Northwind" in drawn
    assert '<a href="https://careers.northwind.example/jobs/5501/apply">Apply at Northwind</a>' in drawn
    assert "<blockquote>You lead the team" in drawn
    assert "<code>job-alerts hide 7k3f</code>" in drawn
    assert "Harbour &amp; Co" in drawn
    assert "&amp;amp;" not in drawn
    assert "&lt;https" not in drawn


def test_what_a_posting_says_stays_words() -> None:
    words = '*<script>alert(1)</script>* at <https://a.example/?"x|"><img src=x>> `"`'
    drawn = page({"text": "<b>", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": words}}]})
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert 'href="https://a.example/?&quot;x"' in drawn
