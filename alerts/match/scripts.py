"""Scripts that need more than spaces to tell words: Chinese, Japanese, Thai, Khmer, Lao, Burmese, Korean, Arabic.

In the first six no space parts the words, so every sign (with the marks on it) is a word of its own and a search for several is
one for a phrase. Korean words are cut into the parts that are known (``data/korean.toml``). Arabic ones lose their article.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_LAST = 0x1100  # marks beyond are those of the scripts below, or rare


def _ranges(signs: list[int]) -> str:
    """The body of a class of these signs."""
    parts: list[str] = []
    start = 0
    for at, sign in enumerate(signs):
        if at + 1 == len(signs) or signs[at + 1] != sign + 1:
            parts.append(f"{chr(signs[start])}-{chr(sign)}")
            start = at + 1
    return "".join(parts)


#: Signs that stand on or behind a letter: accents, vowels of Arabic, Hindi and Thai, and the stretching line of Arabic.
MARK = f"[{_ranges([n for n in range(0x300, _LAST) if unicodedata.category(chr(n))[0] == 'M'])}\u0640\u17b4-\u17d3\u3099\u309a]"
#: Chinese, Japanese (half-width forms, too), Thai, Lao, Burmese, Khmer: the body of a class.
UNSPACED = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
SIGN = f"[{UNSPACED}](?:{MARK}|[\uff9e\uff9f])*"
#: Korean letters: the body of a class.
KOREAN = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
HANGUL = f"[{KOREAN}]+"
#: Letters that mean the same in Arabic and Persian, and the stretching line, which means nothing.
LETTERS = {ord("ى"): "ي", ord("ی"): "ي", ord("ک"): "ك", ord("ـ"): ""}

_ARTICLES = ("وال", "بال", "فال", "كال", "ال", "لل")
_ENDINGS = ("ات", "ون", "ين", "ان", "ه", "ة")


def is_arabic(word: str) -> bool:
    """Is a folded word written in Arabic letters?"""
    return "\u0620" <= word[:1] <= "\u06ff"


def arabic_spellings(word: str) -> tuple[str, ...]:
    """The word, without its article, and without the ending of the feminine or the plural: ``المهندسة``, ``مهندس``."""
    article = next((start for start in _ARTICLES if word.startswith(start) and len(word) - len(start) > 2), "")
    bare = word[len(article) :]
    ending = next((end for end in _ENDINGS if bare.endswith(end) and len(bare) - len(end) > 2), "")
    return tuple(dict.fromkeys((word, bare, bare[: len(bare) - len(ending)])))


def is_korean(word: str) -> bool:
    """Is a folded word written in Korean letters?"""
    return "\u1100" <= word[:1] <= "\u11ff" or "\uac00" <= word[:1] <= "\ud7a3"


def korean_parts(word: str) -> tuple[str, ...]:
    """The words in a Korean one: without its particle, and cut before words that often end others."""
    return tuple(dict.fromkeys(part for part in _parts(word) if part != word))


def _parts(word: str) -> Iterator[str]:
    particles, heads = _korean()
    bare = _without(word, particles)
    yield bare
    while head := next((end for end in heads if bare.endswith(end) and len(bare) - len(end) > 1), ""):
        yield head
        bare = bare[: -len(head)]
        yield bare


def _without(word: str, particles: tuple[str, ...]) -> str:
    return next((word[: -len(end)] for end in particles if word.endswith(end) and len(word) - len(end) > 1), word)


@cache
def _korean() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(particles, words that end others), the longest first."""
    table = tomllib.loads(files("alerts.match").joinpath("data/korean.toml").read_text("utf-8"))
    particles, heads = (tuple(sorted(table[name], key=len, reverse=True)) for name in ("particles", "heads"))
    return particles, heads
