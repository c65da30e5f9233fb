"""What is not needed is not imported: the version needs no command, normalising no parser before there is a text."""

import subprocess
import sys

import pytest

HEAVY = ("pydantic", "httpcore", "selectolax", "jinja2", "babel", "feedparser", "tomlkit", "sqlite3", "alerts.model.posting")


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("from alerts.cli.main import main; main(['--version'])", HEAVY),
        ("import alerts.normalise.posting", (*HEAVY[:-1], "tomllib", "importlib.resources", "zipfile", "ftfy")),
    ],
    ids=["version", "normalise"],
)
def test_nothing_heavy_is_imported(code: str, absent: tuple[str, ...]) -> None:
    told = f"""
import contextlib, sys
with contextlib.suppress(SystemExit):
    {code}
print("heavy:", *(name for name in {absent!r} if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1].strip() == "heavy:"


CONFIG = """
[settings]
database = "a.db"
[[sources]]
kind = "rss"
url = "https://example.org/feed"
[[searches]]
name = "a"
title = ["engineer"]
[channels.hook]
kind = "webhook"
url = "https://example.org/hook"
[channels.lines]
kind = "file"
path = "out.jsonl"
"""


@pytest.mark.parametrize("command", ["check", "status", "jobs"])
def test_a_command_that_opens_no_line_imports_no_client(tmp_path, command: str) -> None:
    """Red before: checking the address of a proxy, and every channel, imported the HTTP client."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    path.chmod(0o600)
    absent = ("httpx", "httpcore", "apscheduler", "feedparser", "jinja2", "starlette")
    told = f"""
import sys
from alerts.cli.main import main
main([{command!r}, "--config", {str(path)!r}])
print("heavy:", *(name for name in {absent!r} if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", told], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1].strip() == "heavy:"


def test_a_round_imports_no_scheduler_and_no_command_line_of_a_library(tmp_path):
    """Red before: a third of the start of a round was APScheduler, what httpx shows on a terminal, and the entry points."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.replace("https://example.org/feed", "http://127.0.0.1:9/feed"))
    path.chmod(0o600)
    told = f"""
import sys
from alerts.cli.main import main
main(["poll", "--config", {str(path)!r}])
assert "httpx" in sys.modules
print("heavy:", *(name for name in ("apscheduler", "httpx._main", "pygments") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", told], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1].strip() == "heavy:"
