"""The documentation builds as a site: strictly, and what it shows is asked of nobody else."""

from __future__ import annotations

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
