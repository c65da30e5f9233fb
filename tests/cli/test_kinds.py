"""``job-alerts kinds`` tells every kind from its code: options, terms, pace; and those of other people's packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alerts import plugins
from alerts.cli.commands._options import options
from alerts.cli.commands.kinds import catalogue
from alerts.cli.main import main
from alerts.config.schema import SourceTable

KINDS = plugins.kinds("sources")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["kinds", *words]) == 0
    return capsys.readouterr().out


def test_every_kind_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys)
    lines = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    for kind in KINDS:
        about = plugins.load("sources", kind).ABOUT
        assert about.title in lines[kind]
        assert f" {about.least_minutes}m " in lines[kind]
        assert about.confidence in lines[kind]
        assert ("must be accepted" in lines[kind]) == about.must_accept
        assert all(option.name in lines[kind] for option in options("sources", kind))
    assert "greenhouse" in out
    assert all(channel in out for channel in plugins.kinds("channels"))


def test_json_tells_all_that_a_kind_says(capsys: pytest.CaptureFixture[str]) -> None:
    told = {each["kind"]: each for each in json.loads(said(capsys, "--json"))}
    assert set(told) == set(KINDS)
    for kind, each in told.items():
        about = plugins.load("sources", kind).ABOUT
        assert (each["title"], each["confidence"], each["complete"]) == (about.title, about.confidence, about.complete)
        assert (each["details"], each["searchable"], each["least_minutes"]) == (
            about.details,
            about.searchable,
            about.least_minutes,
        )
        assert (each["terms"] or "", each["accept_terms"]) == (about.terms, about.must_accept)


def test_one_kind_alone(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "lever", "--json"))
    assert told["kind"] == "lever"
    site, *others = told["options"]
    assert site == {
        "name": "site",
        "type": "text",
        "required": True,
        "default": None,
        "description": "the name in the site's address (jobs.lever.co/NAME)",
    }
    assert {"name": "base_url", "default": "https://api.lever.co"}.items() <= others[-1].items()
    out = said(capsys, "weworkremotely")
    assert "needs `accept_terms = true`" in out
    assert "Terms: Personal reading only" in out


def test_an_unknown_kind_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kinds", "greenhose"]) == 2
    assert "Did you mean 'greenhouse'?" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_says_what_it_is_for(kind: str) -> None:
    module = plugins.load("sources", kind)
    told = {option.name: option for option in options("sources", kind)}
    assert set(told) == {field.alias or name for name, field in module.Options.model_fields.items()}
    for name, option in told.items():
        assert option.description, f"{name}: say with #: above the field what it is for"
        assert "``" not in option.description
        assert option.type
        assert option.required == module.Options.model_fields[name].is_required()
    assert not set(told) & (set(SourceTable.model_fields) - {"url", "company"}), "a key of every source cannot be a kind's own"


@pytest.mark.parametrize("channel", plugins.kinds("channels"))
def test_options_of_channels_can_be_told_too(channel: str) -> None:
    module = plugins.load("channels", channel)
    assert len(options("channels", channel)) == len(module.Options.model_fields)


def test_the_catalogue_names_every_kind_once() -> None:
    lines = catalogue().splitlines()
    assert [line for line in lines if line.startswith("### ")] == [f"### {kind}" for kind in KINDS]


def test_a_kind_of_an_installed_package_appears(tmp_path: Path) -> None:
    """A package with an entry point in ``job_alerts.sources`` is listed and described like ours."""
    (tmp_path / "gazette.py").write_text(
        '"""The gazette."""\n'
        "from alerts.model.raw import About\nfrom alerts.model.options import Options as Base\n\n"
        'ABOUT = About("The Gazette", confidence="documented", terms="Be kind.", must_accept=True)\n\n'
        "class Options(Base):\n"
        '    """``issue``: the number of the issue."""\n\n'
        "    issue: int\n"
        "    #: Only the front page.\n"
        "    front: bool = False\n\n"
        "def recognise(address):\n    return None\n",
        encoding="utf-8",
    )
    info = tmp_path / "gazette-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gazette\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[job_alerts.sources]\ngazette = gazette\n", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "alerts", "kinds", "gazette", "--json"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told = json.loads(ended.stdout)
    assert (told["title"], told["accept_terms"]) == ("The Gazette", True)
    assert [(each["name"], each["description"]) for each in told["options"]] == [
        ("issue", "the number of the issue"),
        ("front", "only the front page"),
    ]
