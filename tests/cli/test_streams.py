"""Whatever the standard streams are, and whatever the folder is called: the right thing is done, or one clear line is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from alerts.model.errors import StoreError
from alerts.store.lock_file import holder, lock
from alerts.store.store import Store

CONFIG = """
sources  = [{ kind = "rss", url = "http://127.0.0.1:9/feed" }]
searches = [{ name = "a", title = ["x"] }]
settings = { database = "x%20y.db" }
[channels.console]
kind = "console"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "a%41 b#c?d"
    folder.mkdir()
    (folder / "config.toml").write_text(CONFIG)
    return folder


def shell(place: Path, line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``line`` where JOB stands for the command."""
    line = line.replace("JOB", f"{sys.executable} -m alerts")
    return subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=place,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_cost_no_work(place: Path, closed: str) -> None:
    """The poll is done as ever (its source refuses: status 1), and the database is what it was: no stream wrote into it."""
    assert shell(place, f"JOB poll --config config.toml --all {closed}").returncode == 1
    with Store(place / "x%20y.db", readonly=True) as store:
        assert [state.failures for state in store.sources.states()] == [1]


def test_a_percent_sign_in_a_path_is_a_percent_sign(place: Path) -> None:
    shell(place, "JOB poll --config config.toml --all")
    assert (place / "x%20y.db").stat().st_size > 0
    assert not (place / "x y.db").exists()


def test_output_that_cannot_be_written_is_said_in_one_line(place: Path) -> None:
    done = shell(place, "JOB check --config config.toml > /dev/full")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot be written: No space left" in done.stderr


def test_a_terminal_that_lacks_a_character_gets_an_escape(place: Path) -> None:
    done = shell(place, "JOB check --config config.toml", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "\\u2192 console" in done.stdout


def test_a_link_to_the_database_is_the_same_database(tmp_path: Path) -> None:
    """Two daemons that reach one file by two names would both send."""
    Store(tmp_path / "a.db").close()
    (tmp_path / "link.db").symlink_to("a.db")
    with lock(tmp_path / "a.db"):
        with pytest.raises(StoreError, match="another job-alerts"):
            lock(tmp_path / "link.db")
        assert holder(tmp_path / "link.db") == str(os.getpid())
    assert holder(tmp_path / "link.db") is None
