"""``export`` holds everything of applications, and ``forget`` leaves nothing of them behind, in no file of ours."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from alerts.acts import applications
from alerts.notify.remind import remind
from alerts.store.lock_file import lock
from alerts.store.short import number
from alerts.store.store import Store
from tests.cli.test_applications import call, job, whole

__all__ = ["call", "job"]  # fixtures
CANARY = "canaryword"


class Context:
    """What reminding needs of the daemon."""

    def __init__(self, store, plan) -> None:
        self.store, self.plan, self.matcher = store, plan, None


def traces(call, word: str = CANARY) -> list[str]:
    """The files of the database in which a word stands."""
    return [path.name for path in sorted(call.folder.glob("a.db*")) if word.encode() in path.read_bytes()]


def say_much(call, job: str) -> None:
    """Everything that can be said, also by reminders that were owed."""
    from alerts.config.load import load

    letter = call.folder / "letter.md"
    letter.write_text(f"Dear Acme, {CANARY} letter")
    call("applied", job)
    call("note", job, f"{CANARY} note")
    call("application", job, "--note", f"{CANARY} entry", "--contact", f"{CANARY}@example.org", "--sent", str(letter))
    call("application", job, "--answer", f"Start={CANARY} answer")
    plan = load(call.folder / "config.toml", {})
    with Store(call.folder / "a.db") as store:
        store.keep_fact(f"letter::{number(job)}", f"{CANARY} draft", datetime.now(UTC))
        done = applications.remind(store, number(job), "tomorrow", f"{CANARY} reminder", datetime.now(UTC), "UTC")
        assert remind(Context(store, plan), datetime.now(UTC) + timedelta(days=3)) == 1
        said = [f"{CANARY} undone"]
        with store.undo.remembered(
            "", datetime.now(UTC), said, jobs=[done.application.job], subjects=[("job", str(number(job)))]
        ):
            store.marks.add("note", "job", str(number(job)), datetime.now(UTC), note=CANARY)
    letter.unlink()


def test_forget_leaves_no_trace_in_the_files_of_the_database(call, job):
    say_much(call, job)
    assert traces(call)
    status, said, _ = call("forget", job)
    assert (status, "this would forget" in said) == (1, True)
    assert whole(call, job)["contacts"], "it was only said"
    status, said, _ = call("forget", job, "--yes")
    assert (status, said.startswith("forgotten: 1 applications")) == (0, True)
    assert traces(call) == []
    assert call("applications", "--json")[1] == ""
    assert call("note", job, "--json")[1] == "[]\n"
    assert call("jobs", "--json")[1], "what the board published stays"
    assert call("applied", job)[0] == 0, "it can begin anew"


def test_all_applications_and_only_those_are_forgotten(call, job):
    other = next(r["job"] for line in call("jobs", "--json")[1].splitlines() if (r := json.loads(line))["job"] != job)
    call("applied", job)
    call("save", other)
    call("hide", "company", "Elsewhere")
    assert call("forget", "--applications", "--yes")[1].startswith("forgotten: 2 applications")
    assert json.loads(call("hide", "--json")[1])


def test_a_job_that_another_was_joined_to_is_forgotten_whole(call, job):
    other = next(r["job"] for line in call("jobs", "--json")[1].splitlines() if (r := json.loads(line))["job"] != job)
    for one in (job, other):
        call("application", one, "--note", f"{CANARY} of {one}")
    call("same", job, other)
    call("forget", job, "--yes")
    assert traces(call) == []


def test_of_a_message_on_several_only_the_lines_on_it_go(call, job):
    from alerts.config.load import load

    other = next(r["job"] for line in call("jobs", "--json")[1].splitlines() if (r := json.loads(line))["job"] != job)
    for one in (job, other):
        call("application", one, "--state", "applied", "--on", f"{datetime.now(UTC) - timedelta(days=30):%Y-%m-%d}")
    with Store(call.folder / "a.db") as store:
        assert remind(Context(store, load(call.folder / "config.toml", {})), datetime.now(UTC)) == 1
    call("forget", job, "--yes")
    with closing(sqlite3.connect(call.folder / "a.db")) as database:
        ((notice,),) = database.execute("SELECT notice FROM deliveries WHERE notice IS NOT NULL").fetchall()
    assert (f"({job})" in notice, f"({other})" in notice) == (False, True)


def test_copies_that_were_made_before_are_named(call, job):
    call("applied", job)
    call("backup")
    _, said, _ = call("forget", job, "--yes")
    assert "copies that were made before still hold it: " in said


def test_beside_a_running_worker_it_is_said_where_words_may_still_stand(call, job):
    call("applied", job)
    with lock(call.folder / "a.db"), Store(call.folder / "a.db", keeper=True):
        _, said, _ = call("forget", job, "--yes")
    assert "may hold the words until job-alerts is stopped" in said
    assert whole_is_gone(call, job)


def whole_is_gone(call, job: str) -> bool:
    return "no application was begun" in call("application", job)[2]


def test_bad_calls_are_one_line(call, job):
    for words in ((), (job, "--applications")):
        status, _, error = call("forget", *words)
        assert (status, len(error.splitlines())) == (2, 1)


# --- export ----------------------------------------------------------------------------------------------------------


def lines(call, *words: str) -> list[dict]:
    return [json.loads(line) for line in call("export", *words)[1].splitlines()]


def test_export_holds_the_whole_application_of_an_open_job(call, job):
    say_much(call, job)
    row = next(row for row in lines(call) if row["job"] == job)
    assert row["application"] == whole(call, job)
    assert f"Dear Acme, {CANARY} letter" == row["application"]["letter"]
    assert "Work number 1" in row["application"]["posting"]["text"]


def test_export_holds_what_was_applied_for_though_the_job_is_closed(call, job):
    call("applied", job)
    with Store(call.folder / "a.db") as store:
        for one in store.postings.of_job(number(job)):
            store.postings.keep_presence(one.id, 3, one.first_seen, datetime.now(UTC))
    row = next(row for row in lines(call) if row["job"] == job)
    assert (row["title"], row["application"]["state"], "Work number 1" in row["text"]) == ("Data Engineer", "applied", True)
    table = list(csv.DictReader(io.StringIO(call("export", "--csv")[1])))
    assert {one["job"]: one["application"] for one in table}[job] == "applied"


def test_the_sqlite_export_holds_it_too(call, job):
    call("applied", job)
    assert call("export", "--sqlite", str(call.folder / "out.db"))[0] == 0
    with closing(sqlite3.connect(call.folder / "out.db")) as database:
        (said,) = database.execute("SELECT application FROM postings WHERE job = ?", (job,)).fetchone()
    assert json.loads(said)["state"] == "applied"


# --- what worked -----------------------------------------------------------------------------------------------------


def day(ago: int) -> str:
    return f"{datetime.now(UTC) - timedelta(days=ago):%Y-%m-%d}"


@pytest.fixture
def three(call) -> list[str]:
    """Sent and answered after ten days; sent; withdrawn before it was sent."""
    jobs = [json.loads(line)["job"] for line in call("jobs", "--json")[1].splitlines()]
    call("application", jobs[0], "--state", "applied", "--on", day(30))
    call("application", jobs[0], "--state", "interview")
    call("application", jobs[0], "--state", "answered", "--on", day(20))
    call("application", jobs[1], "--state", "applied", "--on", day(5))
    return jobs


def test_figures_say_how_many_and_how_long_by_source_search_and_level(call, three):
    found = json.loads(call("applications", "--stats", "--json")[1])
    assert (found["applications"], found["sent"], found["answered"], found["interviews"], found["offers"]) == (2, 2, 1, 1, 0)
    assert found["days_to_answer"] == {"median": 10.0, "shortest": 10.0, "longest": 10.0}
    assert found["states"] == {"applied": 1, "interview": 1}
    assert [(one["name"], one["sent"], one["answered"]) for one in found["by"]["source"]] == [("Acme", 2, 1)]
    assert [one["name"] for one in found["by"]["search"]] == ["leads"]
    _, said, _ = call("applications", "--stats")
    assert "2 applications, 2 of them sent; 1 answered, after 10 days in the middle (10 to 10)" in said
    assert "■□" in said


def test_without_any_there_are_figures_all_the_same(call):
    found = json.loads(call("applications", "--stats", "--json")[1])
    assert (found["applications"], found["days_to_answer"], found["by"]["source"]) == (0, None, [])
    assert call("applications", "--stats")[0] == 0


def test_who_withdrew_before_applying_did_not_send(call, three):
    call("application", three[1], "--undo")
    call("application", three[1], "--state", "withdrawn")
    assert json.loads(call("applications", "--stats", "--json")[1])["sent"] == 1
