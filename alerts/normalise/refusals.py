"""Is remote work refused in a sentence? By its negation and the words between, not by whole phrases."""

from __future__ import annotations

import re

_WORK = (
    r"(?:remote(?:ly)?|tele-?work\w*|tele-?commut\w*|(?:work(?:ing|s)?[- ])?(?:from|at)[- ](?:home|anywhere)|wfh|"
    r"home[- ]?(?:office|based))"
)
_NOT = r"(?:not?|cannot|never|without|unable|\w+n[’']t)"
#: The only words that may stand between a negation and what it denies: "not able to offer any remote work" is a refusal,
#: "no need to relocate, this is remote" and "not only remote" are none.
_BETWEEN = (
    r"(?:an?|any|be|been|being|is|are|was|currently|presently|at|this|time|fully|entirely|completely|purely|strictly|100%|able|to|"
    r"in|position|offer\w*|provid\w+|support\w*|allow\w*|permit\w*|accept\w*|grant\w*|consider\w*|accommodat\w+|do|have|hav\w+|"
    r"eligible|suitable|suited|open|available|designed|possible|for|as|the|role|job|work\w*|performed|done|hire|hiring|"
    r"candidates?|applicants?|option\w*|possibility|of)"
)
_AFTER = (
    r"(?:work\w*|environments?|option\w*|arrangements?|positions?|roles?|jobs?|candidates|applicants|applications|is|are|will|would|can|be|"
    r"unfortunately|currently|for|this|role|position|at|time|from|home|sadly)"
)
_REFUSED = re.compile(
    rf"(?<!\w){_NOT}(?: {_BETWEEN}){{0,7}} {_WORK}\b(?! (?:days?|only\b))"
    rf"|(?<!\w){_WORK}(?: {_AFTER}){{0,5}} (?:not|isn[’']t|aren[’']t|cannot|never|unavailable|impossible)\b"
    r"(?! (?:only|just|required|necessary|mandatory|needed|limited|a problem|an issue))"
)
#: It denies something else: an office, a duty to come, a limit.
_OTHERWISE = re.compile(r"\b(?:not only|not just|not limited|no office|no need|not (?:required|necessary|have to|need))\b")


def refused(sentence: str) -> bool:
    """Does a sentence (lower case) say that there is no remote work?"""
    return bool(_REFUSED.search(sentence)) and not _OTHERWISE.search(sentence)
