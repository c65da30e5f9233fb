"""What a posting asks of a person decides: languages, sponsorship and clearance, with the sentence that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate, wants_details
from alerts.match.index import Index
from alerts.model.posting import Eligibility, Posting
from alerts.model.search import Answer, Search
from alerts.normalise import eligibility

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
BARE = Posting("s", "1", "https://example.org/1", "Baker", text="We bake bread.")

SPOKEN = [
    ("en", "", ("English",), YES),
    ("en", "", ("German",), NO),
    (None, "", ("English",), UNKNOWN),
    ("en", "Fluent German is required.", ("English",), NO),
    ("en", "Fluent German is required.", ("English", "German"), YES),
    ("en", "Fluent German and Dutch are required.", ("English", "German"), NO),
    ("en", "You are fluent in German or French.", ("English", "French"), YES),
    ("en", "You are fluent in German or French.", ("English", "Dutch"), NO),
    ("en", "You speak English, German or French fluently.", ("English",), YES),
    ("en", "You speak fluent English and German or French.", ("English",), NO),
    ("en", "You speak fluent English and German or French.", ("English", "French"), YES),
    ("en", "Fluent German would be a plus.", ("English",), YES),
    ("de", "Fließend Deutsch oder Englisch.", ("German",), YES),
    ("de", "Sehr gute Deutschkenntnisse und verhandlungssicheres Englisch.", ("German", "English"), YES),
    ("de", "Sehr gute Deutschkenntnisse und verhandlungssicheres Englisch.", ("German",), NO),
    ("de", "Verhandlungssicheres Englisch wird vorausgesetzt.", ("English",), NO),
    (None, "Fluent German is required.", ("German",), YES),
    (None, "Fluent German is required.", ("English",), NO),
]


@pytest.mark.parametrize(("written", "text", "languages", "expected"), SPOKEN)
def test_languages_are_those_that_are_asked_for_and_that_of_the_text(written, text, languages, expected, now: datetime):
    posting = replace(BARE, language=written, text=text or BARE.text, eligibility=eligibility.read(text, {}))
    search = compile_search(Search("x", languages=languages))
    assert evaluate(search, posting, now=now).answer is expected
    assert Index([search]).find([posting], now=now) == [[] if expected is NO else [0]]


def test_a_language_that_is_missing_is_shown_in_its_sentence(now: datetime):
    asked = Eligibility("language", True, "de", "Fluent German is required.")
    posting = replace(BARE, language="en", eligibility=(asked,))
    (reason,) = evaluate(compile_search(Search("x", languages=("en", "fr"))), posting, now=now).reasons
    assert (reason.found, reason.where, reason.wanted) == (asked.words, "eligibility", "en OR fr")


def test_a_text_whose_own_language_is_not_needed_goes_by_what_it_asks_for(now: datetime):
    topics = (Eligibility("language", False, "de", "Deutsch ist nicht nötig."), Eligibility("language", True, "en", "Englisch."))
    posting = replace(BARE, language="de", eligibility=topics)
    english = compile_search(Search("x", languages=("English",)))
    assert evaluate(english, posting, now=now).answer is YES
    assert evaluate(english, replace(posting, eligibility=topics[:1]), now=now).answer is UNKNOWN


def test_the_language_of_a_list_entry_is_no_certain_no(now: datetime):
    listed = replace(BARE, language="de", text="", detailed=False)
    assert wants_details(compile_search(Search("x", languages=("English",))), listed, now=now)


OFFERED = Eligibility("sponsorship", True, None, "We sponsor visas.")
REFUSED = Eligibility("sponsorship", False, None, "No sponsorship for this role.")
CITIZENS = Eligibility("citizenship", True, "US", "US citizens only.")
PERMIT = Eligibility("work_permit", True, None, "You must be authorized to work in the US.")
CLEARED = Eligibility("clearance", True, "secret", "A Secret clearance is required.")
UNCLEARED = Eligibility("clearance", False, None, "A clearance is a plus.")


@pytest.mark.parametrize(
    ("key", "topics", "expected", "quoted"),
    [
        ("require_sponsorship", (OFFERED, REFUSED), NO, REFUSED.words),
        ("require_sponsorship", (REFUSED, OFFERED), NO, REFUSED.words),
        ("require_sponsorship", (OFFERED, PERMIT), YES, OFFERED.words),
        ("require_sponsorship", (CITIZENS,), NO, CITIZENS.words),
        ("require_sponsorship", (PERMIT,), UNKNOWN, PERMIT.words),
        ("require_sponsorship", (), UNKNOWN, "sponsorship not stated"),
        ("exclude_clearance", (UNCLEARED, CLEARED), NO, CLEARED.words),
        ("exclude_clearance", (CLEARED, UNCLEARED), NO, CLEARED.words),
        ("exclude_clearance", (UNCLEARED,), YES, UNCLEARED.words),
        ("exclude_clearance", (), YES, "no clearance mentioned"),
    ],
)
def test_where_a_posting_says_both_the_refusal_counts_and_is_quoted(key, topics, expected, quoted, now: datetime):
    match = evaluate(compile_search(Search("x", **{key: True})), replace(BARE, eligibility=topics), now=now)
    assert match.answer is expected
    assert quoted in match.reasons[0].found
