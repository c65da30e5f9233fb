"""The room of applications: what wants the person today, a board by state, and the same as a list; filters are links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from alerts.acts import application_record as records
from alerts.desk import application_parts, pages
from alerts.desk.call import Call
from alerts.model.application import OVER, Application, State
from alerts.render import wording
from alerts.render.clean import line, link
from alerts.render.spreadsheet import sheet

#: The columns of the board: what is over stands together.
COLUMNS: tuple[tuple[str, tuple[State, ...]], ...] = (
    *((state.value, (state,)) for state in State if state not in OVER),
    ("over", tuple(state for state in State if state in OVER)),
)
#: What an address may ask for besides the view.
SHOW = {"open": "Under way", "over": "Over"}
FILTERS = ("show", "state", "source", "search", "level")
#: Values of a filter that are offered.
FEW = 12


@dataclass(frozen=True, slots=True)
class Want:
    """What wants the person today."""

    code: str
    title: str
    company: str
    kind: str
    words: str
    link: str | None
    #: The reminder that it is; 0 where it is none.
    entry: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One application of the board or the list."""

    code: str
    title: str
    company: str
    language: str
    state: State
    since: str
    applied: str
    #: What is worth a word on it, and whether it wants the person.
    note: str
    wants: bool
    following: State | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, as a link."""

    words: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An application and its row."""

    known: Application
    row: Mapping[str, Any]

    def values(self, name: str) -> Sequence[str]:
        """By what a filter finds it."""
        if name == "show":
            return ["over" if self.known.state in OVER else "open"]
        value = self.row["searches" if name == "search" else name]
        return value if isinstance(value, list) else [str(value or "")]


def show(call: Call) -> Response:
    """Board or list."""
    every, notes = found(call), _notes(call)
    some = _filtered(call, every)
    shown = [_shown(call, one) for one in some]
    columns = [(name, [one for one in shown if one.state in states]) for name, states in COLUMNS]
    values = {
        "as_list": call.asked("as") == "list",
        "total": len(every),
        "under_way": sum(1 for one in every if one.known.state not in OVER),
        "rows": shown,
        "columns": columns,
        "wants": [want for one in some for want in _wants(call, one)],
        "filters": _choices(call, every),
        "notes": notes,
        "states": [*State],
        "board": _address(call, **{"as": ""}),
        "list": _address(call, **{"as": "list"}),
        "data": {name: _address(call, f"/applications.{name}", **{"as": ""}) for name in ("csv", "json")},
        "filtered": any(call.asked(name) for name in FILTERS),
    }
    return pages.page(call, "applications.html", values)


def as_json(call: Call) -> Response:
    """The same for programs, with the names of ``applications --json``."""
    return pages.data({"applications": [one.row for one in _filtered(call, found(call))]})


def as_csv(call: Call) -> Response:
    """The same for a spreadsheet."""
    # Excel takes a file that is opened by a double click for UTF-8 only by this mark; a command's output has none.
    text = "\ufeff" + sheet(records.COLUMNS, [one.row for one in _filtered(call, found(call))])
    headers = {"content-disposition": 'attachment; filename="applications.csv"'}
    return Response(text, media_type="text/csv", headers=headers)


def found(call: Call) -> list[Found]:
    """All that there are, what comes next first."""
    store, now = call.store, call.now
    return [
        Found(known, records.summary(store, known, now) | {"wants": records.wanted(known, call.plan, now)})
        for known in records.ordered(store, now)
    ]


def _filtered(call: Call, every: Sequence[Found]) -> list[Found]:
    asked = {name: value for name in FILTERS if (value := call.asked(name)) and _is_known(name, value)}
    return [one for one in every if all(value in one.values(name) for name, value in asked.items())]


def _is_known(name: str, value: str) -> bool:
    return value in SHOW if name == "show" else value in {*State} if name == "state" else True


def _notes(call: Call) -> list[str]:
    wrong = [(name, call.asked(name)) for name in ("show", "state") if call.asked(name)]
    return [
        f"{name}={line(value, 60)} was not understood and is left out." for name, value in wrong if not _is_known(name, value)
    ]


def _choices(call: Call, every: Sequence[Found]) -> list[tuple[str, list[Choice]]]:
    """The filters that would divide what is there."""
    titles = {"show": "Show", "state": "State", "source": "Source", "search": "Search", "level": "Level"}
    filters = []
    for name, title in titles.items():
        counts: dict[str, int] = {}
        for one in every:
            for value in one.values(name):
                counts[value] = counts.get(value, 0) + 1
        values = sorted((value for value in counts if value), key=lambda value: (-counts[value], value))[:FEW]
        if name in ("show", "state"):
            values = [value for value in (*SHOW, *State) if value in values]
        if len(counts) > 1 or call.asked(name):
            filters.append((title, [_choice(call, name, value, counts[value]) for value in values]))
    return filters


def _choice(call: Call, name: str, value: str, count: int) -> Choice:
    chosen = call.asked(name) == value
    words = SHOW.get(value, value) if name == "show" else value.capitalize() if name in ("state", "level") else line(value, 60)
    return Choice(f"{words} ({count})", _address(call, **{name: "" if chosen else value}), chosen)


def _address(call: Call, path: str = "/applications", **change: str) -> str:
    """This address with something else; one set of filters has one address."""
    asked = {name: call.asked(name) for name in ("as", *FILTERS)} | change
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def _shown(call: Call, one: Found) -> Shown:
    known, row = one.known, one.row
    copy, zone = records.kept(known), call.plan.settings.timezone
    state = known.state or State.SAVED  # only those that have one are listed
    wants = [_wanted(call, want) for want in row["wants"]]
    return Shown(
        row["job"],
        line(row["title"], 200) or row["job"],
        line(row["company"] or "", 120),
        (copy.posting.language or "") if copy else "",
        state,
        wording.day(known.since, call.now, zone),
        wording.day(known.applied, call.now, zone) if known.applied else "",
        wants[0] if wants else _note(call, one),
        bool(wants),
        application_parts.NEXT.get(state),
    )


def _note(call: Call, one: Found) -> str:
    row, zone = one.row, call.plan.settings.timezone
    if isinstance(row["next_at"], datetime):
        return f"{line(row['next'], 80)}, {wording.clock(row['next_at'], zone)}"
    if isinstance(row["closed"], datetime):
        return f"the job closed on {wording.day(row['closed'], call.now, zone)}"
    return f"since {wording.day(one.known.since, call.now, zone)}"


def _wanted(call: Call, want: Mapping[str, Any]) -> str:
    """What of it wants the person, in a line."""
    if want["kind"] == "appointment":
        return f"{line(want['what'], 120)}, {wording.clock(want['when'], call.plan.settings.timezone)}"
    if want["kind"] == "deadline":
        return f"the last day to apply is {wording.last_day(want['when'], call.now)}"
    return f"no answer for {(call.now - want['when']).days} days"


def _wants(call: Call, one: Found) -> list[Want]:
    row = one.row
    open_reminders = {when: entry.id for when, entry in one.known.appointments if entry.kind == "reminder"}
    return [
        Want(
            row["job"],
            line(row["title"], 200) or row["job"],
            line(row["company"] or "", 120),
            want["kind"],
            _wanted(call, want),
            link(row["url"]) if row["url"] else None,
            open_reminders.get(want["when"], 0) if want["kind"] == "appointment" else 0,
        )
        for want in row["wants"]
    ]
