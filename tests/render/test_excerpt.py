"""The quoted text is the one that matched, whole words, and nothing where the text said nothing."""

from __future__ import annotations

from dataclasses import replace

from alerts.model.search import Answer, Reason
from alerts.render import samples
from alerts.render.excerpt import AROUND, excerpt

POSTING = samples.platform_manager().posting
TEXT = "Intro words. " * 30 + "We run a feature store on Kubernetes. " + "Closing words. " * 30


def reason(found: str, **more: object) -> Reason:
    return replace(Reason("keywords", found, Answer.YES, found, "text"), **more)  # type: ignore[arg-type]


def test_it_quotes_whole_words_around_what_matched() -> None:
    said = excerpt(replace(POSTING, text=TEXT), (reason("feature store"),))
    assert "We run a feature store on Kubernetes." in said
    assert said.startswith("… ")
    assert said.endswith(" …")
    assert len(said) <= 3 * AROUND + len("feature store")
    assert all(word in TEXT for word in said.strip("… ").split())


def test_the_span_decides_where_the_word_comes_twice() -> None:
    text = "Python here. " + "x " * 200 + "and Python there"
    at = text.rindex("Python")
    assert "there" in excerpt(replace(POSTING, text=text), (reason("Python", span=(at, at + 6)),))
    assert "here" in excerpt(replace(POSTING, text=text), (reason("Python", span=(3, 9)),)), "an edited text is searched anew"


def test_nothing_is_quoted_of_what_was_not_met_by_the_text() -> None:
    text = replace(POSTING, text=TEXT)
    assert excerpt(text, (reason("feature store", where="title"),)) == ""
    assert excerpt(text, (reason("feature store", answer=Answer.NO),)) == ""
    assert excerpt(text, (replace(reason("x"), condition="not", parts=(reason("feature store"),)),)) == ""
    assert excerpt(text, (reason("feat"),)) == "", "half a word is no match"
    assert excerpt(replace(POSTING, text=""), (reason("feature store"),)) == ""


def test_parts_of_a_query_are_looked_into() -> None:
    tree = (Reason("query", "a or b", Answer.YES, parts=(reason("none", answer=Answer.NO), reason("kubernetes"))),)
    assert "on Kubernetes." in excerpt(replace(POSTING, text=TEXT), tree)
