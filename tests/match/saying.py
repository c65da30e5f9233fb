"""Rows of tables: an entry, and a title (+ found, - not) or text (~ found, ! not) that it meets."""

from __future__ import annotations

from datetime import datetime

import pytest

from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.index import Index
from alerts.model.posting import Posting
from alerts.model.search import Search


def rows(table: str) -> pytest.MarkDecorator:
    """One test a row ``entry | + title | language``; the language is that of the posting, English where it is left out."""
    split = [tuple(part.strip() for part in line.split(" | ")) for line in table.strip().splitlines()]
    return pytest.mark.parametrize("row", split, ids=[" ".join(row) for row in split])


def check(row: tuple[str, ...], now: datetime) -> None:
    """The row holds, asked directly and through the index, as a wish and as an exclusion."""
    entry, said, *language = row
    sign, text = said[0], said[2:].replace("\\n", "\n")
    title, body = (text, "") if sign in "+-" else ("Baker", text)
    posting = Posting("s", "1", "https://example.org/1", title, text=body, language=language[0] if language else "en")
    wish, ban = compile_search(Search("x", keywords=(entry,))), compile_search(Search("x", exclude=(entry,)))
    expected = sign in "+~"
    assert evaluate(wish, posting, now=now).wanted is expected
    assert evaluate(ban, posting, now=now).wanted is not expected
    assert Index([wish, ban]).find([posting], now=now) == [[0] if expected else [1]]
