"""Applications by command: ``applied`` begins one, ``applications`` lists, ``application`` shows and says all of one."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from alerts.cli.demo.site import Given, Site
from alerts.store.store import Store
from tests.cli import board

CONFIG = """
[settings]
database = "a.db"
gather = "0s"
timezone = "Europe/Berlin"

[network]
allow_private = ["127.0.0.1"]
pace = "0s"

[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"

[[searches]]
name = "leads"
title = ["engineer"]

[channels.out]
kind = "file"
path = "out.jsonl"
"""


@pytest.fixture
def call(tmp_path, capsys):
    """Run a command over a board that was read: (exit status, standard output, standard error)."""
    path = tmp_path / "config.toml"
    run = board.caller(path, capsys)
    jobs = [board.job(1, "Data Engineer"), board.job(2, "=Platform Engineer")]

    with Site(lambda _: Given(json.dumps({"jobs": jobs}).encode())) as site:
        path.write_text(CONFIG.replace("SITE", site.url))
        run.folder, run.jobs = tmp_path, jobs
        assert run("poll")[0] == 0
        yield run


@pytest.fixture
def job(call) -> str:
    """The short id of the data engineer."""
    rows = [json.loads(line) for line in call("jobs", "--json")[1].splitlines()]
    return next(row["job"] for row in rows if row["title"] == "Data Engineer")


def whole(call, job: str) -> dict:
    return json.loads(call("application", job, "--json")[1])


def test_applied_begins_one_and_keeps_the_posting_as_it_reads(call, job):
    status, said, _ = call("applied", job)
    assert (status, said.splitlines()[0]) == (0, f"{job} Data Engineer: applied to")
    call.jobs[0] = board.job(1, "Data Engineer") | {"content": "We pay nothing. All of it became another text, word for word."}
    assert call("poll", "--all")[0] == 0
    found = whole(call, job)
    assert (found["state"], found["title"], found["searches"]) == ("applied", "Data Engineer", ["leads"])
    assert "Work number 1" in found["posting"]["text"]
    assert {change["field"] for change in found["changed"]} >= {"pay", "text"}
    _, said, _ = call("application", job)
    assert "Work number 1" in said
    assert "changed" in said


def test_applied_said_twice_is_said_so_and_changes_nothing(call, job):
    call("applied", job)
    before = whole(call, job)
    status, said, _ = call("applied", job)
    assert (status, "the application stands at applied since" in said) == (0, True)
    assert whole(call, job) == before


def test_saved_then_applied_and_each_is_taken_back(call, job):
    call("save", job)
    assert whole(call, job)["state"] == "saved"
    call("applied", job)
    call("save", job)
    assert whole(call, job)["state"] == "applied", "what is further stays where it is"
    call("applied", job, "--undo")
    assert whole(call, job)["state"] == "saved"
    call("save", job, "--undo")
    assert whole(call, job)["state"] is None
    assert call("applications", "--json")[1] == ""
    call("applied", job)
    assert whole(call, job)["state"] == "applied"


def test_the_way_to_an_offer_with_dates_and_undo(call, job):
    call("application", job, "--state", "applied", "--on", "yesterday")
    call("application", job, "--state", "answered", "--note", "A call from Amira")
    soon = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    _, said, _ = call("application", job, "--state", "interview", "--on", soon)
    assert soon.replace("T", " ") in said
    call("application", job, "--contact", "Amira Khan, amira@example.org", "--answer", "Earliest start=1 February")
    found = whole(call, job)
    assert (found["state"], found["next"]) == ("interview", "interview")
    assert (found["contacts"], found["notes"]) == (["Amira Khan, amira@example.org"], ["A call from Amira"])
    assert [(one["question"], one["answer"]) for one in found["answers"]] == [("Earliest start", "1 February")]
    call("application", job, "--state", "rejected")
    _, said, _ = call("application", job, "--undo")
    assert "taken back: state rejected" in said
    assert whole(call, job)["state"] == "interview"
    note = next(entry["entry"] for entry in found["history"] if entry["kind"] == "note")
    call("application", job, "--undo", str(note))
    after = whole(call, job)
    assert after["notes"] == []
    assert next(e for e in after["history"] if e["entry"] == note)["undone"], "it is still told that it was said"


def test_a_day_said_anew_takes_the_place_of_the_old_one(call, job):
    call("applied", job)
    day = f"{datetime.now(UTC) - timedelta(days=40):%Y-%m-%d}"
    call("application", job, "--state", "applied", "--on", day)
    found = whole(call, job)
    assert found["applied"].startswith(day)
    assert len([e for e in found["history"] if e["kind"] == "state" and not e["undone"]]) == 1


def test_a_letter_is_kept_word_for_word_and_other_files_by_name(call, job):
    letter = call.folder / "letter.md"
    letter.write_text("Dear Acme,\n\nhere I am.\n", encoding="utf-8")
    call("application", job, "--sent", str(letter), "--sent", "/nowhere/cv-2026.pdf")
    found = whole(call, job)
    assert (found["letter"], found["files"]) == ("Dear Acme,\n\nhere I am.", ["cv-2026.pdf"])


def test_the_list_as_table_json_and_csv(call, job):
    call("applied", job)
    other = next(r["job"] for line in call("jobs", "--json")[1].splitlines() if (r := json.loads(line))["job"] != job)
    call("application", other, "--state", "withdrawn", "--note", "=1+1")
    assert call("applications")[1].split()[:4] == ["JOB", "TITLE", "COMPANY", "STATE"]
    rows = [json.loads(line) for line in call("applications", "--json")[1].splitlines()]
    assert [(row["job"], row["state"]) for row in rows] == [(job, "applied"), (other, "withdrawn")]
    table = list(csv.DictReader(io.StringIO(call("applications", "--csv")[1])))
    assert (table[1]["title"], table[1]["notes"]) == ("'=Platform Engineer", "'=1+1"), "a spreadsheet takes no text for a formula"
    assert len(call("applications", "--open", "--json")[1].splitlines()) == 1
    assert len(call("applications", "--state", "withdrawn", "--json")[1].splitlines()) == 1


def test_what_wants_the_person_today_stands_under_the_table(call, job):
    call("application", job, "--state", "applied", "--on", f"{datetime.now(UTC) - timedelta(days=20):%Y-%m-%d}")
    (row,) = [json.loads(line) for line in call("applications", "--json")[1].splitlines()]
    assert [one["kind"] for one in row["wants"]] == ["silence"]
    _, said, _ = call("applications")
    assert "Wants you today (1)" in said
    assert "Data Engineer: no answer for" in said
    call("application", job, "--nudge", "off")
    assert "Wants you today" not in call("applications")[1]


def test_a_mark_of_the_desk_or_of_an_older_version_becomes_an_application(call, job):
    from alerts.store.short import number

    at = datetime(2026, 11, 13, 18, 20, tzinfo=UTC)
    with Store(call.folder / "a.db") as store:
        store.marks.add("applied", "job", str(number(job)), at)
    (row,) = [json.loads(line) for line in call("applications", "--json")[1].splitlines()]
    assert (row["state"], row["applied"]) == ("applied", at.isoformat())
    with Store(call.folder / "a.db") as store:
        store.marks.remove("applied", "job", str(number(job)))
    assert call("applications", "--json")[1] == ""


def test_parting_takes_the_marks_along(call, job):
    rows = {r["title"]: r for line in call("jobs", "--json")[1].splitlines() if (r := json.loads(line))}
    call("applied", job)
    urls = [rows["Data Engineer"]["url"], rows["=Platform Engineer"]["url"]]
    assert call("same", *urls)[0] == 0
    assert call("different", urls[1], urls[0])[0] == 0, "the listing that was applied for becomes a job of its own"
    (row,) = [json.loads(line) for line in call("applications", "--json")[1].splitlines()]
    assert (row["title"], row["state"]) == ("Data Engineer", "applied")
    (marked,) = json.loads(call("applied", "--json")[1])
    assert marked["subject"].endswith("Data Engineer")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--state", "applied", "--on", "2026-13-01"], "'2026-13-01' is not a day; write for example"),
        (["--state", "applied", "--on", "next week"], "is not a day; write for example"),
        (["--state", "applied", "--on", "2206-12-03"], "is more than five years away"),
        (["--state", "applied", "--on", "0001-01-01"], "is more than five years away"),
        (
            ["--state", "applied", "--on", f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}"],
            "lies ahead; only an interview has a day to come",
        ),
        (["--state", "interview", "--on", "2027-03-28T02:30"], "is an hour that Europe/Berlin leaves out"),
        (["--state", "interview", "--on", "tomorrow"], "an interview is at an hour: --on"),
        (["--on", "2026-11-01"], "--on says when a state was reached; name it with --state"),
        (["--remind", "2026-01-01"], "is past, so nobody can be reminded then"),
        (["--note", "  "], "the note is empty; nothing was kept"),
        (["--answer", "no sign of equality"], "has no =; write --answer"),
        (["--sent", "/nowhere/letter.md"], "/nowhere/letter.md cannot be read: No such file"),
        (["--undo", "99"], "has no entry 99; there are: "),
    ],
)
def test_bad_input_is_one_clear_line_and_nothing_is_lost_or_half_done(call, job, words, said):
    call("applied", job)
    before = whole(call, job)
    status, out, error = call("application", job, "--contact", "Amira", *words)
    assert (status, out, len(error.splitlines())) == (2, "", 1)
    assert said in error
    assert whole(call, job) == before


def test_a_reminder_that_is_done_comes_no_more(call, job):
    call("application", job, "--remind", "2027-01-05T09:00", "--note", "call Amira")
    entry = next(str(one["entry"]) for one in whole(call, job)["history"] if one["kind"] == "reminder")
    assert "done: no more reminder of that" in call("application", job, "--done", entry)[1]
    assert whole(call, job)["next"] is None
    assert "call Amira" not in call("applications", "--calendar")[1]
    call("application", job, "--undo")
    assert whole(call, job)["next"] == "call Amira"
    status, _, error = call("application", job, "--done", "999")
    assert (status, "has no reminder 999" in error) == (2, True)


def test_an_interview_that_is_past_is_kept_and_said_so(call, job):
    _, said, _ = call("application", job, "--state", "interview", "--on", "yesterday 10:00")
    assert "that is past: kept, without a reminder" in said
    found = whole(call, job)
    assert (found["state"], found["next"]) == ("interview", None)


def test_a_job_that_nobody_knows_and_one_without_an_application_are_one_line(call, job):
    status, _, error = call("applied", "https://nowhere.example/jobs/9")
    assert (status, "no job is known as" in error, len(error.splitlines())) == (2, True, 1)
    status, _, error = call("application", job)
    assert (status, "no application was begun for" in error, len(error.splitlines())) == (2, True, 1)


def test_a_posting_that_lost_its_text_before_it_was_kept_is_said_so(call, job):
    from alerts.store.retention import forget
    from alerts.store.short import number

    far = datetime(2030, 1, 1, tzinfo=UTC)
    with Store(call.folder / "a.db") as store:
        for one in store.postings.of_job(number(job)):
            store.postings.keep_presence(one.id, 3, one.first_seen, one.first_seen)
        forget(store.ledger, store.index, far, far)
    status, said, _ = call("applied", job)
    assert (status, "the text of the posting is not known (any more)" in said) == (0, True)
    assert (whole(call, job)["state"], whole(call, job)["title"]) == ("applied", "Data Engineer")
