"""What a source may be, why it is thought so, and how much that is worth."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from alerts import plugins


class Rank(IntEnum):
    """How good a reason is, the best first."""

    #: The address itself says it.
    ITSELF = 0
    #: A frame or script of the board stands in the page.
    EMBED = 1
    #: A script of the page names the board.
    NAMED = 2
    #: The page links to the board.
    LINK = 3
    #: The page was made by a system that answers on the employer's own host.
    OWN_HOST = 4
    #: A name that was only guessed, and is taken only when the very job is there.
    GUESS = 5
    #: The page shows several postings itself.
    PAGE = 6
    FEED = 7
    SITEMAP = 8
    #: The page may show one posting.
    SINGLE = 9
    #: A feed or board that may be about something else: told, never taken.
    DOUBTFUL = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that ``add`` could add."""

    kind: str
    #: As they would stand in the configuration.
    options: Mapping[str, object]
    #: "a frame in https://…"
    why: str
    rank: Rank
    #: An address by which it is found again.
    address: str = ""
    #: The id of a posting that must be there, where the address was that of a job.
    expected: str = ""

    @property
    def identity(self) -> str:
        """Equal for two ways to the same source; boards do not tell capitals apart."""
        return f"{self.kind} {json.dumps(dict(self.options), sort_keys=True, default=str).casefold()}"

    @property
    def is_board(self) -> bool:
        """Is it a system's board of one employer (and not a page, feed or map of any site)?"""
        return self.rank <= Rank.GUESS

    def named_like(self, name: str) -> bool:
        """Does the board bear this name ("acme" of acme.com in "acmecareers")?"""
        own = _letters(name)
        said = [_letters(str(value)) for value in self.options.values()]
        return len(own) > 2 and any(own in each or (len(each) > 3 and each in own) for each in said)


def best_of_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each source once, for its best reason; the best first."""
    found: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda each: each.rank):
        first = found.setdefault(candidate.identity, candidate)
        if candidate.expected and not first.expected:
            found[candidate.identity] = replace(first, expected=candidate.expected)
    return list(found.values())


def employers_board(address: str) -> tuple[str, dict[str, object]] | None:
    """The kind and options of an employer's board at ``address``, if it is certainly one."""
    for kind in _employers_kinds():
        if (options := plugins.load("sources", kind).recognise(address)) is not None:
            return kind, options
    return None


@cache
def _employers_kinds() -> tuple[str, ...]:
    """The kinds that read one employer's whole board, so that a link to it means something."""
    modules = ((kind, plugins.load("sources", kind)) for kind in plugins.kinds("sources"))
    return tuple(kind for kind, module in modules if module.ABOUT.complete and "url" not in module.Options.model_fields)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
