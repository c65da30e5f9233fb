"""Completion knows every command and option, and the shells that are here take it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from alerts.cli import completion, main


def test_every_command_and_option_is_completed():
    known = completion.commands(main.parser())
    assert sorted(known) == sorted(main.names())
    for shell in ("bash", "zsh", "fish"):
        made = completion.script(shell, main.parser())
        lacking = [option for one in known.values() for option in one.options if option[2:] not in made]
        assert (shell, lacking) == (shell, [])


def has(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed here")
    return found


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("job-alerts exp", ["explain", "export"]),
        ("job-alerts jobs --ne", ["--near"]),
        ("job-alerts --verbose jobs --cs", ["--csv"]),
        ("job-alerts completion f", ["fish"]),
    ],
)
def test_bash_offers_what_fits(tmp_path, typed, offered):
    made = tmp_path / "made"
    made.write_text(completion.script("bash", main.parser()))
    words = typed.split()
    ask = f'. {made}; COMP_WORDS=({" ".join(words)}); COMP_CWORD={len(words) - 1}; _job_alerts; echo "${{COMPREPLY[@]}}"'
    ran = subprocess.run([has("bash"), "--norc", "-c", ask], capture_output=True, text=True, check=True)
    assert (ran.stdout.split(), ran.stderr) == (offered, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_takes_the_script(tmp_path, shell):
    made = tmp_path / "made"
    made.write_text(completion.script(shell, main.parser()))
    ran = subprocess.run([has(shell), "-n", str(made)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_command_prints_it(capsys):
    assert main.main(["completion", "fish"]) == 0
    assert "complete -c job-alerts" in capsys.readouterr().out
