"""Two rows of one source: one job to its own group, or a new id in an old one's place?"""

from __future__ import annotations

from typing import Literal

from alerts.dedupe.evidence import findings
from alerts.dedupe.signature import similarity
from alerts.dedupe.title import parts
from alerts.model.identity import Fingerprint

#: Texts this much alike are one text with another date or number in it.
EQUAL_TEXT = 0.85
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


def replaces(new: Fingerprint, old: Fingerprint) -> bool:
    """Is ``new`` the posting ``old`` under a changed id: one source, and employer, title, place and text are equal?

    Two rows of one listing stay two; the caller asks this only of a posting that came as another one went. Different
    native ids or requisitions are different openings, whatever they say.
    """
    if new.source != old.source or new.source_id == old.source_id:
        return False
    said = ((f.company, parts(f.title), f.places, f.remote, f.pay, f.requisition or "") for f in (new, old))
    if next(said) != next(said) or (new.ids and old.ids and not set(new.ids) & set(old.ids)):
        return False
    alike = similarity(new.signature, old.signature)
    return new.signature == old.signature if alike is None else alike >= EQUAL_TEXT


def _is_doubt(name: str) -> bool:
    """One-sided steps and words, and unlike texts; dates and cities are what groups are for."""
    return name in ("text other", "text partly", "pay other") or name.startswith("title more") or name.endswith(_ONE_SIDED)


_ONE_SIDED = ("senior one-sided", "junior one-sided", "intern one-sided", "step one-sided", "step partly", "terms one-sided")
