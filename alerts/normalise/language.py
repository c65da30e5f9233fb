"""Language: which one a text is written in, by its script and its small words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from alerts.normalise import tables

_LOOKED_AT = 1200
#: Letters of one's own; looked for in this order.
_SCRIPTS = (
    ("ja", "[\u3040-\u30ff]"),
    ("ko", "[\uac00-\ud7af]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("uk", "[іїєґІЇЄҐ]"),
    ("ru", "[\u0400-\u04ff]"),
    ("el", "[\u0370-\u03ff]"),
    ("he", "[\u0590-\u05ff]"),
    ("ar", "[\u0600-\u06ff]"),
    ("th", "[\u0e00-\u0e7f]"),
)


@cache
def _foreign() -> re.Pattern[str]:
    """Letters outside Latin; punctuation, signs and emoji are in every text."""
    return re.compile("[\u0370-\u0fff\u3040-\ud7af]")


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((language, re.compile(letters)) for language, letters in _SCRIPTS)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data: dict[str, str] = tables.toml("text_stopwords.toml")
    found: dict[str, list[str]] = {}
    for language, words in data.items():
        for word in set(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def detect(text: str) -> str | None:
    """ISO 639-1 code; None where the text is too short or too mixed to tell."""
    sample = text[:_LOOKED_AT]
    if _foreign().search(sample) and (script := _script(sample)):
        return script
    counts: dict[str, float] = {}
    known = _words()
    for word, times in Counter(sample.lower().split()).items():
        languages = known.get(word.strip(".,;:!?()\"'"), ())
        for language in languages:  # a word that many share says little
            counts[language] = counts.get(language, 0.0) + times / len(languages)
    if not counts:
        return None
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    best, most = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return best if most >= 2 and most > 1.2 * second else None


def _script(sample: str) -> str | None:
    """A script of its own, where it makes up a fair part of the letters."""
    letters = sum(letter.isalpha() for letter in sample) or 1
    return next(
        (
            language
            for language, rule in _scripts()
            if len(rule.findall(sample)) >= max(2, letters * 0.04 if language in ("ja", "uk") else letters * 0.2)
        ),
        None,
    )
