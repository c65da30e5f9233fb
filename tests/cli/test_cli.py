"""What a user can do from the command line, each against a real server and a real database, with the exit status it promises."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import stat
from contextlib import closing

import pytest

from alerts.cli.demo.site import Asked, Given, Site
from alerts.cli.main import main
from tests.cli.board import job

CONFIG = """
[settings]
database = "a.db"
gather = "0s"
letter = "letter.md"
profile = "me.toml"

[network]
allow_private = ["127.0.0.1"]
pace = "0s"

[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"

[[searches]]
name = "engineers"
title = ["engineer"]
backfill = "3650d"

[channels.out]
kind = "file"
path = "FOLDER/out.jsonl"
"""


class House:
    def __init__(self, folder, site, capsys) -> None:
        self.folder, self.site, self._capsys = folder, site, capsys
        self.jobs = [job(1, "Software Engineer"), job(2, "Nurse")]
        self.path = folder / "config.toml"

    def answer(self, asked: Asked) -> Given:
        if asked.path.startswith("/v1/boards/acme/jobs"):
            return Given(json.dumps({"jobs": self.jobs}).encode())
        return Given(b"nothing", 404, "text/plain")

    def __call__(self, *words: str) -> tuple[int, str, str]:
        """Run a command: (exit status, standard output, standard error)."""
        try:
            status = main([*words[:1], "--config", str(self.path), *words[1:]])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = self._capsys.readouterr()
        return status, said.out, said.err

    def told(self) -> list[str]:
        path = self.folder / "out.jsonl"
        return [json.loads(line)["posting"]["title"] for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def house(tmp_path, capsys):
    made: list[House] = []
    with Site(lambda asked: made[0].answer(asked)) as site:
        made.append(House(tmp_path, site, capsys))
        (tmp_path / "letter.md").write_text(
            "Dear {{ job.company }}, about {{ job.title }}: I am {{ me.name }}, {{ me.shoe_size }}."
        )
        (tmp_path / "me.toml").write_text('name = "Ada"\n')
        made[0].path.write_text(CONFIG.replace("SITE", site.url).replace("FOLDER", str(tmp_path)))
        yield made[0]


@pytest.fixture
def polled(house):
    assert house("poll")[0] == 0
    return house


def the_job(house: House) -> str:
    return json.loads(house("export", "--matched")[1].splitlines()[0])["job"]


def test_init_writes_an_example_that_checks_and_never_overwrites(house):
    path = house.folder / "new" / "config.toml"
    house.path = path
    assert house("init", "--example")[0] == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert house("check")[0] == 0
    status, _, error = house("init")
    assert (status, "left as it is" in error) == (2, True)


def test_check_says_what_there_is_and_ends_with_2_on_a_mistake(house):
    assert house("check")[0] == 0
    house.path.write_text(house.path.read_text().replace("title =", "titel ="))
    status, _, error = house("check")
    assert status == 2
    assert 'did you mean "title"' in error


def test_no_configuration_is_one_line_that_says_what_to_do(house):
    house.path = house.folder / "none.toml"
    status, _, error = house("poll")
    assert (status, error.count("\n")) == (2, 1)
    assert "job-alerts init" in error


def test_poll_reads_and_delivers_and_a_second_one_tells_nothing(polled):
    assert polled.told() == ["Software Engineer"]
    assert polled("poll", "--all")[0] == 0
    assert polled.told() == ["Software Engineer"]


def test_poll_ends_with_1_when_a_source_fails_and_says_why(house):
    house.answer = lambda _asked: Given(b"", 500)
    status, out, _ = house("poll")
    assert status == 1
    assert "500" in out
    assert house("status")[0] == 1


def test_poll_of_an_unknown_source_names_the_known(house):
    status, _, error = house("poll", "Acmee")
    assert (status, "Acme" in error) == (2, True)


def test_status_is_readable_and_json(polled):
    status, out, _ = polled("status")
    assert status == 0
    assert "Acme" in out
    state = json.loads(polled("status", "--json")[1])
    assert state["sources"][0]["listed"] == 2
    assert state["channels"]["out"]["sent"] == 1


def test_status_before_the_first_poll_says_how_to_begin(house):
    status, _, error = house("status")
    assert (status, "job-alerts poll" in error) == (1, True)


def test_export_as_lines_and_as_a_table_without_formulas(polled):
    polled.jobs.append(job(3, "=HYPERLINK(1) Engineer"))
    polled("poll", "--all")
    rows = [json.loads(line) for line in polled("export")[1].splitlines()]
    assert {row["title"] for row in rows} == {"Software Engineer", "Nurse", "=HYPERLINK(1) Engineer"}
    cells = list(csv.reader(io.StringIO(polled("export", "--csv")[1])))
    assert "'=HYPERLINK(1) Engineer" in [row[1] for row in cells]


def test_export_into_a_file_of_ones_own_can_be_repeated(polled, tmp_path):
    file = str(tmp_path / "mine.db")
    assert [polled("export", "--sqlite", file)[0] for _ in range(2)] == [0, 0]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM postings").fetchone() == (2,)


def test_hide_holds_and_can_be_taken_back(polled):
    polled.jobs += [job(3, "Data Engineer"), job(4, "Test Engineer")]
    name = the_job(polled)
    assert polled("hide", name)[0] == 0
    assert polled("hide", "company", "ACME", "Inc.")[0] == 0
    polled("poll", "--all")
    assert polled.told() == ["Software Engineer"]
    assert polled("hide", "company", "Acme", "--undo")[0] == 0
    polled.jobs.append(job(5, "Site Engineer"))
    polled("poll", "--all")
    assert polled.told() == ["Software Engineer", "Site Engineer"]


def test_hide_of_what_is_not_there_says_what_to_name(polled):
    for words in (("zzzz9",), ("search", "nope"), ("7k3f", "--until", "someday")):
        status, _, error = polled("hide", *words)
        assert status == 2, words
        assert error


def test_what_is_marked_can_be_listed(polled):
    name = the_job(polled)
    assert "nothing yet" in polled("save")[1]
    polled("save", name)
    polled("hide", "company", "Globex")
    assert name in polled("save")[1]
    assert json.loads(polled("hide", "--json")[1])[0]["of"] == "company"


def test_history_says_why_two_listings_are_one_job(polled):
    polled.jobs += [job(3, "Data Engineer"), job(4, "Data Engineer", "Paris, France") | {"internal_job_id": 103}]
    polled("poll", "--all")
    out = polled("history", "https://job-boards.greenhouse.io/acme/jobs/4")[1]
    assert "known as " in out
    assert "one job with https://job-boards.greenhouse.io/acme/jobs/4: " in out


def test_a_hidden_job_stays_hidden_when_it_is_joined_with_another(polled):
    polled.jobs.append(job(3, "Backend Engineer"))
    polled("poll", "--all")
    urls = [f"https://job-boards.greenhouse.io/acme/jobs/{n}" for n in (1, 3)]
    polled("hide", urls[1])
    polled("same", *urls)
    assert "hidden by you" in polled("history", urls[0])[1]


def test_a_saved_job_tells_when_it_changes(polled):
    assert polled("save", the_job(polled))[0] == 0
    polled.jobs[0]["content"] = "We pay €100,000 - €120,000 per year. Work number 1."
    polled("poll", "--all")
    assert polled.told() == ["Software Engineer", "Software Engineer"]


def test_notes_and_history_are_kept(polled):
    name = the_job(polled)
    assert polled("note", name, "call", "on", "Monday")[0] == 0
    _, out, _ = polled("history", name)
    assert all(words in out for words in ("new", "call on Monday", "seen at Acme", "sent by out"))


def test_like_lists_the_nearest_jobs_but_not_the_job_itself(polled):
    polled.jobs.append(job(3, "Software Engineer, Payments"))
    polled("poll", "--all")
    name = the_job(polled)
    found = json.loads(polled("like", name, "--json")[1])
    assert found["job"] == name
    assert name not in [one["job"] for one in found["like"]]
    assert found["like"][0]["title"] == "Software Engineer, Payments"
    assert f"{found['like'][0]['alike']:3} %" in polled("like", name, "--number", "1")[1]
    assert polled("like", "zzzz")[0] == 2


def test_same_and_different_hold(polled):
    polled.jobs.append(job(3, "Backend Engineer"))
    polled("poll", "--all")
    urls = [f"https://job-boards.greenhouse.io/acme/jobs/{n}" for n in (1, 3)]
    assert polled("same", *urls)[0] == 0
    assert len({json.loads(line)["job"] for line in polled("export", "--matched")[1].splitlines()}) == 1
    assert polled("different", *urls)[0] == 0
    assert len({json.loads(line)["job"] for line in polled("export", "--matched")[1].splitlines()}) == 2


def test_deliveries_can_be_listed_shown_and_tried_again(polled):
    rows = [json.loads(line) for line in polled("deliveries", "--json")[1].splitlines()]
    assert [row["state"] for row in rows] == ["sent"]
    assert "Software Engineer" in polled("deliveries", "show", rows[0]["id"][:6])[1]
    assert polled("deliveries", "retry", rows[0]["id"])[0] == 1, "what is sent is not sent again"
    assert polled("deliveries", "drop", "zz")[0] == 2


def test_a_letter_holds_facts_only_and_says_what_is_missing(polled):
    status, out, error = polled("letter", the_job(polled))
    assert status == 0
    assert "Dear Acme, about Software Engineer: I am Ada, [missing: shoe_size]." in out
    assert "shoe_size" in error


def test_explain_says_why_and_why_not(polled):
    status, out, _ = polled("explain", "https://job-boards.greenhouse.io/acme/jobs/2")
    assert status == 0
    assert "not wanted" in out
    assert "wanted" in polled("explain", the_job(polled), "engineers")[1]
    assert polled("explain", the_job(polled), "nope")[0] == 2


def test_read_shows_a_saved_page_and_an_address_without_a_database(house, tmp_path):
    saved = tmp_path / "saved.json"
    saved.write_text(json.dumps({"jobs": house.jobs}))
    status, out, _ = house("read", str(saved), "--json", "--url", "https://job-boards.greenhouse.io/acme")
    assert status == 0
    first = json.loads(out.splitlines()[0])
    assert (first["source_id"], first["pay"]["min"], first["locations"][0]["country"]) == ("1", 70000, "DE")
    status, out, _ = house("read", f"{house.site.url}/v1/boards/acme/jobs", "--kind", "json")
    assert status == 2
    assert not (tmp_path / "a.db").exists()


def test_read_recognises_a_saved_page_by_what_it_holds(house, tmp_path):
    saved = tmp_path / "x.json"
    saved.write_text(json.dumps({"jobs": house.jobs}))
    assert "read as greenhouse" in house("read", str(saved))[1]
    saved.write_text("nothing at all")
    status, _, error = house("read", str(saved))
    assert (status, "--kind" in error) == (2, True)


def test_a_channel_can_be_tried(house):
    assert house("test", "out")[0] == 0
    status, _, error = house("test", "nope")
    assert (status, "out" in error) == (2, True)


def test_a_second_worker_is_refused_and_loses_nothing(house):
    from alerts.store.lock_file import lock

    with lock(house.folder / "a.db"):
        status, _, error = house("poll")
    assert status == 1
    assert str(os.getpid()) in error
    assert house("poll")[0] == 0


def test_a_call_that_is_wrong_ends_with_2(house):
    assert house("nonsense")[0] == 2
    assert house("poll", "--nonsense")[0] == 2


def test_hide_says_how_many_stored_jobs_of_a_company_it_covers(polled):
    """A name that covers none is most often a wrong one: it was taken in silence."""
    assert "stored job" in polled("hide", "company", "ACME", "Inc.")[1]
    assert "no stored job is of it" in polled("hide", "company", "Acne")[1]


def test_a_polled_database_is_read_by_people_view_by_view(polled, capsys):
    from sqlite_utils.cli import cli

    path = str(polled.folder / "a.db")

    def said(command: str, *words: str) -> list[dict]:
        cli.main([command, path, *words], standalone_mode=False)
        return json.loads(capsys.readouterr().out)

    with closing(sqlite3.connect(path)) as connection:
        views = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    read = {view: said("rows", view) for view in views}
    assert {row["title"] for row in read["jobs_open"]} == {"Software Engineer", "Nurse"}
    assert [(row["search"], row["title"]) for row in read["matches_now"]] == [("engineers", "Software Engineer")]
    assert [row["title"] for row in read["alerts_sent"]] == ["Software Engineer"]
    assert read["sources_state"][0]["state"] == "works"
    assert {row["table"]: row["count"] for row in said("tables", "--counts")}["postings"] == 2
