"""The wheel runs outside the checkout: its templates, tables and commands travel in it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import alerts
from tests.drills.house import ROOT, job

pytestmark = [pytest.mark.drill, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--target", str(folder), str(wheel))
    return folder


@pytest.fixture
def call(installed, tmp_path):
    """A command of the installed program, in an empty folder."""

    def run(*words: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        found = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_"))}
        environment = {**found, "PYTHONPATH": str(installed), "HOME": str(tmp_path)}
        command = [sys.executable, "-m", "alerts", *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=seconds)

    return run


def _pip(*words: str) -> None:
    pip = [sys.executable, "-m", "pip", words[0], "--quiet", "--disable-pip-version-check", "--no-index", *words[1:]]
    done = subprocess.run(pip, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr


def test_every_file_of_the_package_is_in_it(wheel):
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("alerts/")}
    listed = subprocess.run(["git", "ls-files", "alerts"], cwd=ROOT, capture_output=True, text=True, timeout=30)
    if listed.returncode:
        pytest.skip("no git here to ask for the files")
    assert [name for name in listed.stdout.splitlines() if name not in inside and (ROOT / name).exists()] == []
    assert "alerts/config/config.example.toml" in inside


def test_it_is_the_wheel_that_runs(call, installed):
    answer = call("--version")
    assert (answer.returncode, answer.stdout) == (0, f"job-alerts {alerts.__version__}\n")
    where = subprocess.run(
        [sys.executable, "-c", "import alerts; print(alerts.__file__)"],
        env={"PYTHONPATH": str(installed)},
        cwd=installed,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert where.stdout.startswith(str(installed))


def test_kinds_init_and_check(call, tmp_path):
    kinds = call("kinds")
    assert kinds.returncode == 0
    assert {"greenhouse", "lever", "rss", "page", "listings"} <= set(kinds.stdout.split())
    made = call("init", "--example", "--config", str(tmp_path / "config.toml"))
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "config.toml").read_text("utf-8") == (ROOT / "config.example.toml").read_text("utf-8")
    checked = call("check", "--config", str(tmp_path / "config.toml"))
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_saved_page_is_read(call, tmp_path):
    (tmp_path / "board.json").write_text(json.dumps({"jobs": [job(7)]}), "utf-8")
    answer = call("read", "board.json", "--kind", "greenhouse", "--json")
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout.splitlines()[0])
    assert (told["title"], told["locations"][0]["country"]) == ("Engineer 7", "DE")


def test_the_demo_sends_everything_once(call):
    answer = call("demo", seconds=120)
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
