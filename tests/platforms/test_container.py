"""The Containerfile: what it names exists, it runs as nobody in particular; built and run where a base image is at hand."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from alerts.cli import main
from tests.platforms import container

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
    """What pyproject.toml names: the read-me, the licences, the units, the example. Red before: no image could be built."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    copied = {one for line in said("COPY") for one in shlex.split(line)}
    named = {name for name in ("README.md", "LICENSE", "NOTICE", "constraints.txt") if name in text}
    built_of = tomllib.loads(text)["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert named | set(built_of) <= copied


def test_every_command_that_it_runs_exists():
    for line in (*said("CMD"), *(line.partition("CMD ")[2] for line in said("HEALTHCHECK"))):
        words = [word for word in json.loads(line) if word != "job-alerts"]
        main.parser(words[0]).parse_args(words)


def test_it_is_nobody_in_particular_and_writes_one_folder():
    assert said("USER") == ["10001:10001"]
    assert said("VOLUME") == ["/var/lib/job-alerts"]
    assert LINES.index("USER 10001:10001") > max(number for number, line in enumerate(LINES) if line.startswith("RUN"))


@pytest.mark.drill
@pytest.mark.timeout(1200)
def test_it_is_built_checks_polls_runs_and_stops(tmp_path):
    """With the real builder: every command of the file's head, the health check, and a daemon that obeys SIGTERM."""
    engine = container.engine()
    base = container.base_image(engine, BASE, tmp_path)
    engine.build(FILE, ROOT, "job-alerts-test", {"PYTHON": base})
    config = tmp_path / "config.toml"
    config.write_text('sources = []\nsearches = []\n[channels.console]\nkind = "console"\n', "utf-8")
    with engine.volume() as volume:
        frame = ["-v", f"{config}:/etc/job-alerts/config.toml:ro", "-v", f"{volume}:/var/lib/job-alerts"]
        for words in (["--version"], ["check"], ["poll"]):
            where = [] if words == ["--version"] else ["--config", "/etc/job-alerts/config.toml"]
            done = engine.run([*frame, "job-alerts-test", *words, *where])
            assert done.returncode == 0, done.stdout + done.stderr
        with engine.running([*frame, "job-alerts-test"]) as name:
            container.until(lambda: "watching" in engine.logs(name))
            for command in (["exec", name, "job-alerts", "status"], ["healthcheck", "run", name]):
                done = engine.ask(command)
                assert done.returncode == 0, (command, done.stdout + done.stderr)
            assert engine.ask(["exec", name, "sh", "-c", "touch /opt/job-alerts/x"]).returncode != 0
            assert engine.ask(["exec", name, "id", "-u"]).stdout.strip() == "10001"
            assert engine.ask(["stop", "-t", "60", name]).returncode == 0
            assert engine.ask(["inspect", name, "--format", "{{.State.ExitCode}}"]).stdout.strip() == "0"
