"""Language: which one a text is written in, by its script, its small words or, in a line, its groups of letters."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from alerts.normalise import tables

_LOOKED_AT = 1200
#: Longer texts are judged by their words alone.
_LINE = 400
_CYRILLIC = frozenset(("ru", "uk", "bg", "sr", "mk", "be", "kk"))
#: Cyrillic letters that one language has alone, or nearly so.
_LETTERS = (
    ("be", frozenset("ў")), ("kk", frozenset("әғқңөұүһ")), ("uk", frozenset("їєґ")), ("mk", frozenset("ѓќѕ")),
    ("sr", frozenset("ђћљњџ")), ("ru", frozenset("ыэё")),
)  # fmt: skip
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
        return _cyrillic(sample, script) if script in _CYRILLIC else script
    counts: dict[str, float] = {}
    known = _words()
    for word, times in Counter(sample.lower().split()).items():
        languages = known.get(word.strip(".,;:!?()\"'"), ())
        for language in languages:  # a word that many share says little
            counts[language] = counts.get(language, 0.0) + times / len(languages)
    if not counts:
        return _by_letters(sample, counts)
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    best, most = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return best if most >= 2 and most > 1.2 * second else _by_letters(sample, counts)


def _by_letters(sample: str, counts: dict[str, float]) -> str | None:
    """What the letters of a line tell; a long text without small words is a list of names."""
    if len(sample) >= _LINE:
        return None
    from alerts.normalise import trigrams

    return trigrams.detect(sample, counts)


def _cyrillic(sample: str, script: str) -> str:
    """Which of the languages that share the script."""
    if letter := next((code for code, letters in _LETTERS if letters & set(sample.lower())), None):
        return letter
    from alerts.normalise import trigrams

    return trigrams.detect(sample, {}, _CYRILLIC) or script


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
