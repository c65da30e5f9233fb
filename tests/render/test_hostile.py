"""Whatever a board writes, each form shows it harmlessly: checked by reading the message back with that form's own rules."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from alerts.channels import email as email_channel
from alerts.channels import ntfy
from alerts.channels import slack as slack_channel
from alerts.channels import webhook as webhook_channel
from alerts.model.alert import Alert
from alerts.model.event import Change, EventKind
from alerts.model.message import Limits
from alerts.model.posting import Pay, Place, Posting
from alerts.model.search import Answer, Reason
from alerts.render import clean, email, samples, slack, text, webhook
from alerts.render.batch import Batch
from alerts.render.payload import JobAlerts

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "</td></table><style>*{display:none}</style>",
    "<form action=http://evil.example><input name=password>",
    '<meta http-equiv="refresh" content="0;url=http://evil.example">',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!channel> <!here> <!everyone> <@U012> <#C012> <!subteam^S1>",
    "&lt;!channel&gt;",
    "<http://evil.example|Click here>",
    "@everyone @here @channel",
    "*bold* _it_ ~strike~ `code` ```block```\n> quote",
    "{{ 7*7 }} {% for x in range(9) %}x{% endfor %} ${7*7}",
    "Job\r\nBcc: evil@example.com",
    "=?utf-8?q?Job=0D=0ABcc:_evil=40example.com?=",
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link\x1b]8;;\x07 \x9b31m",
    "\x1b]52;c;ZXZpbA==\x07",
    "abc\u202efdp.exe\u202c \u2066x\u2069",
    "zero\u200bwidth\u200d\u2060\ufeff \u00ad",
    "NUL\x00here \ud800 lone \udfff",
    "e" + "\u0301" * 5_000,
    "👩‍👩‍👧‍👦" * 300,
    "0\x1f-0",
    "\U00013430\U0001d173 \u0600",
    "",
    "   \n\t ",
    "\u200b\u200b",
    "x" * 5_000_000,
    "w " * 100_000,
    "\ufffe\uffff\U000e0041",
]
LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "vbscript:x",
    " java\nscript:alert(1)",
    "//evil.example",
    "http://",
    "http://user:pw@evil.example/",
    "https://ok.example/|<!channel>",
    "https://ok.example/\"onmouseover='x'",
    "https://ok.example/<script>",
    "https://ok.example/" + "x" * 5_000,
    "https://\u0430pple.example/",
    "0\x1f-0",
    "",
    "\x00",
]


def alert(words: str, address: str = "https://ok.example/1", event: EventKind = EventKind.CHANGED) -> Alert:
    """``words`` in every place where a board has a say."""
    shown = Posting(
        words,
        words,
        address,
        words,
        company=words,
        apply_url=address,
        places=(Place(words), Place(words, words, words, words)),
        work=("remote", words),
        remote_scope=(words, f"TZ:{words}", f"US-{words}"),
        remote_excluded=(words,),
        employment=(words,),
        level=words,
        category=words,
        industry=words,
        pay=Pay(1, 2, words, words, words=words, scope=words, kind=words),
        text=words,
        tags=(words,),
        language=words,
        requisition=words,
    )
    twin = replace(shown, source="other " + words[:50], url=address)
    reasons = (
        Reason("title", words, Answer.YES, words, words),
        Reason(words, words, Answer.UNKNOWN),
        Reason("salary", words, Answer.UNKNOWN),
    )
    return Alert(
        "a-1",
        "7k3f",
        words[:500],
        event,
        samples.NOW,
        shown,
        (shown, twin),
        changes=(Change("title", words, words), Change(words, words, words)),
        reasons=reasons,
        possibly=(words,),
        reposted=2,
        letter=words or None,
    )


def batch(one: Alert, limits: Limits, words: str = "") -> Batch:
    return Batch(
        "d-1",
        (one,),
        limits,
        samples.NOW,
        heading=words[:500],
        thread=words[:500],
        facts={"notes": [words], "see_more": words},
        more=1,
    )


def invisible(said: str) -> list[str]:
    """Characters that no line of a message may hold (the joiner of emoji and the break of mentions apart)."""
    return [sign for sign in said if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign not in "\n\u200d\u200b\u200c"]


# --- mail -------------------------------------------------------------------------------------------------------------

ALLOWED = "html head meta title style body div table tbody tr td span a s strong h1 h2 h3"
TAGS = frozenset(ALLOWED.split())
ALLOWED = (
    "lang charset name content class style role width cellpadding cellspacing border align href aria-label aria-roledescription"
)
ATTRIBUTES = frozenset(ALLOWED.split())
FRAME = LexborHTMLParser(email.render(Batch("x", (), Limits(), samples.NOW, facts={"notes": ["x"]})).html or "")
STYLE = FRAME.css_first("style").text()


def check_html(html: str) -> None:
    """Only our own tags and attributes, links to the web, one style sheet which is ours, nothing that loads or runs."""
    tree = LexborHTMLParser(html)
    for node in tree.css("*"):
        assert node.tag in TAGS, node.tag
        assert set(node.attributes) <= ATTRIBUTES, node.attributes
        assert "url(" not in (node.attributes.get("style") or "")
    assert [node.text() for node in tree.css("style")] == [STYLE]
    assert len(tree.css("meta")) == len(FRAME.css("meta"))
    for link in tree.css("a"):
        assert re.fullmatch(r"https?://[!#-;=?-Z_a-z~%\[\]]+", link.attributes["href"] or ""), link.attributes
    assert not invisible(html)


def check_text(said: str) -> None:
    assert not invisible(said)
    assert not re.search(r"@(everyone|here|channel)\b", said, re.IGNORECASE)
    assert not re.search(r"<[!@#]", said)


# --- Slack ------------------------------------------------------------------------------------------------------------


def check_slack(message: Any) -> None:
    """Slack's limits; what is live between < and > is our own link and nothing else."""
    payload = message.payload
    assert 1 <= len(payload["blocks"]) <= 50
    total = 0
    for part in payload["blocks"]:
        texts = [part["text"]] if "text" in part else part["elements"]
        most = {"header": 150, "section": 3_000, "context": 2_000}[part["type"]]
        for one in texts:
            assert 1 <= len(one["text"]) <= most
            total += len(one["text"])
            if one["type"] == "mrkdwn":
                check_mrkdwn(one["text"])
                assert one["verbatim"] is True
    assert total <= 13_000
    assert payload["unfurl_links"] is payload["unfurl_media"] is False
    assert len(message.text) <= 40_000
    check_mrkdwn(payload["text"])
    check_mrkdwn(message.text)
    json.dumps(payload).encode()


def check_mrkdwn(said: str) -> None:
    for live in re.findall(r"<([^>]*)>", said):
        assert re.fullmatch(r"https?://[^|<>\s]+\|[^|<>]*", live), live
    rest = re.sub(r"<https?://[^|<>\s]+\|[^|<>]*>", "", said)
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search(r"&(?!amp;|lt;|gt;)", said), said
    assert not invisible(said)


# --- all of them ------------------------------------------------------------------------------------------------------


def check_everywhere(one: Alert, words: str = "") -> None:
    mail = email.render(batch(one, email_channel.LIMITS, words))
    check_html(mail.html or "")
    check_text(mail.text)
    narrow = text.render(batch(one, ntfy.LIMITS, words))
    check_text(narrow.text)
    check_text(narrow.subject)
    assert len(narrow.text.encode()) <= ntfy.LIMITS.size
    for message in (mail, narrow):
        assert 0 < len(message.subject) <= 210
        assert "\n" not in message.subject
        assert "notice" not in message.payload, message.payload
    check_slack(slack.render(batch(one, slack_channel.LIMITS, words)))
    hook = webhook.render(batch(one, webhook_channel.LIMITS))
    assert len(hook.text.encode()) <= webhook_channel.LIMITS.size
    read = JobAlerts.model_validate_json(hook.text)
    assert not invisible(hook.text)
    for address in (read.data.alerts[0].posting.url, read.data.alerts[0].posting.apply_url):
        assert address is None or re.match(r"https?://", address)


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:30]))
@pytest.mark.parametrize("event", [EventKind.NEW, EventKind.CHANGED])
def test_hostile_words_are_shown_harmlessly(words: str, event: EventKind) -> None:
    check_everywhere(alert(words, event=event), words[:2_000])


@pytest.mark.parametrize("address", LINKS, ids=lambda address: ascii(address[:40]))
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    check_everywhere(alert("Engineer", address))


@given(st.text(max_size=80), st.sampled_from(list(EventKind)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_generated_words_are_shown_harmlessly(words: str, event: EventKind) -> None:
    check_everywhere(alert(words, event=event), words)


@given(st.text(alphabet="<>&|!@#*_~`;:/\\\"'{}%()[]=?+-a1 \n\u200b", max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_generated_signs_are_shown_harmlessly(words: str) -> None:
    check_everywhere(alert(words), words)


@given(st.text(max_size=400), st.integers(20, 300))
@settings(max_examples=200, deadline=None)
def test_cleaning_bounds_and_is_stable(words: str, limit: int) -> None:
    """One line, within its limit, and cleaning it again changes nothing."""
    once = clean.line(words, limit)
    assert len(once) <= limit
    assert "\n" not in once
    assert clean.line(once, limit) == once
    assert not [sign for sign in once if unicodedata.category(sign) in {"Cc", "Cs"}]


def test_what_is_cut_says_so_and_never_inside_a_sign() -> None:
    assert clean.line("x" * 1_000, 50).endswith("… (shortened)")
    assert clean.line("x" * 5_000_000, 50).endswith("… (shortened)")
    family = "👩‍👩‍👧‍👦"
    said = clean.line(family * 40, 100).removesuffix("… (shortened)")
    assert said == family * (len(said) // len(family))


HONEST = ["Ingénieur·e logiciel – été", "ソフトウェアエンジニア", "مهندس برمجيات", "می‌خواهم", "ผู้จัดการ", "C++/C# (m/w/d) 🚀"]


@pytest.mark.parametrize("said", HONEST)
def test_honest_words_of_all_scripts_stay(said: str) -> None:
    assert clean.line(said) == unicodedata.normalize("NFC", said)


def test_a_five_megabyte_title_costs_little() -> None:
    """… however many alerts carry it."""
    from time import perf_counter

    began = perf_counter()
    for part in email.parts((alert("x" * 5_000_000),) * 5, email_channel.LIMITS):
        email.render(Batch("d", part, email_channel.LIMITS, samples.NOW + timedelta(hours=1)))
    assert perf_counter() - began < 5
