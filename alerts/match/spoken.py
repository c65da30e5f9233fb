"""The languages that a posting asks for: each demand a choice of codes, one of which is enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from alerts.match import readings
from alerts.match.tree import Is, Node
from alerts.model.posting import Posting

#: What stands between two names of which one is enough: "or" as the last word but two, without an "and".
_OR = re.compile(
    r"(?!.*\b(?:and|und|et|y|en|e|och|og|oraz|sowie)\b)"
    r"(?:[^.;\n]{0,25}?(?:\b(?:or|oder|ou|of|o|eller|lub|tai|nebo|или|або)\s+(?:[\w'’]+\s+){0,2})|\s*(?:/|或|または)\s*)"
)
_COMMA = re.compile(r"\s*[,、]\s*")


class Choice(NamedTuple):
    """Languages of which one is enough, and the sentence that asks for them."""

    codes: frozenset[str]
    words: str


def joined(parts: Sequence[Node], key: str = "") -> Node:
    """One condition for all languages that a person speaks: a posting may ask for several of them at once."""
    codes = frozenset(code for part in parts if isinstance(part, Is) for code in cast("frozenset[str]", part.value))
    return Is("speaks", codes, " OR ".join(part.wanted for part in parts), key)


def asked(posting: Posting) -> tuple[Choice, ...]:
    """What must be spoken: "German or English" is one choice, "German and English" are two."""
    if not posting.eligibility:
        return ()
    topics = (one for one in posting.eligibility if one.topic == "language" and one.answer and one.value)
    return _choices(tuple((one.value or "", one.words) for one in topics))


def not_needed(posting: Posting) -> frozenset[str]:
    """Languages of which the posting says that they are not asked for, and nowhere the contrary."""
    refused = {one.value for one in posting.eligibility if one.topic == "language" and not one.answer and one.value}
    return frozenset(refused.difference(*(choice.codes for choice in asked(posting))))


@lru_cache(maxsize=512)
def _choices(demands: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    found: dict[Choice, None] = {}
    for code, sentence in demands:
        together = {other for other, words in demands if words == sentence}
        choice = next((codes for codes in _alternatives(sentence) if code in codes), frozenset())
        found[Choice((choice & together) | {code}, sentence)] = None
    return tuple(found)


def _alternatives(sentence: str) -> list[frozenset[str]]:
    """The languages that an "or" joins in a sentence, those before it in a list among them."""
    runs: list[set[str]] = [set()]
    chosen: list[bool] = [False]
    end = 0
    for code, start, stop in readings.languages_named(sentence):
        between = sentence[end:start].casefold()
        if _OR.fullmatch(between) and runs[-1]:
            chosen[-1] = True
        elif not _COMMA.fullmatch(between):
            runs.append(set())
            chosen.append(False)
        runs[-1].add(code)
        end = stop
    return [frozenset(run) for run, is_choice in zip(runs, chosen, strict=True) if is_choice]
