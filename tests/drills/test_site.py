"""The documentation builds as a site: strictly, and what it shows is asked of nobody else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mkdocs", reason="mkdocs is not installed: pip install 'job-alerts[docs]'")
pytest.importorskip("material", reason="mkdocs-material is not installed: pip install 'job-alerts[docs]'")
pytestmark = pytest.mark.drill
ROOT = Path(__file__).parents[2]


def test_the_site_builds_without_a_warning_and_without_a_network(tmp_path: Path) -> None:
    dead = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, **dead, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    pages = {str(page.relative_to(tmp_path / "site")): page.read_text("utf-8") for page in (tmp_path / "site").rglob("*.html")}
    for name in (
        "index.html",
        "security.html",
        "changelog.html",
        "tutorials/switcher.html",
        "commands.html",
        "troubleshooting.html",
    ):
        assert name in pages
    loaded = [
        found
        for page in pages.values()
        for found in re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(https?:[^"]+)"', page)
    ]
    assert [address for address in loaded if "/job-alerts" not in address] == []
    assert (tmp_path / "site" / "search" / "search_index.json").stat().st_size > 50_000
    assert 'data-md-color-scheme="slate"' in pages["index.html"] or "slate" in pages["index.html"]


def test_a_release_stands_beside_those_before_it(tmp_path: Path) -> None:
    """Two releases in the branch that is published, and the newer is what ``latest`` shows."""
    pytest.importorskip("mike", reason="mike is not installed: pip install 'job-alerts[docs]'")
    clone = tmp_path / "clone"

    def run(*words: str) -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        who = {
            "GIT_AUTHOR_NAME": "T",
            "GIT_AUTHOR_EMAIL": "t@example.org",
            "GIT_COMMITTER_NAME": "T",
            "GIT_COMMITTER_EMAIL": "t@example.org",
        }
        env = {**os.environ, **who, "PATH": path, "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(words, cwd=clone, env=env, capture_output=True, text=True, timeout=110)
        assert done.returncode == 0, done.stderr
        return done.stdout

    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", str(clone)], check=True, timeout=60)
    for version in ("0.1", "0.2"):
        run("mike", "deploy", "--update-aliases", version, "latest")
    said = json.loads(run("git", "show", "gh-pages:versions.json"))
    assert [(one["version"], one["aliases"]) for one in said] == [("0.2", ["latest"]), ("0.1", [])]
    assert "<html" in run("git", "show", "gh-pages:0.1/index.html")
