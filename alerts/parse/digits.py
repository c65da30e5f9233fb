"""Digits: figures of any script as the ten that all rules know, place for place, so that offsets stay."""

from __future__ import annotations

import re
import unicodedata

#: Arabic, Persian, Indic, Thai, Khmer and full-width digits.
_FOREIGN = re.compile(
    "[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f"
    "\u0ce6-\u0cef\u0d66-\u0d6f\u0e50-\u0e59\u0ed0-\u0ed9\u1040-\u1049\u17e0-\u17e9\uff10-\uff19]"
)
#: Signs that stand between such digits.
_BETWEEN = re.compile(r"(?<=[0-9])[\u066b\u066c\uff0c\uff0e](?=[0-9])")
_SIGNS = {"\u066b": ".", "\u066c": ",", "\uff0c": ",", "\uff0e": "."}


def plain(text: str) -> str:
    """The text with the digits of other scripts, and the commas and points between them, as those of ours; same length."""
    if text.isascii() or not _FOREIGN.search(text):
        return text
    text = _FOREIGN.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    return _BETWEEN.sub(lambda sign: _SIGNS[sign[0]], text)
