"""A preview tells what a search would do to stored postings, and what in it is of no use."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.match.compile import compile as compile_search
from alerts.match.preview import Missing, preview
from alerts.model.posting import Posting
from alerts.model.search import Search

TITLES = ["Python Developer", "Senior Python Engineer", "Rust Engineer", "Python Intern", "Nurse", "Kubernetes Engineer"]


def stored(now: datetime) -> list[tuple[Posting, datetime]]:
    return [
        (Posting("s", title, "u", title, text="Work here.", language="en"), now - timedelta(days=n))
        for n, title in enumerate(TITLES)
    ]


def test_matches_per_day_newest_first_with_samples(now: datetime):
    seen = preview(compile_search(Search("x", title=("python",))), stored(now), now=now, days=4, samples=2)
    assert seen.wanted == (0, 1, 3)
    assert [count for _, count in seen.per_day] == [1, 0, 1, 1]
    assert seen.per_day[-1][0] == now.date()
    assert [at for at, _ in seen.samples] == [0, 1]
    assert seen.samples[0][1].reasons[0].found == "Python"


def test_difference_from_the_old_version(now: datetime):
    old, new = compile_search(Search("x", title=("python",))), compile_search(Search("x", title=("engineer",)))
    seen = preview(new, stored(now), now=now, old=old)
    assert (seen.added, seen.removed) == ((2, 5), (0, 3))


def test_conditions_that_never_decide(now: datetime):
    search = Search("x", title=("python", "python developer", "nurse"), exclude=("intern", "astronaut"), salary="50k USD")
    seen = preview(compile_search(search), stored(now), now=now)
    assert set(seen.idle) == {("title", "python developer"), ("exclude", "astronaut"), ("salary", "")}
    assert dict(seen.near) == {"title": (2, 5), "exclude": (3,)}


def test_words_that_no_posting_has_with_the_nearest(now: datetime):
    search = Search("x", title=("pyton", "engineers", "k8s"), keywords=("zymurgy",), exclude=('"rusty"',))
    seen = preview(compile_search(search), stored(now), now=now)
    assert set(seen.missing) == {Missing("pyton", "python"), Missing("k8s"), Missing("zymurgy"), Missing("rusty", "rust")}


def test_nothing_stored(now: datetime):
    seen = preview(compile_search(Search("x", title=("python",))), [], now=now)
    assert (seen.wanted, seen.idle, seen.missing) == ((), (), ())
    assert len(seen.per_day) == 30
