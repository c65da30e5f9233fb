"""Why me: the conditions that hold, and those the posting does not answer, each in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from alerts.model.search import Answer, Reason
from alerts.render.clean import line
from alerts.render.tongue import count
from alerts.render.wording import word

_MOST = 5
_SILENT = {"exclude", "exclude_companies", "exclude_clearance", "max_age", "not"}


def reasons(tree: tuple[Reason, ...], values: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """At most five reasons and how many more there are, the held conditions before the unanswered ones.

    ``values``: by condition, what was found in the words of the message's language.
    """
    leaves = list(_leaves(tree))
    said = [_held(leaf, values or {}) for leaf in leaves if leaf.answer == Answer.YES]
    said += [_open(leaf) for leaf in leaves if leaf.answer == Answer.UNKNOWN]
    unique = [one for one in dict.fromkeys(said) if one]
    rest = len(unique) - _MOST
    return (*unique[:_MOST], *([count(rest, "and {number} more", "and {number} more")] if rest > 0 else []))


def _held(leaf: Reason, values: Mapping[str, str]) -> str:
    wanted, found = line(leaf.wanted, 60), values.get(leaf.condition) or line(leaf.found, 60)
    form = word("reason", leaf.condition) or "{found}"
    return form.format(wanted=wanted, found=found or wanted)


def _open(leaf: Reason) -> str:
    return word("unknown", leaf.condition).format(wanted=line(leaf.wanted, 60))


def _leaves(tree: tuple[Reason, ...], depth: int = 0) -> Iterator[Reason]:
    """The conditions that say something; of a branch only the parts that agree with it."""
    for reason in tree:
        if reason.condition in _SILENT or depth > 20:
            continue
        if reason.parts:
            yield from _leaves(tuple(part for part in reason.parts if part.answer == reason.answer), depth + 1)
        else:
            yield reason
