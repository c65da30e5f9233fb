"""Whole previews beside the pages: of which postings one is, and how long it is kept."""

from __future__ import annotations

import gc
import weakref
from datetime import UTC, datetime

from alerts.desk.shelves import Shelf
from alerts.desk.trials import Running, Trials
from alerts.match.compile import compile as compile_search
from alerts.match.prepared import Prepared
from alerts.match.preview import Trial
from alerts.model.posting import Posting
from alerts.model.search import Search

NOW = datetime(2026, 11, 28, tzinfo=UTC)
WANTED = compile_search(Search("x", title=("engineer",)))


def shelf(*numbers: int) -> Shelf:
    stored = [(Posting("s", str(number), "https://example.org", f"Engineer {number}"), NOW) for number in numbers]
    return Shelf(list(numbers), Prepared.of(stored), 0.0, 0.0)


def whole(trials: Trials, over: Shelf) -> Running:
    running = trials.begun("ada", "engineers", over, lambda: Trial(WANTED, over.ready, now=NOW))
    assert running.over.wait(30)
    return running


def test_a_preview_that_is_over_is_made_anew_once_there_are_newer_postings() -> None:
    """Before, what was found at places of the older ones was shown as the newer ones at these places."""
    trials, older, newer = Trials(), shelf(2, 1), shelf(3, 2, 1)
    first = whole(trials, older)
    assert whole(trials, older) is first
    again = whole(trials, newer)
    assert again.shelf.numbers == [3, 2, 1]
    assert [again.shelf.numbers[at] for at in again.so_far(30).wanted] == [3, 2, 1]
    assert first.ended.is_set()


def test_a_preview_is_given_back_with_its_postings() -> None:
    """Before, the last one of each person kept all that it had looked at."""
    trials, one = Trials(), shelf(2, 1)
    whole(trials, one)
    kept = weakref.ref(one.ready)
    del one
    gc.collect()
    assert kept() is None
