"""Trigrams: the language of a line too short to hold small words, by its groups of three letters."""

from __future__ import annotations

import re
from functools import cache

from alerts.normalise import tables

_LONGEST = 160
#: Fewer groups than this tell nothing: a name, a title.
_FEWEST = 24
#: What a group that a language does not have among its first 500 would cost, in tenths of a nat.
_UNSEEN = 82
#: What the best must have a group on the mean, and more than the second.
_LEAST, _MARGIN = 4.5, 0.2
#: What a small word is worth, in groups.
_WORD = 40.0
_LETTER = 100.0
#: Few postings are written in these, so they must be plainer.
_RARE = frozenset(("gl", "ms", "ga", "eu", "is", "sq", "tl", "id", "ca", "mk", "be", "kk"))
#: Letters that one language has alone, or nearly so.
_LETTERS = {
    "sk": "ľĺŕ", "cs": "řěů", "hu": "őű", "tr": "ğı", "lt": "ėįų", "lv": "āēīķļņģ", "ro": "țșţ", "pl": "łź", "is": "ðþ",
    "de": "ß", "es": "ñ", "vi": "đơư",
}  # fmt: skip
#: A word that begins small: a line without one is a list of names.
_SMALL = re.compile(r"(?<!\w)(?:[^\W\d_A-Z])[^\W\d]{2}")
_OTHER = re.compile(r"[\W\d_]+")


@cache
def _table() -> tuple[list[str], dict[str, tuple[tuple[int, int], ...]]]:
    """The languages, and group → those that have it, by their numbers, each with what it gains."""
    languages: list[str] = []
    found: dict[str, list[tuple[int, int]]] = {}
    for number, row in enumerate(tables.rows("trigrams.tsv")):
        language, groups = row.split("\t")
        languages.append(language)
        for group in groups.split(" "):
            found.setdefault(group[:3], []).append((number, max(1, _UNSEEN - int(group[3:]))))
    return languages, {group: tuple(gains) for group, gains in found.items()}


def detect(text: str, words: dict[str, float], among: frozenset[str] | None = None) -> str | None:
    """ISO 639-1 code, or None where none is plain; ``words``: how many small words of each language were found."""
    if among is None and not any(hit[0][0].islower() for hit in _SMALL.finditer(text)):
        return None
    plain = _OTHER.sub("_", f"_{text[:_LONGEST].lower()}_")
    count = len(plain) - 2
    if count < _FEWEST and among is None:
        return None
    languages, table = _table()
    gained = [0.0] * len(languages)
    for start in range(count):
        for number, gain in table.get(plain[start : start + 3], ()):
            gained[number] += gain
    scores = {code: gain for code, gain in zip(languages, gained, strict=True) if among is None or code in among}
    for code in scores:
        letters = _LETTERS.get(code)
        scores[code] += _WORD * words.get(code, 0.0) + (_LETTER * min(2, sum(map(plain.count, letters))) if letters else 0.0)
        scores[code] *= (0.9 if code in _RARE else 1.0) / count
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    return best if most >= _LEAST and most - second >= _MARGIN else None
