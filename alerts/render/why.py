"""Why me: the conditions that hold, and those the posting does not answer, each in a few words."""

from __future__ import annotations

from collections.abc import Iterator

from alerts.model.search import Answer, Reason
from alerts.render.clean import line
from alerts.render.wording import words

_MOST = 5
_SILENT = {"exclude", "exclude_companies", "exclude_clearance", "max_age", "not"}


def reasons(tree: tuple[Reason, ...]) -> tuple[str, ...]:
    """At most five reasons and how many more there are, the held conditions before the unanswered ones."""
    leaves = list(_leaves(tree))
    said = [_held(leaf) for leaf in leaves if leaf.answer == Answer.YES]
    said += [_open(leaf) for leaf in leaves if leaf.answer == Answer.UNKNOWN]
    unique = [one for one in dict.fromkeys(said) if one]
    rest = len(unique) - _MOST
    return (*unique[:_MOST], *([f"and {rest} more"] if rest > 0 else []))


def _held(leaf: Reason) -> str:
    wanted, found = line(leaf.wanted, 60), line(leaf.found, 60)
    form = str(words("reason").get(leaf.condition, "{found}"))
    return form.format(wanted=wanted, found=found or wanted)


def _open(leaf: Reason) -> str:
    return str(words("unknown").get(leaf.condition, "")).format(wanted=line(leaf.wanted, 60))


def _leaves(tree: tuple[Reason, ...], depth: int = 0) -> Iterator[Reason]:
    """The conditions that say something; of a branch only the parts that agree with it."""
    for reason in tree:
        if reason.condition in _SILENT or depth > 20:
            continue
        if reason.parts:
            yield from _leaves(tuple(part for part in reason.parts if part.answer == reason.answer), depth + 1)
        else:
            yield reason
