"""How alike a posting is to a text that the user likes, by the words they share."""

from __future__ import annotations

import heapq
import math
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from alerts.match import forms, words
from alerts.model.posting import Posting

#: Postings at least this alike (cosine of the word weights) are jobs like it.
ENOUGH = 0.35
#: How much more a word of the title counts.
TITLE = 4


@dataclass(frozen=True, slots=True)
class Sample:
    """A text that jobs shall be like; its first line counts as its title."""

    text: str


def compare(sample: Sample, posting: Posting) -> tuple[float, tuple[str, ...]]:
    """(0 to 1, the shared words that count most)."""
    head = sample.text.strip().partition("\n")[0]
    a = _weights(head[:200], sample.text, "en")
    b = _weights(posting.title, posting.text, posting.language or "en")
    shared = {stem: weight * b[stem][0] for stem, (weight, _) in a.items() if stem in b}
    length = math.sqrt(sum(w * w for w, _ in a.values())) * math.sqrt(sum(w * w for w, _ in b.values()))
    if not length:
        return 0.0, ()
    best = sorted(shared, key=lambda stem: (-shared[stem], stem))[:6]
    return min(1.0, sum(shared.values()) / length), tuple(b[stem][1] for stem in best)


def nearest(posting: Posting, others: Sequence[Posting], number: int) -> list[tuple[int, float, tuple[str, ...]]]:
    """The most alike of the others, best first: (position, how alike, the words that count most)."""
    sample = Sample(f"{posting.title}\n{posting.text}")
    scored = ((at, *compare(sample, other)) for at, other in enumerate(others))
    return heapq.nsmallest(number, (one for one in scored if one[1] > 0), key=lambda one: (-one[1], one[0]))


@lru_cache(maxsize=64)
def _weights(title: str, text: str, language: str) -> dict[str, tuple[float, str]]:
    """Stem → (weight, the word as it stands): 1 + log of its count, less for words that every posting has."""
    counts: Counter[str] = Counter()
    word_of: dict[str, str] = {}
    for part, times in ((title, TITLE), (text[:20_000], 1)):
        for word, places in words.places(words.flat(part)).items():
            if len(word) < 2 or word.isdigit() or word in _common():
                continue
            stem = forms.stem(word, "en" if language not in ("de", "fr", "es", "nl", "it", "pt", "sv") else language)
            counts[stem] += times * len(places)
            word_of.setdefault(stem, word)
    return {stem: (1 + math.log(count), word_of[stem]) for stem, count in counts.items()}


@cache
def _common() -> frozenset[str]:
    table = tomllib.loads(files("alerts.match").joinpath("data/common.toml").read_text("utf-8"))
    return frozenset(word for line in table.values() for word in line)
