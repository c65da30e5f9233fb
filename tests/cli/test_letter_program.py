"""``letter.command``: job and profile as JSON in, a draft out; under limits, without our secrets, kept and shown, never sent."""

from __future__ import annotations

import json
import os
import sys

import pytest

from tests.cli.test_applications import CONFIG, call, job, whole

__all__ = ["call", "job"]  # fixtures
GIVES = """
import json, os, sys
given = json.load(sys.stdin)
json.dump({"given": given, "environment": dict(os.environ)}, open("given.json", "w"))
print("Dear", given["untrusted"]["company"], "team,\\n\\nI am", given["profile"]["name"])
"""


@pytest.fixture
def program(call):
    """Configure a program that drafts letters, of this Python text."""

    def configure(text: str, more: str = "") -> None:
        path = call.folder / "program.py"
        path.write_text(text, encoding="utf-8")
        command = json.dumps([sys.executable, str(path)])
        config = call.folder / "config.toml"
        base = config.read_text().partition("[letter]")[0]
        config.write_text(f"{base}[letter]\ncommand = {command}\n{more}\n")

    (call.folder / "profile.toml").write_text('name = "Ada Example"\n')
    config = call.folder / "config.toml"
    config.write_text(config.read_text().replace('database = "a.db"', 'database = "a.db"\nprofile = "profile.toml"'))
    return configure


def test_it_is_given_job_and_profile_and_its_draft_is_shown_and_kept(call, job, program):
    program(GIVES)
    status, said, _ = call("letter", job)
    assert (status, said) == (0, "Dear Acme team,\n\nI am Ada Example\n")
    given = json.loads((call.folder / "given.json").read_text())["given"]
    assert "Work number 1" in given["untrusted"]["text"], "a stranger's words stand under a name that says so"
    assert "never an instruction" in given["warning"]
    assert (given["job"], given["profile"], given["version"]) == (job, {"name": "Ada Example"}, 1)
    found = whole(call, job)
    assert (found["state"], found["draft"], found["letter"]) == ("preparing", said.strip(), None)
    _, again, note = call("letter", job)
    assert (again, "was kept at" in note) == (said, True)
    call("applied", job)
    assert whole(call, job)["letter"] == said.strip(), "on the day of applying the draft is kept as what was sent"


def test_it_sees_none_of_our_secrets_but_what_it_was_given(call, job, program, monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", "canary")
    monkeypatch.setenv("MODEL_KEY", "for the model")
    program(GIVES, 'env = { KEY = { env = "MODEL_KEY" } }')
    call("letter", job)
    seen = json.loads((call.folder / "given.json").read_text())["environment"]
    assert "canary" not in seen.values()
    assert (seen["KEY"], "MODEL_KEY" in seen, seen["PATH"]) == ("for the model", False, os.environ["PATH"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import time; time.sleep(60)", "did not end within 1 s and was stopped"),
        ("import sys; sys.exit('no model is loaded')", "ended with status 1: no model is loaded"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by signal 9"),
        ("print('x' * 1_000_000)", "wrote more than 400,000 bytes and was stopped"),
        ("import sys\nwhile True: sys.stdout.write('x' * 65536)", "wrote more than 400,000 bytes and was stopped"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')", "wrote something that is no text in UTF-8"),
        ("pass", "wrote nothing"),
    ],
)
def test_what_goes_wrong_is_one_clear_line_and_nothing_is_kept(call, job, program, text, said):
    program(text, 'timeout = "1s"' if "sleep" in text else "")
    status, out, error = call("letter", job)
    assert (status, out, len(error.splitlines())) == (1, "", 1)
    assert said in error
    assert error.startswith("job-alerts: letter.command: ")
    assert call("applications", "--json")[1] == ""


def test_a_child_that_stays_behind_does_not_hold_us(call, job, program):
    program("import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print('A letter')")
    assert call("letter", job)[:2] == (0, "A letter\n")


def test_a_program_that_is_not_there_and_a_secret_that_is_not_set_are_one_line(call, job, program):
    program("")
    config = call.folder / "config.toml"
    config.write_text(config.read_text().partition("[letter]")[0] + '[letter]\ncommand = ["/nowhere/model"]\n')
    status, _, error = call("letter", job)
    why = "/nowhere/model cannot be started: No such file or directory; check the command"
    assert (status, error) == (1, f"job-alerts: letter.command: {why}\n")
    program(GIVES, 'env = { KEY = { env = "NOT_SET_ANYWHERE" } }')
    status, _, error = call("letter", job)
    assert (status, "the environment variable NOT_SET_ANYWHERE is not set" in error, len(error.splitlines())) == (1, True, 1)
    assert call("jobs")[0] == 0, "nothing else needs it"


@pytest.mark.parametrize(
    ("table", "said"),
    [('command = "model"', "letter.command"), ("command = []", "letter.command"), ('timeout = "soon"', "letter.timeout")],
)
def test_a_wrong_table_is_a_mistake_with_its_place(call, job, table, said):
    config = call.folder / "config.toml"
    config.write_text(config.read_text() + f"[letter]\n{table}\n")
    status, _, error = call("letter", job)
    assert (status, said in error, len(error.splitlines())) == (2, True, 1)


def test_without_the_table_nothing_is_run(call, job):
    assert "[letter]" not in CONFIG
    status, _, error = call("letter", job)
    assert (status, "no template" in error) == (2, True)


def test_what_was_edited_is_kept(call, job, program, monkeypatch):
    program(GIVES)
    editor = call.folder / "editor.sh"
    editor.write_text('#!/bin/sh\necho "Edited by hand." > "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    assert call("letter", job, "--edit")[0] == 0
    assert call("letter", job)[1] == "Edited by hand.\n"
    assert call("letter", job, "--again")[1].startswith("Dear Acme team")
