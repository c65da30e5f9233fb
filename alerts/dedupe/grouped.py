"""Two rows of one source that it put into one group: are they one job?"""

from __future__ import annotations

from typing import Literal

from alerts.dedupe.evidence import findings
from alerts.model.identity import Fingerprint

#: Titles that say one thing; a group that has them in several cities is one job in several cities.
_ONE_TITLE = {"title verbatim", "title reordered", "title bare", "title equal"}
#: What makes two titles those of two jobs, whatever their group.
_APART = ("title other", "title swap")


def in_group(a: Fingerprint, b: Fingerprint) -> tuple[Literal["same", "likely", "different"], str]:
    """What an equal group of one source is worth, and what speaks against it.

    Boards give one group to one job in six cities, and also to all jobs that a team has. Where title and text agree it is
    one job; where one title says more, or the texts differ, that is left to the reader; other work is another job.
    """
    found = findings(a, b)
    names = {finding.name for finding in found}
    doubts = [f.words for f in found if _is_doubt(f.name)]
    if any(name.startswith(_APART) or name.endswith(" differs") for name in names - {"title and places differ"}):
        return "different", "; ".join(doubts) or "titles differ"
    if not names & _ONE_TITLE:
        return "likely", "; ".join(doubts) or "titles differ"
    return ("likely" if doubts else "same"), "; ".join(doubts)


def _is_doubt(name: str) -> bool:
    """One-sided steps and words, and unlike texts; dates and cities are what groups are for."""
    return name in ("text other", "text partly", "pay other") or name.startswith("title more") or name.endswith(_ONE_SIDED)


_ONE_SIDED = ("senior one-sided", "junior one-sided", "intern one-sided", "step one-sided", "step partly", "terms one-sided")
