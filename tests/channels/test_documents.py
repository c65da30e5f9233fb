"""docs/channels.md names every kind and every option, with its default, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from alerts import plugins
from alerts.config.load import load
from alerts.oauth.settings import Oauth

DOCS = (Path(__file__).parents[2] / "docs" / "channels.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCS, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("kind", plugins.kinds("channels"))
def test_every_option_is_documented(kind: str) -> None:
    options: type[BaseModel] = plugins.load("channels", kind).Options
    rows = re.findall(r"^\| `(\w+)` \|(.*?)\|", SECTIONS[kind], re.MULTILINE)
    fields = {field.alias or name: field for name, field in options.model_fields.items()}
    assert [name for name, _ in rows] == list(fields)
    for name, default in rows:
        assert (default.strip() == "") == fields[name].is_required(), name
        if isinstance(number := fields[name].default, int | float) and not isinstance(number, bool):
            assert default.strip() == f"{number:g}", name


def test_only_kinds_that_there_are_have_a_section() -> None:
    assert set(SECTIONS) <= {*plugins.kinds("channels"), "What"}


def test_every_key_of_a_login_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "mail.md").read_text("utf-8").partition("## What oauth takes")[2]
    rows = re.findall(r"^\| `(\w+)` \|(.*?)\|", page, re.MULTILINE)
    assert [name for name, _ in rows] == list(Oauth.model_fields)
    assert {name for name, default in rows if not default.strip()} == {
        name for name, field in Oauth.model_fields.items() if field.is_required()
    }


def test_every_recipe_for_mail_is_a_channel_that_loads(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "mail.md").read_text("utf-8")
    recipes = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    for name in ("mail.secret", "google.secret"):
        (tmp_path / name).write_text("sixteen-letters\n")
        (tmp_path / name).chmod(0o600)
    for recipe in recipes:
        path = tmp_path / "config.toml"
        path.write_text(recipe)
        plan = load(path, {})
        assert (list(plan.channels), plan.remarks) == (["mail"], ()), recipe
    assert len(recipes) == 6


def test_every_advice_on_a_refused_login_stands_in_the_page_that_it_names() -> None:
    page = (Path(__file__).parents[2] / "docs" / "mail.md").read_text("utf-8")
    for line in ("5.7.139", "5.7.30", "SmtpClientAuthentication is disabled", "5.7.9", "5.7.14", "5.7.8", "5.7.3"):
        assert line in page
