"""Where in the text it matched: the words around the first condition that was found there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alerts.model.posting import Posting
from alerts.model.search import Answer, Reason
from alerts.render.clean import line

#: Characters before and after the words that matched.
AROUND = 70
_DEEP = 20
#: A dash that began a line means nothing in the middle of one.
_BULLET = re.compile(r"\s*\n\s*[-*•–]\s+")


def excerpt(posting: Posting, tree: tuple[Reason, ...]) -> str:
    """ "… the team that runs our feature store. Python …"; "" where no condition was met by the text."""
    for leaf in _in_text(tree):
        if spot := _spot(posting.text, leaf):
            return _around(posting.text, *spot)
    return ""


def _in_text(tree: tuple[Reason, ...], depth: int = 0) -> Iterator[Reason]:
    for reason in tree:
        if reason.answer != Answer.YES or reason.condition == "not" or depth > _DEEP:
            continue
        if reason.parts:
            yield from _in_text(reason.parts, depth + 1)
        elif reason.where == "text" and reason.found:
            yield reason


def _spot(text: str, leaf: Reason) -> tuple[int, int] | None:
    """The place of what was found; a text that was edited since may have it elsewhere, or no more."""
    if leaf.span and text[slice(*leaf.span)] == leaf.found:
        return leaf.span
    if (found := re.search(rf"(?<!\w){re.escape(leaf.found)}(?!\w)", text, re.IGNORECASE)) is None:
        return None
    return found.span()


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return line(_BULLET.sub(" · ", before + text[start:end] + after), 3 * AROUND + (end - start))
