"""The user's own templates: a fixed context that the documentation names, a sandbox, and a fall-back that tells why."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from alerts.model.message import Message
from alerts.render import email, samples, templating, text
from alerts.render.cards import Card, Difference, Link
from alerts.render.context import cards, context

DOCS = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")


def made(**templates: str) -> Message:
    return email.render(samples.batch(*samples.several(), templates=templates))


def test_own_templates_are_used() -> None:
    message = made(subject="{{ total }} jobs!\nBcc: x", text="{{ jobs[0].title }}", html="<b>{{ jobs[2].title }}</b>")
    assert message.subject == "4 jobs! Bcc: x"
    assert message.text == "Senior Engineering Manager, ML Platform\n"
    assert message.html == "<b>Tech Lead, Data &amp; Inference</b>"
    assert message.payload == {}


def test_text_templates_are_used_by_the_text_form_too() -> None:
    message = text.render(samples.batch(samples.closed(), templates={"text": "{{ jobs[0].badge }}", "subject": "S"}))
    assert (message.subject, message.text) == ("S", "Closed\n")


BROKEN = [
    ("{{ jobs[0].titel }}", "titel"),
    ("{{ nobody }}", "nobody"),
    ("{% for job in jobs %}", "line 1"),
    ("\n\n{{ 1 / 0 }}", "division"),
    ("{{ jobs[99].title }}", "99"),
    ("   \n", "empty"),
    ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "unsafe"),
    ("{{ jobs.append(1) }}", "append"),
    ("{{ jobs[0].__init__.__globals__ }}", "unsafe"),
    ("{% include '/etc/passwd' %}", ""),
    ("{% import 'os' as os %}", ""),
    ("{{ 'x' * 3000000 }}", "1,000,000"),
    ("{% for a in range(999999) %}x{% endfor %}", "range"),
    ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "calls itself"),
    ("{{ jobs[0].title | nofilter }}", "nofilter"),
]


@pytest.mark.parametrize(("source", "why"), BROKEN)
@pytest.mark.parametrize("name", ["subject", "text", "html"])
def test_a_failing_template_gives_way_and_says_why(name: str, source: str, why: str) -> None:
    """No alert is lost, nothing of the machine is reached, and the notice names the template and the fault."""
    message = made(**{name: source})
    plain = made()
    assert (message.subject, message.text, message.html) == (plain.subject, plain.text, plain.html)
    notice = message.payload["notice"]
    assert isinstance(notice, str)
    assert repr(name) in notice
    assert why in notice
    assert "root:" not in notice


def test_html_escapes_whatever_its_file_is_called() -> None:
    notices: list[str] = []
    words = {"x": "<script>\"'&"}
    assert templating.fill("html", "email.html.j2", {"html": "{{ x }}"}, words, notices) == "&lt;script&gt;&#34;&#39;&amp;"
    assert templating.fill("text", "text.txt.j2", {"text": "{{ x }}"}, words, notices) == "<script>\"'&"
    assert notices == []


def test_the_documentation_names_the_whole_context() -> None:
    """Every name that a template sees stands in docs/templates.md, and no other."""
    batch = samples.batch(*samples.several())
    documented = set(re.findall(r"^\| `(\w+)`(?:, `(\w+)`)? \|", DOCS, re.MULTILINE))
    named = {name for pair in documented for name in pair if name} - {"html", "text"}
    seen = set(context(batch, cards(batch))) | {field.name for field in fields(Card)} | {"facts", "row", "why"}
    assert named == seen
    assert all(f"`.{field.name}`" in DOCS for kind in (Link, Difference) for field in fields(kind))


def test_the_examples_of_the_documentation_work() -> None:
    short, subject, page = re.findall(r"```jinja\n(.*?)```", DOCS, re.DOTALL)
    message = made(text=short, subject=subject, html=page)
    assert "notice" not in message.payload
    assert message.subject == "Senior Engineering Manager, ML Platform at Northwind and 3 more"
    assert "Changed: Head of Machine Learning (Fjord Robotics)" in message.text
