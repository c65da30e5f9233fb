"""Who the employer may be where only the title says so: "Role at X", "Role @ X", "X: Role"."""

from __future__ import annotations

import re

from alerts.model.posting import Posting
from alerts.normalise.company import key

_BEFORE = re.compile(r"\s+(?:at|bei|chez|@)\s+|\s*@\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*:\s+")
#: What follows a name: a place, an aside.
_REST = re.compile(r"\s+in\s+|,\s+|\s*\(|\s+[-–—|]\s+")
#: A name of more words than this is none.
_MOST_WORDS = 8


def employers(posting: Posting) -> frozenset[str]:
    """The folded names by which a rule on companies knows a posting: the one that is stated, else what its title may name."""
    stated = posting.company_key or key(posting.company)
    return frozenset((stated,)) if stated else named_in_title(posting.title)


def named_in_title(title: str) -> frozenset[str]:
    """Every folded name that may be the employer's; which of them is one only a rule that names it can say."""
    said = [title[found.end() :] for found in _BEFORE.finditer(title)]
    said += [title[: found.start()] for found in _AFTER.finditer(title)]
    shorter = [_REST.split(words)[0] for words in said]
    return frozenset(name for words in (*said, *shorter) if len(words.split()) <= _MOST_WORDS and (name := key(words)))
