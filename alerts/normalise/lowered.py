"""Lower case: a text in small letters, made once for all the parts that look into it."""

from __future__ import annotations

from functools import lru_cache

#: So many texts are remembered: the body and the title of the posting at hand, and a piece of each.
_REMEMBERED = 8


#: Typographic signs, each as the one byte that Windows-1252 has for it.
_SIGNS = (("’", "\x92"), ("“", "\x93"), ("”", "\x94"), ("•", "\x95"), ("–", "\x96"), ("—", "\x97"), ("…", "\x80"), ("€", "\x81"))


@lru_cache(maxsize=_REMEMBERED)
def lowered(text: str) -> str:
    """The text in lower case; not always of the same length ("İ" becomes two letters)."""
    return text.lower()


@lru_cache(maxsize=_REMEMBERED)
def narrow(text: str) -> str:
    """The text in lower case, place for place, to look for plain words in.

    Without its typographic signs most text needs one byte a letter, where plain words are found faster, and words of scripts
    that it cannot hold at once.
    """
    low = lowered(text)
    if not low.isascii():
        for sign, byte in _SIGNS:
            low = low.replace(sign, byte)
    return low
