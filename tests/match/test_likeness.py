"""The nearest of many jobs, and what a preview tells of those that a search leaves out."""

from __future__ import annotations

from datetime import datetime

from alerts.match.compile import compile as compile_search
from alerts.match.likeness import nearest
from alerts.match.preview import preview
from alerts.model.posting import Posting
from alerts.model.search import Search


def posting(title: str, text: str) -> Posting:
    return Posting("s", title, f"https://example.org/{title}", title, text=text, language="en")


LIKED = posting("Sourdough Baker", "You bake sourdough bread at night, mix dough, tend the oven and the starter.")
NEAR = posting("Pastry Baker", "You bake bread and cakes, and mix dough for the oven.")
FAR = posting("Night Porter", "You greet guests at night.")
OTHER = posting("Tax Lawyer", "Advise clients.")


def test_the_nearest_come_first_with_the_words_that_count():
    found = nearest(LIKED, [OTHER, FAR, NEAR], 5)
    assert [at for at, _, _ in found] == [2, 1]
    assert found[0][1] > found[1][1] > 0
    assert {"baker", "dough"} <= set(found[0][2])
    assert len(nearest(LIKED, [OTHER, FAR, NEAR], 1)) == 1


def test_a_preview_shows_the_nearest_that_a_search_leaves_out(now: datetime):
    search = Search("x", like=(f"{LIKED.title}\n{LIKED.text}",), level=("director",), unknown="drop")
    seen = preview(compile_search(search), [(one, now) for one in (OTHER, FAR, NEAR)], now=now)
    assert [at for at, _ in seen.alike] == [2, 1]
    plain = preview(compile_search(Search("x", title=("lawyer",))), [(NEAR, now)], now=now)
    assert plain.alike == ()
