"""What came of applications, as figures: how many, how long to an answer, by source, search and level. No judgement. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from alerts.model.application import ANSWERS, BEFORE, Application, State


@dataclass(frozen=True, slots=True)
class Row:
    """An application, and what it is counted by."""

    application: Application
    source: str
    searches: tuple[str, ...]
    level: str

    @property
    def states(self) -> set[State]:
        """Every state that it went through."""
        return {state for state, _ in self.application.states}

    @property
    def sent(self) -> bool:
        """Was it applied for? Who withdrew before that did not."""
        return bool(self.states - BEFORE - {State.WITHDRAWN})

    @property
    def days(self) -> float | None:
        """From applying to the first answer."""
        applied, answered = self.application.applied, self.application.answered
        return round((answered - applied).total_seconds() / 86_400, 1) if applied and answered else None


def figures(rows: Sequence[Row]) -> dict[str, object]:
    """All figures, for programs and for tables."""
    states = [row.application.state for row in rows]
    return {
        "applications": len(rows),
        "states": {state.value: states.count(state) for state in State if state in states},
        **_counts(rows),
        "by": {
            "source": _by(rows, lambda row: [row.source or "not known"]),
            "search": _by(rows, lambda row: row.searches or ["none"]),
            "level": _by(rows, lambda row: [row.level or "not said"]),
        },
    }


def _counts(rows: Iterable[Row]) -> dict[str, object]:
    sent = [row for row in rows if row.sent]
    days = [row.days for row in sent if row.days is not None and row.days >= 0]
    return {
        "sent": len(sent),
        "answered": sum(bool(row.states & ANSWERS) for row in sent),
        "interviews": sum(State.INTERVIEW in row.states for row in sent),
        "offers": sum(State.OFFER in row.states for row in sent),
        "days_to_answer": {"median": median(days), "shortest": min(days), "longest": max(days)} if days else None,
    }


def _by(rows: Sequence[Row], names: Callable[[Row], Sequence[str]]) -> list[dict[str, object]]:
    """The figures of each group, the largest first; one that is in several groups counts in each."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for name in names(row):
            groups.setdefault(name, []).append(row)
    found = [{"name": name, "applications": len(group), **_counts(group)} for name, group in groups.items()]
    return sorted(found, key=lambda one: (-int(str(one["sent"])), -int(str(one["applications"])), str(one["name"])))
