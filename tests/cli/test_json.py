"""Every command takes ``--json`` and prints the shape that docs/json.md promises: nothing else on standard output."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from alerts.cli import main
from tests.cli.test_cli import House, house, job, polled  # noqa: F401 - fixtures

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
ROWS = {name: (shape, words) for name, shape, words in re.findall(r"^\| `([a-z]+)` \| ([a-z ]+) \| (.*) \|$", PAGE, re.MULTILINE)}

#: Calls that need nothing but the house: of each what it prints, where that is not what its row says first.
CALLS = [
    "applied",
    "applied JOB",
    "backup",
    "check",
    "completion bash",
    "completion fish",
    "deliveries",
    "desk --link",
    "desk --sign-out-all",
    "different JOB OTHER",
    "doctor",
    "explain JOB",
    "export",
    "hide",
    "hide company Acme",
    "history JOB",
    "jobs",
    "jobs --near",
    "kinds",
    "kinds greenhouse",
    "letter JOB",
    "like JOB",
    "note JOB hello there",
    "poll",
    "preview engineers",
    "query engineers",
    "same JOB OTHER",
    "save JOB",
    "service install --as cron",
    "service install --as systemd --user --print",
    "status",
    "test out",
    "vacuum",
]
LISTS = {"applied", "hide", "kinds", "note JOB hello there"}


def test_every_command_has_its_row_and_every_row_its_command() -> None:
    assert set(ROWS) == set(main.names())
    assert {shape for shape, _ in ROWS.values()} <= {"an object", "an object a line", "a list"}


@pytest.mark.parametrize("name", main.names())
def test_every_command_takes_json(name: str) -> None:
    (chosen,) = [action for action in main.parser(name)._actions if getattr(action, "choices", None)]
    parser = chosen.choices[name]
    assert any("--json" in action.option_strings for action in parser._actions), name


@pytest.mark.parametrize("call", CALLS)
def test_what_is_printed_has_the_shape_that_is_promised(house: House, call: str) -> None:  # noqa: F811
    house.jobs.append(job(3, "Data Engineer"))
    house("poll")
    jobs = list(dict.fromkeys(json.loads(line)["job"] for line in house("export")[1].splitlines()))
    words = [{"JOB": jobs[0], "OTHER": jobs[1]}.get(word, word) for word in shlex.split(call)]
    _, out, _ = house(*words, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    shape, said = ROWS[words[0]]
    if shape == "an object a line":
        assert all(isinstance(line, dict) for line in lines), out
    else:
        assert len(lines) == 1, out
        wanted = list if call in LISTS else dict
        assert isinstance(lines[0], wanted), out
    if shape == "an object" and call not in LISTS and not said.startswith("as "):
        keys = re.findall(r"`([a-z_]+)`", said.partition(";")[0])
        if "--" not in call and words[0] != "service":
            assert set(keys) <= set(lines[0]), out


def test_no_command_prints_words_for_people_beside_it(polled: House) -> None:  # noqa: F811
    """Also where it fails: what is wrong stands on standard error."""
    for call in (["explain", "zzzz"], ["letter", "zzzz"], ["test", "nobody"], ["same", "zzzz", "yyyy"]):
        status, out, err = polled(*call, "--json")
        assert status != 0
        assert (out, bool(err)) == ("", True), call
