"""What came of applications: figures with small pictures, and a table behind each. No judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from alerts.acts import application_record as records
from alerts.acts.application_stats import Row, figures
from alerts.desk import applications, pages
from alerts.desk.call import Call
from alerts.desk.picture import Bars, bars
from alerts.render.clean import line

#: Groups that a picture shows; the table has all.
SHOWN = 8
#: An answer took up to so many days, by how it is said.
SPANS = ((3, "up to 3 days"), (7, "4 to 7 days"), (14, "8 to 14 days"), (30, "15 to 30 days"), (10**6, "more than 30 days"))
TITLES = {"source": "By source", "search": "By search", "level": "By level"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, and its table."""

    id: str
    title: str
    heads: tuple[str, ...]
    rows: list[tuple[object, ...]]
    picture: Bars | None
    hint: str = ""


def show(call: Call) -> Response:
    """The page."""
    rows = _rows(call)
    said = figures(rows)
    found = [_states(said), _days(rows), *(_group(name, said["by"][name]) for name in TITLES)] if rows else []  # type: ignore[index]
    return pages.page(call, "application_figures.html", {"sums": said, "figures": found})


def as_json(call: Call) -> Response:
    """The same for programs, as ``applications --stats --json`` prints it."""
    return pages.data(figures(_rows(call)))


def _rows(call: Call) -> list[Row]:
    return [records.counted(one.known, one.row) for one in applications.found(call)]


def _states(said: Mapping[str, Any]) -> Figure:
    rows = [(state.capitalize(), count) for state, count in said["states"].items()]
    picture = bars([(name, count, None) for name, count in rows], "Where they stand now")
    return Figure("states", "Where they stand now", ("State", "Applications"), list(rows), picture)


def _days(rows: Sequence[Row]) -> Figure:
    days = [row.days for row in rows if row.sent and row.days is not None and row.days >= 0]
    counts, least = [], -1.0
    for most, name in SPANS:
        counts.append((name, sum(1 for one in days if least < one <= most)))
        least = most
    picture = bars([(name, count, None) for name, count in counts], "How long answers took") if days else None
    hint = "" if days else "No answer yet, so there is nothing to count."
    return Figure("days", "How long answers took", ("Days", "Answers"), list(counts), picture, hint)


def _group(name: str, groups: Sequence[Mapping[str, Any]]) -> Figure:
    rows = [
        (
            line(str(one["name"]), 80),
            one["sent"],
            one["answered"],
            one["interviews"],
            one["offers"],
            f"{one['days_to_answer']['median']:g}" if one["days_to_answer"] else "–",
        )
        for one in groups
    ]
    sent = [(title, count, answered) for title, count, answered, *_ in rows if count][:SHOWN]
    heads = (name.capitalize(), "Sent", "Answered", "Interviews", "Offers", "Days to an answer")
    hint = "One that several searches wanted counts in each." if name == "search" else ""
    return Figure(name, TITLES[name], heads, list(rows), bars(sent, f"{TITLES[name]}: sent, and answered of them"), hint)
