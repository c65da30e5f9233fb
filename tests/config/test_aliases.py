"""``[aliases]``: the user's own words for the same thing, checked like all else, and part of what a search asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.config.load import load
from alerts.match.compile import compile as compile_search
from alerts.model.errors import ConfigError
from alerts.model.plan import Plan

SEARCH = "[[searches]]\nname = 'x'\nkeywords = ['k8s']\n[[searches]]\nname = 'plain'\nkeywords = ['k8s']\naliases = false\n"


def plan_of(folder: Path, text: str) -> Plan:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, {})


def test_words_are_added_and_switched_off(tmp_path):
    plan = plan_of(tmp_path, "[aliases]\nk8s = ['kube']\njs = []\n'c++' = 'cpp'\ngo = false\n" + SEARCH)
    assert plan.aliases == {"k8s": ("kube",), "js": (), "c++": ("cpp",), "go": ()}
    own, none = (repr(compile_search(saved.search, aliases=plan.aliases)) for saved in plan.searches)
    assert "kube'" in own
    assert "kube'" not in none


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("aliases = 3\n", "config.toml:1: aliases: must be a table; write it under [aliases]"),
        ("[aliases]\n\nk8s = 8\n", "config.toml:3: aliases.k8s: must be a list of words that mean the same"),
        ("[aliases]\nk8s = true\n", "config.toml:2: aliases.k8s: must be a list of words"),
        ("[aliases]\nk8s = ['a', 2]\n", "config.toml:2: aliases.k8s: must be a list of words"),
        ("[aliases.k8s]\nis = 'kube'\n", "config.toml:1: aliases.k8s: must be a list of words"),
        ("[aliases]\nk8s = ['!?']\n", "config.toml:2: aliases.k8s: '!?' is no word that a posting could say"),
        ("[aliases]\n'--' = ['a']\n", "config.toml:2: aliases.--: '--' is no word that a posting could say"),
        ("[alias]\nk8s = ['a']\n", 'config.toml:1: alias: unknown key; did you mean "aliases"?'),
    ],
)
def test_a_mistake_is_told_with_line_and_key(tmp_path, table: str, expected: str):
    with pytest.raises(ConfigError) as caught:
        plan_of(tmp_path, table + SEARCH)
    assert caught.value.problems[0].removeprefix(f"{tmp_path}/").startswith(expected)


def test_an_edit_runs_the_searches_anew_that_use_aliases(tmp_path):
    """The digest of a search changes with them; that of one without aliases does not, nor does an empty table change any."""
    first, plain = plan_of(tmp_path, SEARCH).searches
    assert plan_of(tmp_path, "[aliases]\n" + SEARCH).searches == (first, plain)
    again, still = plan_of(tmp_path, "[aliases]\nk8s = ['kube']\n" + SEARCH).searches
    other, _ = plan_of(tmp_path, "[aliases]\nk8s = ['kubes']\n" + SEARCH).searches
    assert len({first.digest, again.digest, other.digest}) == 3
    assert still == plain


def test_they_are_for_the_main_file_only(tmp_path):
    (tmp_path / "searches.d").mkdir()
    (tmp_path / "searches.d" / "more.toml").write_text("[aliases]\na = ['b']\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        plan_of(tmp_path, SEARCH)
    assert "aliases: unknown key" in caught.value.problems[0]
