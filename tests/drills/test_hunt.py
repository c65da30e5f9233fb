"""A hunt of three invented months, by commands alone, while the board edits and closes what was applied for.

The real program under a wall clock that is moved; once over the change to winter time, once over that to summer time.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest

from alerts.cli.demo.site import Site
from tests.drills.hunt import FIRST, Board, at, at_day, hunting, told

pytestmark = [pytest.mark.drill, pytest.mark.timeout(300)]


def hunt(change: datetime, site: str) -> list[tuple[str, list[str]]]:
    """Three months around the Sunday on which the clocks change."""
    one, two, three = (f"https://job-boards.greenhouse.io/acme/jobs/{n}" for n in (1, 2, 3))
    poll, sunday = ["poll", "--all"], change.strftime("%Y-%m-%d")
    closing = [(at(change, clock, day), poll) for day in (9, 10) for clock in ("08:00", "12:00", "18:00")]
    return [
        (at(change, "09:00", -40), poll),
        (at(change, "10:00", -40), ["save", two]),
        (at(change, "10:05", -40), ["prepare", one]),
        (at(change, "10:10", -40), ["letter", one, "--edit"]),
        (at(change, "18:00", -40), ["applied", one]),
        (at(change, "18:05", -40), ["application", two, "--state", "applied", "--contact", "Amira, amira@example.org"]),
        (at(change, "18:10", -40), ["application", three, "--state", "applied"]),
        (at(change, "09:00", -38), ["board", f"{site}/edited"]),
        (at(change, "09:01", -38), poll),
        (at(change, "12:00", -30), ["application", one, "--state", "answered", "--note", "Amira called"]),
        (at(change, "08:55", -26), poll),
        (at(change, "09:05", -26), poll),  # 14 days without an answer, of the second and the third
        (at(change, "09:10", -26), ["application", three, "--nudge", "off"]),
        (at(change, "12:00", -20), ["application", one, "--state", "interview", "--on", f"{sunday}T10:00"]),
        (at(change, "09:55", -1), poll),
        (at(change, "10:05", -1), poll),  # tomorrow
        (at(change, "08:55"), poll),
        (at(change, "09:05"), poll),  # today, in an hour
        (at(change, "12:00"), poll),
        (at(change, "12:00", 2), ["application", two, "--state", "rejected"]),
        (at(change, "12:05", 2), ["application", two, "--undo"]),
        (at(change, "12:10", 2), ["application", two, "--state", "answered"]),
        (at(change, "07:00", 9), ["board", f"{site}/gone"]),
        *closing,
        (at(change, "09:05", 20), poll),  # 14 days after the interview, and after the answer of the second
        (at(change, "12:00", 30), ["application", one, "--state", "offer"]),
        (at(change, "12:00", 45), poll),
        (at(change, "12:05", 45), ["application", one, "--json"]),
        (at(change, "12:06", 45), ["applications", "--csv"]),
        (at(change, "12:07", 45), ["export", "--csv"]),
        (at(change, "12:08", 45), ["applications", "--stats", "--json"]),
    ]


@pytest.mark.parametrize("change", ["2026-10-25", "2027-03-28"], ids=["to winter time", "to summer time"])
def test_three_months(tmp_path, preload, change):
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "I would like to build pipelines." >> "$1"\n')
    editor.chmod(0o700)
    with Site(Board().answer) as site, hunting(tmp_path, preload, site.url, VISUAL=str(editor)) as program:
        steps = hunt(datetime.fromisoformat(change), site.url)
        said = [program.step(moment, *words) for moment, words in steps]
        sent = {asked.path for asked, _ in site.journal if asked.method == "POST"}
    assert sent == {"/edited", "/gone"}, "nothing was ever sent to the board but what the test itself wished of it"
    assert [(words, one["err"]) for (_, words), one in zip(steps, said, strict=True) if one.get("status", 0)] == []
    whole, table, export, stats = (one["out"] for one in said[-4:])

    found = json.loads(whole)
    assert found["posting"]["text"] == FIRST, "word for word as it read on the day of applying"
    assert found["closed"]
    assert found["letter"].endswith("I would like to build pipelines.")
    given = {one["question"]: one["answer"] for one in found["answers"]}
    assert given["Are you entitled to work in Canada?"] == "Yes"
    states = [one["words"] for one in found["history"] if one["kind"] == "state" and not one["undone"]]
    assert states == ["preparing", "applied", "answered", "interview", "offer"]

    assert told(tmp_path) == [
        (at_day(change, -38), "09:01", "changed"),
        (at_day(change, -26), "09:05", "2 applications without an answer"),
        (at_day(change, -1), "10:05", "Interview tomorrow, 10:00: Data Engineer at Acme"),
        (at_day(change, 0), "09:05", "Interview today, 10:00: Data Engineer at Acme"),
        (at_day(change, 9), "18:00", "closed"),
        (at_day(change, 20), "09:05", "2 applications without an answer"),
    ]
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["title"]: row["state"] for row in rows} == {
        "Data Engineer": "offer",
        "Search Engineer": "answered",
        "Night Engineer": "applied",
    }
    assert {r["title"]: r["application"] for r in csv.DictReader(io.StringIO(export))}["Data Engineer"] == "offer"
    figures = json.loads(stats)
    assert (figures["sent"], figures["answered"], figures["offers"]) == (3, 2, 1)
