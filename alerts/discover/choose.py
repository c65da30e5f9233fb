"""Of several candidates the one to add; the others are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from alerts.discover.candidate import Candidate, Rank
from alerts.discover.clues import brand
from alerts.discover.verify import Found, Verifier
from alerts.parse.addresses import parts

#: Candidates that are looked at for one address.
MOST_LOOKS = 6
#: A page that links to more boards than this is a directory, not an employer's page.
_DIRECTORY = 5


@dataclass(slots=True)
class Choice:
    """What was found: the best that answered, everything that was looked at, and what was not even looked at."""

    best: Found | None = None
    looked: list[Found] = field(default_factory=list)
    left: list[Candidate] = field(default_factory=list)
    #: True when the page lists boards of many employers, so that none can be chosen.
    directory: bool = False


def choose(candidates: Sequence[Candidate], address: str, verifier: Verifier) -> Choice:
    """Look at the candidates in the order of their reasons; boards before pages, feeds and maps of the site."""
    here = parts(address)
    name = brand(here.host)[0] if here else ""
    boards = sorted((each for each in candidates if each.is_board), key=lambda each: _order(each, name))
    others = [each for each in candidates if not each.is_board and each.rank != Rank.DOUBTFUL]
    doubtful = [each for each in candidates if each.rank == Rank.DOUBTFUL]
    if _is_directory(boards, name):
        return Choice(left=boards, directory=True)
    choice = Choice(looked=[verifier.look(each) for each in boards[:MOST_LOOKS]], left=[*boards[MOST_LOOKS:], *doubtful])
    good = [found for found in choice.looked if found.state in ("good", "terms")]
    choice.best = min(good, key=lambda found: (not found.expected, *_order(found.candidate, name), -found.openings), default=None)
    while others and choice.best is None and len(choice.looked) < MOST_LOOKS + 3:
        found = verifier.look(others.pop(0))
        choice.looked.append(found)
        choice.best = found if found.state in ("good", "terms") else None
    choice.left += [each for each in others if choice.best is None or not choice.best.candidate.is_board]
    return choice


def _order(candidate: Candidate, name: str) -> tuple[int, int]:
    """Embedded boards first; among equals the one that is named like the employer's host."""
    group = 0 if candidate.rank <= Rank.EMBED else int(candidate.rank)
    return (group, 0) if candidate.named_like(name) else (group + (candidate.rank == Rank.LINK), 1)


def _is_directory(boards: Sequence[Candidate], name: str) -> bool:
    linked = [each for each in boards if each.rank in (Rank.LINK, Rank.NAMED)]
    certain = any(each.rank <= Rank.EMBED or each.named_like(name) for each in boards)
    return len(linked) > _DIRECTORY and not certain
