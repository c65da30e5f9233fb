"""Lower case: a text in small letters, made once for all the parts that look into it."""

from __future__ import annotations

from functools import lru_cache

#: So many texts are remembered: the body and the title of the posting at hand, and a piece of each.
_REMEMBERED = 8


@lru_cache(maxsize=_REMEMBERED)
def lowered(text: str) -> str:
    """The text in lower case; not always of the same length ("İ" becomes two letters)."""
    return text.lower()
