"""Why a search wants a posting or not: its tree, the first failure, near misses; the short form for alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.match.compile import Compiled
from alerts.match.evaluate import evaluate
from alerts.match.nearly import failures, in_words
from alerts.match.says import words_in_order
from alerts.model.posting import Posting
from alerts.model.search import Answer, Match, Reason
from alerts.normalise.rates import Rates


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a search says of a posting, with why."""

    match: Match
    #: One reason a condition, in the order of the keys; each a tree.
    reasons: tuple[Reason, ...]
    #: The first condition that kept the posting out; None where it is wanted.
    failed: Reason | None
    #: True when exactly one condition kept it out.
    near_miss: bool


def explain(
    compiled: Compiled, posting: Posting, *, now: datetime, rates: Rates | None = None, seen: datetime | None = None
) -> Explanation:
    """Explain one pair of search and posting, wanted or not."""
    match = evaluate(compiled, posting, now=now, rates=rates, seen=seen)
    failed = failures(compiled, match)
    return Explanation(match, match.reasons, failed[0] if failed else None, len(failed) == 1)


def lines(explanation: Explanation) -> list[str]:
    """The tree as lines for a terminal."""
    head = "wanted" if explanation.match.wanted else "not wanted"
    if explanation.near_miss and explanation.failed:
        head += f", by one condition only: {in_words(explanation.failed)}"
    found = [f"{explanation.match.search}: {head}"]
    for reason in explanation.reasons:
        found += _lines(reason, 1)
    return found


def _lines(reason: Reason, depth: int) -> list[str]:
    what = f"{reason.condition} = {words_in_order(reason.wanted)}" if reason.wanted else reason.condition
    found = f": {words_in_order(reason.found)!r}" if reason.found and reason.where in ("title", "text", "tags", "company") else ""
    if reason.found and not found:
        found = f": {words_in_order(reason.found)}"
    if not found and reason.condition.startswith("exclude") and reason.answer is Answer.YES:
        found = ": not there"
    place = f" ({reason.where}{f', {reason.basis}' if reason.basis and reason.basis != 'stated' else ''})" if reason.where else ""
    own = [f"{'  ' * depth}{reason.answer.value:8}{what}{found}{place}"]
    return own + [line for part in reason.parts for line in _lines(part, depth + 1)] if len(reason.parts) > 1 else own


def short(match: Match) -> tuple[str, ...]:
    """The few words that an alert carries: ``title has 'engineering manager'``, ``pay not stated``."""
    said: list[str] = []
    for reason in match.reasons:
        said += _short(reason)
    return tuple(dict.fromkeys(said))


#: Keys whose yes says nothing worth telling.
_SILENT = ("exclude", "exclude_companies", "exclude_clearance", "not")


def _short(reason: Reason) -> list[str]:
    if reason.answer is Answer.NO:
        return []
    if reason.condition in ("require", "query", "all") and reason.parts:
        return [line for part in reason.parts for line in _short(part)]
    if reason.answer is Answer.UNKNOWN:
        silent = "text not read" if reason.where == "text" else reason.found
        return [silent] if silent and not (reason.condition in _SILENT and reason.where == "text") else []
    if reason.condition in _SILENT or not reason.found:
        return []
    if reason.where in ("title", "text", "tags", "company") and reason.condition != "like" and reason.span is not None:
        return [f"{reason.where} has {words_in_order(reason.found)!r}"]
    if reason.where == "tags":
        return [f"tagged {words_in_order(reason.found)!r}"]
    label = _LABELS.get(reason.where, reason.where)
    return [
        f"{label} {words_in_order(reason.found)}"
        if label and not reason.found.startswith(label)
        else words_in_order(reason.found)
    ]


_LABELS = {"places": "in", "remote_scope": "", "pay": "pays", "work": "", "employment": "", "company": "at", "posted": "posted",
           "experience": "asks for", "level": "level", "category": "category", "industry": "industry", "text": "",
           "eligibility": "", "language": "in language"}  # fmt: skip
