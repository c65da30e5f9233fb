"""Beside a service whose secrets systemd alone hands over: a person's commands work, and one missing secret stops one channel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alerts.cli.demo.site import Asked, Given, Site
from alerts.cli.main import main
from alerts.store.lock_file import lock

CONFIG = """
[settings]
database = "a.db"
gather = "0s"

[network]
allow_private = ["127.0.0.1"]
pace = "0s"

[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"

[[sources]]
name = "Sealed"
kind = "usajobs"
email = "me@example.org"
key = { credential = "usajobs" }
base_url = "SITE"

[[searches]]
name = "engineers"
title = ["engineer"]
backfill = "3650d"

[channels.out]
kind = "file"
path = "out.jsonl"

[channels.slack]
kind = "slack"
url = { credential = "slack-webhook" }
"""
JOB = {
    "id": 1,
    "title": "Software Engineer",
    "location": {"name": "Berlin, Germany"},
    "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/1",
    "first_published": "2026-11-20T10:00:00-05:00",
}


@pytest.fixture
def place(tmp_path: Path):
    def answer(asked: Asked) -> Given:
        return Given(json.dumps({"jobs": [JOB]}).encode() if asked.path.startswith("/v1/boards/acme") else b"{}")

    with Site(answer) as site:
        path = tmp_path / "config.toml"
        path.write_text(CONFIG.replace("SITE", site.url), encoding="utf-8")
        yield path


def test_one_missing_secret_stops_one_channel_and_one_source(place: Path, capsys) -> None:
    """The others are served, what is missing is named, the status is 1, and what is owed there waits."""
    assert main(["poll", "--config", str(place), "--all"]) == 1
    said = capsys.readouterr()
    assert "slack" in said.err
    assert "systemd sets it" in said.err
    assert len((place.parent / "out.jsonl").read_text().splitlines()) == 1
    assert main(["status", "--config", str(place), "--json"]) == 1
    state = json.loads(capsys.readouterr().out)
    assert state["channels"]["slack"]["owed"] == 1
    assert "secret" in next(one["error"] for one in state["sources"] if one["name"] == "Sealed")


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["status"],
        ["preview", "engineers"],
        ["explain", "https://job-boards.greenhouse.io/acme/jobs/1"],
        ["history", "https://job-boards.greenhouse.io/acme/jobs/1"],
        ["deliveries"],
        ["export"],
        ["query", "engineers"],
        ["hide", "company", "Acme"],
        ["save", "https://job-boards.greenhouse.io/acme/jobs/1"],
    ],
    ids=lambda words: words[0],
)
def test_what_neither_reads_nor_sends_needs_no_secret(place: Path, capsys, words: list[str]) -> None:
    main(["poll", "--config", str(place), "--all"])
    capsys.readouterr()
    status = main([words[0], "--config", str(place), *words[1:]])
    said = capsys.readouterr()
    assert "CREDENTIALS_DIRECTORY" not in said.err
    assert status in ((0, 1) if words[0] == "status" else (0,)), said.err


def test_a_channel_without_its_secret_is_tested_in_one_line(place: Path, capsys) -> None:
    assert main(["test", "--config", str(place), "slack"]) == 2
    error = capsys.readouterr().err
    assert "slack-webhook" in error
    assert error.count("\n") == 1


def test_status_says_what_runs_where(place: Path, capsys) -> None:
    """The configuration, the database, whether something works on it; of another one's sources only that they are."""
    main(["poll", "--config", str(place), "--all"])
    other = place.with_name("other.toml")
    other.write_text(place.read_text().replace('board = "acme"', 'board = "other"').replace('name = "Acme"', 'name = "Other"'))
    capsys.readouterr()
    with lock(place.parent / "a.db"):
        main(["status", "--config", str(place)])
        said = capsys.readouterr().out
    assert str(place) in said
    assert f"{place.parent / 'a.db'}; a daemon or poll works on it" in said
    main(["status", "--config", str(other)])
    said = capsys.readouterr().out
    assert "nothing works on it now" in said
    assert "Acme" not in said
    assert "1 more is stored that this configuration does not name" in said
