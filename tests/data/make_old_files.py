"""Databases as older versions wrote them: ``python tests/data/make_old_files.py``, from a checkout with its history.

Each version is installed from its commit into an environment of its own and reads a board twice: job 1000 was there before
anybody asked, 1001 is told in a file and owed on a hook that nobody answers. Run it once for each version that is released.
"""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
#: The release, and each shape of the database that people had who followed the checkout since.
VERSIONS = {"0.1.0": "7030f4c", "shape-2": "6e52a87", "shape-3": "c2d773d"}
CONFIG = """
[settings]
database = "alerts.db"
gather = "0s"
[network]
allow_private = ["127.0.0.1"]
pace = "0s"
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "http://127.0.0.1:{port}"
[[searches]]
name = "engineers"
title = ["engineer"]
[channels.out]
kind = "file"
path = "{folder}/out.jsonl"
[channels.hook]
kind = "webhook"
url = "http://127.0.0.1:1/hook"
secret = "a secret of some length"
"""


def main() -> None:
    """Make them all, but for those that are there."""
    for name, commit in VERSIONS.items():
        target = HERE / f"alerts-{name}.db.gz"
        if not target.exists():
            with tempfile.TemporaryDirectory() as folder:
                target.write_bytes(gzip.compress(_made(Path(folder), commit), mtime=0))
            print(f"{target.name}: {target.stat().st_size} bytes")


def _made(folder: Path, commit: str) -> bytes:
    program = _install(folder, commit)
    publish = folder / "publish"
    publish.write_text("1", "ascii")
    with subprocess.Popen([sys.executable, str(ROOT / "tests/platforms/board.py"), str(folder)]) as board:
        try:
            while not (folder / "port").exists() or not (folder / "port").read_text("ascii"):
                time.sleep(0.05)
            config = folder / "config.toml"
            config.write_text(CONFIG.format(port=(folder / "port").read_text("ascii"), folder=folder), "utf-8")
            for shown in ("1", "2"):
                publish.write_text(shown, "ascii")
                subprocess.run([program, "poll", "--all", "--config", str(config)], check=False)
        finally:
            board.kill()
    with closing(sqlite3.connect(folder / "alerts.db")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return (folder / "alerts.db").read_bytes()


def _install(folder: Path, commit: str) -> Path:
    source = folder / "source"
    source.mkdir()
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(source)], input=packed, check=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    subprocess.run([str(folder / "venv/bin/pip"), "install", "-qq", "--disable-pip-version-check", str(source)], check=True)
    return folder / "venv" / "bin" / "job-alerts"


if __name__ == "__main__":
    main()
