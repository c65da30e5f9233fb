"""Words in a search find what a person means by them, and nothing else."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.match import words
from alerts.match.compile import check
from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.spans import Spans
from alerts.model.posting import Posting
from alerts.model.search import Search

# entry | a title that it finds (+) or not (-), or a text (~ found, ! not found) | language
TABLE = r"""
java | - JavaScript Developer
java | + Java Developer
java | + Java/Kotlin Engineer
java | - Javanese translator
intern | - Internal Auditor
intern | - International Sales
intern | + Software Intern
intern | + Interns wanted
intern | + Summer Internship
internal | - Software Intern
engineer | + Engineers
engineer | + ENGINEER
engineer | + Software-Engineer
engineer | - Manager, Engineering
nurse | - Nursing Home Cleaner
ISO 9001 | + ISO9001 Auditor
ISO9001 | + Auditor ISO 9001
office 365 | ~ Office365 or Google
office365 | ~ Office 365
s4hana | ~ S/4HANA
engineer | - Engine Fitter
engine | - Software Engineer
engineering manager | + Manager, Engineering
engineering manager | + Engineering Manager, Payments
engineering manager | + Manager of Platform Engineering
engineering manager | - Engineering Lead
"engineering manager" | - Manager, Engineering
"engineering manager" | + Senior Engineering Manager
"engineering manager" | - Engineering Managers
"engineering manager" | + ENGINEERING MANAGER
manager | - Management Consultant
product manager | - Production Manager
accounting | - Account Executive
training | + Trainings Coordinator
training | - Train Driver
rails | - Rail Planner
account manager | - Accounting Manager
security engineer | - Engineer, Securities Platform
data scientist | + Data Scientists (m/w/d)
develop* | + Development Lead
develop* | + Developer
develop* | - Devops
"front e*" | + Front End Engineer
c++ | + C++ Developer
c++ | + Engineer (C/C++)
c++ | - C Developer
c++ | - C# Developer
c | - C++ Developer
c | + Embedded C Developer
c | - C# Developer
c# | + C#/.NET Developer
c# | + Senior C# Engineer
c# | - C Engineer
csharp | + C# Engineer
.net | + .NET Developer
.net | + ASP.NET Core Engineer
.net | - Network Engineer
.net | - Net Control Manager
dotnet | + Senior .NET Developer
node.js | + Node.js Developer
node.js | + NodeJS Developer
node | + Node.js Developer
nodejs | + Backend (Node.js)
react | + React.js Engineer
r&d | + R&D Engineer
r&d | + Research and Development Lead
r&d | - R Developer
fp&a | + Manager, FP&A
fp&a | - A/P Clerk
go | + Go Developer
go | + Golang Engineer
go | - Google Ads Manager
golang | - Go to Market Lead
full stack | + Full-Stack Engineer
full stack | + Fullstack Developer
full-stack | + Full Stack Engineer
fullstack | + Full-stack Developer
backend | + Back-End Engineer
backend | + Back End Engineer
back end | + Backend Engineer
e-commerce | + eCommerce Manager
k8s | + Kubernetes Engineer
kubernetes | + K8s Platform Engineer
swe | + Software Engineer II
software engineer | + SWE, Infrastructure
sr | + Senior Analyst
senior engineer | + Sr. Engineer
"sr engineer" | + Sr. Engineer
junior | + Jr. Developer
machine learning | + ML Engineer
ml engineer | + Machine Learning Engineer
ml | - HTML Developer
ai | + AI Engineer
ai | + Artificial Intelligence Lead
ai | - Air Traffic Controller
js | + JavaScript Engineer
js | - JSON Wrangler
vp engineering | + Vice President, Engineering
sre | + Site Reliability Engineer
sre | + SREs in Dublin
ux designer | + Designer, User Experience
new grad | + New Graduate Software Engineer
devops | + Dev Ops Engineer
cyber security | + Cybersecurity Analyst
co-op | + Co-op Student
résumé | + Resume Writer
zurich | + Zürich Office Lead
ingénieur | + Ingenieur Logiciel
ingenieur | + Ingénieur logiciel
ingénieur | + Inge\u0301nieur
strasse | + Straße
geschäftsführer | + Geschaeftsfuehrer
geschaeftsfuehrer | + Geschäftsführer
équipe | + Chef d'équipe
entwickler | + Leiter der Entwickler | de
entwickler | + Team von Entwicklern | de
pfleger | + Pfleger:in gesucht | de
desarrollador | + Desarrolladores senior | es
工程师 | + 软件工程师 | zh
工程师 | - 工程主管 | zh
エンジニア | + ソフトウェアエンジニア | ja
title:python | ! We use Python
text:python | ~ We use Python
text:python | - Python Developer
feature store | ~ You will own our feature store.
feature store | ~ a store for every feature of the models
feature store | ! We ship every feature. Come to the store.
feature store | ! Feature flags first\nthen a store
"feature store" | ! a store for every feature
"feature store" | ~ the Feature-Store team
"feature store" team | ~ the team of the feature store
kubernetes | ~ Docker, k8s, Helm
us | + Engineer (U.S.)
don't | ~ We dont care
bachelor | ~ Bachelor's degree
nurse | + Nurses and Nursing Assistants
salesforce | - Sales force lead
"24/7" | ~ support 24/7
"""

ROWS = [tuple(part.strip() for part in line.split(" | ")) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row))
def test_entry_finds(row: tuple[str, ...], now: datetime):
    """Each row: an entry, and a title or text that it finds or not."""
    entry, said, *language = row
    sign, text = said[0], said[2:].replace("\\n", "\n").replace("\\u0301", "\u0301")
    title, body = (text, "") if sign in "+-" else ("Baker", text)
    posting = Posting("s", "1", "https://example.org/1", title, text=body, language=language[0] if language else "en")
    match = evaluate(compile_search(Search("x", keywords=(entry,))), posting, now=now)
    assert match.wanted is (sign in "+~")


def test_aliases_are_extended_and_switched_off(now: datetime):
    posting = Posting("s", "1", "https://example.org/1", "Kubernetes Wrangler")
    search = Search("x", title=("k8s",))
    assert evaluate(compile_search(search), posting, now=now).wanted
    assert not evaluate(compile_search(search, aliases={"k8s": []}), posting, now=now).wanted
    assert not evaluate(compile_search(Search("x", title=("k8s",), aliases=False)), posting, now=now).wanted
    own = compile_search(Search("x", title=("herder",)), aliases={"herder": ["wrangler"]})
    assert evaluate(own, posting, now=now).wanted


def test_tags_count_as_words_of_the_posting(now: datetime):
    posting = Posting("s", "1", "https://example.org/1", "Baker", tags=("Machine Learning", "python"))
    assert evaluate(compile_search(Search("x", keywords=("ml",))), posting, now=now).wanted
    assert not evaluate(compile_search(Search("x", keywords=('"learning python"',))), posting, now=now).wanted


@given(st.text(max_size=200))
def test_reading_never_raises_and_places_agree(text: str):
    """Any text reads; the places of its words are where their spans are."""
    positions, at = [], 0
    for found in words.flat(text):
        if found:
            positions.append(at)
        at += 1 if found else words.GAP
    spans = [Spans(text)[position] for position in positions]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(max_size=60))
def test_folding_is_idempotent(text: str):
    assert words.fold(words.fold(text)) == words.fold(text)


@given(st.data())
def test_quotes_are_the_text_itself(data: st.DataObject):
    """A reason's span cuts exactly the quoted words out of its field."""
    parts = data.draw(st.lists(st.sampled_from(["Python", "feature", "store.", "C++", "the", "\n", "Engineers"]), max_size=12))
    posting = Posting("s", "1", "u", " ".join(parts[:4]), text=" ".join(parts), language="en")
    search = Search("x", keywords=("python", "feature store", '"c++"', "engineer"))
    match = evaluate(compile_search(search), posting, now=datetime(2026, 1, 1, tzinfo=UTC))
    for reason in match.reasons[0].parts:
        if reason.span:
            assert getattr(posting, reason.where)[slice(*reason.span)] == reason.found != ""


@given(title=st.text(max_size=80), text=st.text(max_size=200), entry=st.text(max_size=30))
def test_any_text_meets_any_entry(title: str, text: str, entry: str):
    """Neither the words of a posting nor those of an entry can make matching fail; what is found is quoted from its field."""
    search = Search("x", keywords=(entry, "a*", '"b c"', "d e"))
    if check(search):
        return
    match = evaluate(compile_search(search), Posting("s", "1", "u", title, text=text), now=datetime(2026, 1, 1, tzinfo=UTC))
    for reason in match.reasons[0].parts:
        if reason.span:
            start, end = reason.span
            assert (title if reason.where == "title" else text)[start:end] == reason.found


@pytest.mark.parametrize("text", ["a" * 500_000, "a-" * 100_000, "x.y" * 60_000, "( " * 100_000, "软件" * 60_000, "a1 " * 60_000])
def test_hostile_texts_are_read_in_reasonable_time(text: str):
    start = time.process_time()
    match = evaluate(
        compile_search(Search("x", keywords=("feature store", '"a a"'))),
        Posting("s", "1", "u", "Baker", text=text),
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert match.reasons
    assert time.process_time() - start < 10
