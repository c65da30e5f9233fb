"""Pages of the site that stand at the top of the checkout: security, contributing, decisions, changes."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
PAGES = {
    "security.md": "SECURITY.md",
    "contributing.md": "CONTRIBUTING.md",
    "decisions.md": "DECISIONS.md",
    "changelog.md": "CHANGELOG.md",
}
AT_HOME = {there: here for here, there in PAGES.items()}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add them, with the links as they must be from here; what is no page of the site loses its link."""
    for name, source in PAGES.items():
        files.append(File.generated(config, name, content=_linked((ROOT / source).read_text("utf-8"))))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """``../DECISIONS.md`` is right in the checkout; in the site it is a page beside."""
    return re.sub(r"\]\(((?:\.\./)*)\.\./([A-Z]+\.md)", lambda found: f"]({found[1]}{AT_HOME[found[2]]}", markdown)


def _linked(text: str) -> str:
    return re.sub(r"\[([^\]]+)\]\(([^)#:\s]+)(#[^)]*)?\)", _link, text)


def _link(found: re.Match[str]) -> str:
    words, target, anchor = found[1], found[2], found[3] or ""
    if target in AT_HOME:
        return f"[{words}]({AT_HOME[target]}{anchor})"
    return f"[{words}]({target.removeprefix('docs/')}{anchor})" if target.startswith("docs/") else words
