"""From nothing to the first good alert: a conversation on a real terminal, or the same by options, against a real server."""

from __future__ import annotations

import json
import os
import pty
import re
import stat
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from alerts.cli.demo.site import Given, Site
from alerts.cli.main import main

MOST_COMMANDS = 6


def item(number: int, title: str, days: int) -> str:
    day = (datetime.now(UTC) - timedelta(days=days)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    link = f"https://jobs.example.org/{number}"
    said = f"<title>{title}</title><link>{link}</link><guid>{number}</guid><pubDate>{day}</pubDate>"
    return f"<item>{said}<description>Work.</description></item>"


@pytest.fixture
def feed():
    items = item(1, "Data Engineer", 1) + item(2, "Senior Data Engineer", 60) + item(3, "Nurse", 1)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs in our town</title>{items}</channel></rss>'
    with Site(lambda _: Given(body.encode(), content_type="application/rss+xml")) as site:
        yield f"{site.url}/feed"


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "JOB_ALERTS", "PYTHON"))}
    return kept | {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "c"),
        "XDG_STATE_HOME": str(tmp_path / "s"),
        "TZ": "Europe/Paris",
    }


def talk(words: list[str], answers: list[tuple[str, str]], environment: dict[str, str]) -> tuple[int, str]:
    """Run a command on a terminal of its own; each answer is typed when its question has come: (status, what was shown)"""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(sys.executable, [sys.executable, "-m", "alerts", *words], environment)
    shown, at = "", 0
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk.decode("utf-8", "replace")
            while answers and answers[0][0] in shown[at:]:
                at = shown.index(answers[0][0], at) + len(answers[0][0])
                os.write(terminal, f"{answers.pop(0)[1]}\n".encode())
    except OSError:
        pass  # on Linux the end of a terminal is an error
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def test_a_newcomer_has_a_first_good_alert_after_two_commands(feed, environment, tmp_path):
    """The conversation, then ``poll``: at most six commands in all."""
    answers = [
        ("Where are you?", "Nowhere at all xyz"),
        ("Where are you?", "Berlin, Germany"),
        ("time zone? [Europe/Paris]", "Europe/Berlin"),
        ("What do you look for?", "data engineer, analyst"),
        ("Where could you work?", ""),
        ("What shall be watched?", feed),
        ("How shall you be told?", "pigeon"),
        ("How shall you be told?", ""),
    ]
    commands = [(["init", "--allow-private", "127.0.0.1"], answers), (["poll"], [])]
    assert len(commands) <= MOST_COMMANDS
    shown = []
    for words, said in commands:
        status, text = talk(words, said, environment)
        assert (status, said) == (0, []), text
        shown.append(text)
    assert "would have been told of 1 job" in shown[0]
    assert "Jobs in our town" in shown[0]
    assert "job-alerts poll\r\n" in shown[0]
    assert "Data Engineer" in shown[1]
    assert "First reading of Jobs in our town: 3 postings" in shown[1]
    assert "Nurse" not in shown[1]
    whole = tomllib.loads((tmp_path / "c" / "job-alerts" / "config.toml").read_text())
    assert whole["settings"]["timezone"] == "Europe/Berlin"
    assert whole["searches"][0]["title"] == ["data engineer", "analyst"]
    assert whole["sources"][0]["name"] == "Jobs in our town"


def called(words: list[str], environment: dict[str, str]) -> tuple[int, str, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "alerts", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_without_a_terminal_options_say_it_and_what_is_missing_is_one_line(feed, environment, tmp_path):
    status, out, error = called(["init"], environment)
    assert (status, out, error.count("\n"), "--looking" in error) == (2, "", 1, True)
    assert not (tmp_path / "c").exists()
    words = ["init", "--looking", "data engineer", "--watch", feed, "--allow-private", "127.0.0.1", "--json"]
    status, out, error = called(words, environment)
    assert (status, error) == (0, "")
    said = json.loads(out)
    assert (said["openings"], said["told"], said["older"]) == (3, ["https://jobs.example.org/1"], ["https://jobs.example.org/2"])
    text = (tmp_path / "c" / "job-alerts" / "config.toml").read_text()
    assert 'timezone = "Europe/Paris"' in text, "the machine's"
    others = ("home", "locations", "salary", "Toronto", "slack")
    assert [key for key in others if re.search(rf"\b{key}\b *=", text)] == [], "only what was said"
    status, _, error = called(words, environment)
    assert (status, "left as it is" in error) == (2, True)
    assert (tmp_path / "c" / "job-alerts" / "config.toml").read_text() == text


def test_secrets_go_into_files_that_only_their_owner_reads(tmp_path, capsys):
    path = tmp_path / "new" / "config.toml"
    assert main(["init", str(path), "--looking", "baker", "--tell", "slack", "--url", "https://hooks.slack.example/CANARY"]) == 0
    assert "CANARY" not in path.read_text() + capsys.readouterr().out
    assert [stat.S_IMODE(file.stat().st_mode) for file in (path, path.parent / "slack.secret")] == [0o600, 0o600]
    assert main(["check", "--config", str(path)]) == 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--tell", "email"], "--to"),
        (["--tell", "slack"], "--url"),
        (["--home", "Xyzzyplugh Zz"], "no place is known"),
        (["--zone", "Mars/Base"], "Europe/Berlin"),
    ],
)
def test_an_answer_that_does_not_fit_leaves_nothing_behind(tmp_path, capsys, words, hint):
    path = tmp_path / "config.toml"
    assert main(["init", str(path), "--looking", "baker", *words]) == 2
    error = capsys.readouterr().err
    assert (hint in error, error.count("\n")) == (True, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_is_there_already_is_kept_and_used(tmp_path):
    (tmp_path / "letter.md").write_text("mine")
    assert main(["init", str(tmp_path / "config.toml"), "--looking", "baker"]) == 0
    assert (tmp_path / "letter.md").read_text() == "mine"
    assert (tmp_path / "profile.toml").exists()


def test_what_cannot_be_found_is_said_and_the_file_stands(tmp_path, capsys):
    path = tmp_path / "config.toml"
    assert main(["init", str(path), "--looking", "baker", "--watch", "No Such Company Zzyzx"]) == 1
    assert "NOT added" in capsys.readouterr().out
    assert main(["check", "--config", str(path)]) == 0
