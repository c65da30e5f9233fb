"""Text: readable, safe, and the same when cleaned twice."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.normalise import text


def test_paragraphs_lists_and_breaks_are_kept() -> None:
    html = "<div><p>Hello &amp; welcome</p><ul>\n<li><p>one</p></li>\n<li>two <b>bold</b></li></ul>after<br>break</div>"
    assert text.clean(html, None) == "Hello & welcome\n\n- one\n- two bold\n\nafter\nbreak"


def test_html_that_was_escaped_as_a_whole_is_read_as_html() -> None:
    escaped = "&lt;p&gt;Salary &amp;amp; equity&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Go&lt;/li&gt;&lt;/ul&gt;"
    assert text.clean(escaped, None) == "Salary & equity\n\n- Go"
    assert text.clean(escaped.replace("&", "&amp;"), None) == "Salary & equity\n\n- Go"


def test_scripts_and_styles_leave_nothing() -> None:
    assert text.clean("<style>p{}</style><script>alert(1)</script><p>Hi</p><noscript>no</noscript>", None) == "Hi"


def test_mojibake_is_repaired_where_the_round_trip_proves_it() -> None:
    assert text.clean(None, "Weâ\u0080\u0099re hiring in MÃ¼nchen – now") == "We’re hiring in München – now"
    assert text.clean("<p>Weâ€™re hiring</p>", None) == "We’re hiring"


@pytest.mark.parametrize("sound", ["São Paulo – Ação", "Ærø, Ålesund", "naïve café 50 €", "Â-Klasse"])
def test_what_is_no_mojibake_is_left_alone(sound: str) -> None:
    assert text.clean(None, sound) == sound


def test_hidden_and_direction_characters_are_removed() -> None:
    assert text.clean(None, "Pay\u200b roll \u202eevil\u202c \x00end\ufeff") == "Pay roll evil end"
    assert text.line("Engineer\u2066\n\u2069  (m/f/d)") == "Engineer (m/f/d)"


def test_bullets_of_plain_text_become_list_items() -> None:
    assert text.clean(None, "Tasks:\n• one\n·  two\n* three\n▪\nfour") == "Tasks:\n- one\n- two\n- three\n- four"


def test_html_comes_before_text_and_text_may_hold_html() -> None:
    assert text.clean("<p>html</p>", "text") == "html"
    assert text.clean("  ", "<p>a</p><p>b</p>") == "a\n\nb"
    assert text.clean(None, None) == ""


def test_comparisons_survive() -> None:
    assert text.clean(None, "Latency < 5 ms and > 99 % R&D") == "Latency < 5 ms and > 99 % R&D"


def test_text_is_capped() -> None:
    assert len(text.clean(None, "word " * 100_000)) <= 200_000


def test_titles_are_one_line_with_entities_decoded_once() -> None:
    assert text.line(" R&amp;D <b>Lead</b>\n (m/w/d) ") == "R&D Lead (m/w/d)"
    assert text.line("&amp;lt;tag&amp;gt;") == "&lt;tag&gt;"
    assert text.line("C++ < C#") == "C++ < C#"
    assert text.line("   ") is None
    assert text.line(None) is None


pieces = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<br/>",
                "&amp;",
                "&lt;p&gt;",
                "&amp;lt;",
                "• ",
                "- ",
                "-",
                "\n",
                "\n\n",
                "â€™",
                "Ã©",
                "<",
                ">",
                "&#160;",
                "\u202e",
                "*",
                "<ul><li>",
                "</li>",
            ]
        ),
    ),
    max_size=20,
).map("".join)


@given(pieces)
@settings(max_examples=400, deadline=None)
def test_cleaning_what_is_clean_changes_nothing(raw: str) -> None:
    once = text.clean(raw, None)
    assert text.clean(None, once) == once
    plain = text.clean(None, raw)
    assert text.clean(None, plain) == plain
    text.line(raw)


def test_hostile_html_costs_little() -> None:
    """Deep nesting and half-open tags are read in the time of a large page."""
    start = time.process_time()
    for raw in ("<div>" * 100_000 + "x", "<a " * 60_000, "<" * 200_000, "&amp;" * 40_000, "&lt;p&gt;" * 50_000):
        text.clean(raw, None)
        text.clean(None, raw)
        assert time.process_time() - start < 10
