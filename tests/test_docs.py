"""Documentation that fails when it lies: commands, options, files and keys that it names exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from alerts.cli import main
from alerts.config.schema import SearchTable
from tests import commands_page

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page):
    named = set(re.findall(r"`job-alerts ([a-z]+)", text_of(page))) | set(
        re.findall(r"^job-alerts ([a-z]+)", text_of(page), re.MULTILINE)
    )
    assert named <= set(main.names())


def test_every_call_in_contributing_is_one_that_there_is():
    """Commands in ``CONTRIBUTING.md``: make targets stand in the Makefile, scripts in the checkout, options in the parser."""
    text = text_of(ROOT / "CONTRIBUTING.md")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", text)) <= targets
    scripts = re.findall(r"`(?:python|sh) ([\w/.]+)", text)
    assert scripts
    assert [script for script in scripts if not (ROOT / script).is_file()] == []
    for line in re.findall(r"`job-alerts ([^`]+)`", text):
        words = ["lever" if word.isupper() else word for word in line.split()]
        main.parser(words[0]).parse_args(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#:\s]+)(?: \"[^\"]*\")?\)", text_of(page))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_configuration_is_toml(page):
    for block in re.findall(r"```toml\n(.*?)```", text_of(page), re.DOTALL):
        tomllib.loads(block)


def test_every_command_is_in_the_guide_or_the_readme():
    words = text_of(ROOT / "README.md") + text_of(ROOT / "docs" / "guide.md")
    assert [name for name in main.names() if f"job-alerts {name}" not in words and f"make {name}" not in words] == []


def test_every_key_of_a_search_is_in_the_guide():
    guide = text_of(ROOT / "docs" / "guide.md")
    assert [key for key in SearchTable.model_fields if not re.search(rf"\b{key}\b", guide)] == []


@pytest.mark.parametrize("name", main.names())
def test_every_command_says_what_it_does(name):
    parser = main.parser(name)
    (sub,) = [action for action in parser._actions if getattr(action, "choices", None)]
    assert len(sub.choices[name].description) > 10


def test_the_five_lines_of_the_readme_are_a_configuration(tmp_path):
    from alerts.config.load import load

    block = re.findall(r"```toml\n(.*?)```", text_of(ROOT / "README.md"), re.DOTALL)[0]
    assert len([line for line in block.splitlines() if line.strip()]) <= 5
    path = tmp_path / "config.toml"
    path.write_text(block)
    plan = load(path, {})
    assert (len(plan.sources), len(plan.searches), len(plan.channels)) == (1, 1, 1)


def test_the_page_of_commands_is_what_the_program_says():
    """Written anew with: python -m tests.commands_page"""
    assert commands_page.PAGE.read_text("utf-8") == commands_page.page()


def test_every_message_in_troubleshooting_is_one_that_is_said():
    """The words between backticks stand in the code, in its tables, or in the words of messages."""
    said = " ".join(path.read_text("utf-8") for path in (ROOT / "alerts").rglob("*") if path.suffix in {".py", ".toml"})
    said = " ".join(re.sub(r'"\s*\n\s*f?"', "", said).split())
    rows = re.findall(r"^\| (`[^|]+) \|", text_of(ROOT / "docs" / "troubleshooting.md"), re.MULTILINE)
    assert len(rows) > 20
    for row in rows:
        for part in re.split(r"…", re.findall(r"`([^`]+)`", row)[0]):
            assert part.strip() in said, row


def test_every_page_of_the_docs_is_in_the_site_and_every_person_has_a_tutorial():
    site = text_of(ROOT / "mkdocs.yml")
    pages = [str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if f"- {page}\n" not in site] == []
    assert len(list((ROOT / "docs" / "tutorials").glob("*.md"))) == 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_call_in_a_block_is_one_that_the_program_takes(page):
    """Options and arguments too; what stands for something (ADDRESS, FILE) is taken as it is."""
    for block in re.findall(r"^ *```(?:sh|console)?\n(.*?)```", text_of(page), re.DOTALL | re.MULTILINE):
        for line in re.findall(r"^\s*(?:sudo )?job-alerts ([a-z].*)$", block, re.MULTILINE):
            words = shlex.split(line.split(" | ")[0], comments=True)
            assert parses(words), line


def parses(words: list[str]) -> bool:
    try:
        main.parser(words[0]).parse_args(words)
    except SystemExit as end:
        return end.code == 0
    return True


def test_every_row_beside_others_is_held_by_a_test_that_there_is():
    """A claim of the README names the file and the test that proves it; one that nothing holds may not stand there."""
    table = text_of(ROOT / "README.md").partition("## Beside others")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| |")]
    assert len(rows) >= 6
    for row in rows:
        (held,) = re.findall(r'\[yes\]\((tests/[\w/]+\.py) "(test_\w+)"\)', row)
        assert f"def {held[1]}(" in text_of(ROOT / held[0]), row


def test_every_command_that_repeats_a_figure_names_what_there_is():
    table = text_of(ROOT / "README.md").partition("## The drills")[2].partition("\n## ")[0]
    named = re.findall(r"(tests/[\w/]+\.py)", table)
    assert len(named) >= 4
    assert [name for name in named if not (ROOT / name).is_file()] == []
