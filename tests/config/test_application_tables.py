"""``[letter]`` and ``[applications]``: what is read of them, and what is wrong with them in one line each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.config.load import load
from alerts.model.errors import ConfigError
from alerts.model.plan import Reminding

BASE = '[channels.out]\nkind = "console"\n'


def plan(tmp_path, text: str, env: dict[str, str] | None = None):
    path = tmp_path / "config.toml"
    path.write_text(BASE + text)
    return load(path, env or {})


def test_without_the_tables_one_is_reminded_and_no_program_is_run(tmp_path):
    found = plan(tmp_path, "")
    assert (found.letter, found.applications) == (None, Reminding())


def test_what_is_said_is_taken(tmp_path):
    text = (
        '[applications]\nchannel = "out"\nnudge = false\nremind = "2d"\n[letter]\ncommand = ["x"]\nenv = { K = { env = "K" } }\n'
    )
    found = plan(tmp_path, text, {"K": "a secret"})
    assert found.applications == Reminding("out", None, (timedelta(days=2),))
    assert found.letter.env["K"].get_secret_value() == "a secret"
    assert "a secret" not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[applications]\nchannel = "mail"', "applications.channel: there is no channel 'mail'"),
        ('[applications]\nnudge = "soon"', "applications.nudge: 'soon' is not a span of time"),
        ("[applications]\nnudge = true", 'applications.nudge: must be a span of time such as "14d", or false for no nudges'),
        ('[applications]\nremind = ["1d", "x"]', "'x' is not a span of time"),
        ('[applications]\nnuge = "14d"', 'did you mean "nudge"'),
        ("applications = 3", "must be a table; write it under [applications]"),
        ("[letter]\ncommand = 3", "letter.command"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(tmp_path, text, said):
    with pytest.raises(ConfigError) as error:
        plan(tmp_path, text) if "=" not in text.partition("\n")[0] else _top(tmp_path, text)
    (line,) = error.value.problems
    assert said in line


def _top(tmp_path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text + "\n" + BASE)
    load(path, {})
