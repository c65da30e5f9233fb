"""The Containerfile: what it names exists, it runs as nobody in particular; built and run where a base image is at hand."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from alerts.cli import main

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "deploy" / "Containerfile"
TEXT = FILE.read_text("utf-8").replace("\\\n", " ")
LINES = [line for line in TEXT.splitlines() if line and not line.startswith("#")]
BASE = re.search(r"^ARG PYTHON=(\S+)", TEXT, re.MULTILINE)[1]


def said(word: str) -> list[str]:
    return [line.partition(" ")[2].strip() for line in LINES if line.startswith(f"{word} ")]


def test_what_it_copies_exists():
    sources = [one for line in said("COPY") if not line.startswith("--from") for one in shlex.split(line)[:-1]]
    assert sources
    assert [one for one in sources if not (ROOT / one).exists()] == []


def test_everything_that_the_package_is_built_of_is_copied():
    """What pyproject.toml names: the read-me, the licences, the units."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    copied = {one for line in said("COPY") for one in shlex.split(line)}
    named = {name for name in ("README.md", "LICENSE", "NOTICE", "systemd", "constraints.txt") if name in text}
    assert named <= copied


def test_every_command_that_it_runs_exists():
    for line in (*said("CMD"), *(line.partition("CMD ")[2] for line in said("HEALTHCHECK"))):
        words = [word for word in json.loads(line) if word != "job-alerts"]
        main.parser(words[0]).parse_args(words)


def test_it_is_nobody_in_particular_and_writes_one_folder():
    assert said("USER") == ["10001:10001"]
    assert said("VOLUME") == ["/var/lib/job-alerts"]
    assert LINES.index("USER 10001:10001") > max(number for number, line in enumerate(LINES) if line.startswith("RUN"))


@pytest.mark.drill
@pytest.mark.timeout(900)
def test_it_is_built_and_runs(tmp_path):
    tool = next((one for one in ("podman", "docker") if shutil.which(one)), None)
    if tool is None:
        pytest.skip("neither podman nor docker is here")
    had = subprocess.run([tool, "image", "inspect", BASE], capture_output=True, timeout=60).returncode == 0
    if not had and subprocess.run([tool, "pull", BASE], capture_output=True, timeout=120).returncode:
        pytest.skip(f"{tool} cannot have the base image {BASE} here")
    built = subprocess.run([tool, "build", "-f", str(FILE), "-t", "job-alerts-test", str(ROOT)], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-2000:]
    (tmp_path / "config.toml").write_text('sources = []\nsearches = []\n[channels.console]\nkind = "console"\n', "utf-8")
    frame = [
        "--rm",
        "--read-only",
        "--tmpfs",
        "/tmp",
        "--cap-drop",
        "all",
        "-v",
        f"{tmp_path}/config.toml:/etc/job-alerts/config.toml:ro",
    ]
    for words in (
        ["--version"],
        ["check", "--config", "/etc/job-alerts/config.toml"],
        ["poll", "--config", "/etc/job-alerts/config.toml"],
    ):
        done = subprocess.run([tool, "run", *frame, "job-alerts-test", *words], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
