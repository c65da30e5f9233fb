"""A search is changed where it stands: comments stay byte for byte, nothing else moves, what is not certain is refused."""

from __future__ import annotations

import pytest

from alerts.config import edit, edit_search
from alerts.model.errors import UsageError

TEXT = """# mine
[[searches]]   # the first
name = "a" # hi
title = [
  "x", # one
  "y",
]
salary = "180k"   # pay

# The other one
[[searches]]
name = "b"
query = "rust"

[channels.out]
kind = "console"
"""


def table(number: int = 0, text: str = TEXT) -> dict:
    return dict(edit.values(text)["searches"][number])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_change_keeps_every_comment_and_every_other_line(end, bom):
    text = bom + TEXT.replace("\n", end)
    new = edit_search.changed(text, 0, table() | {"title": ["x", "z"], "salary": "200k", "work": ["remote"]})
    expected = TEXT.replace('"y"', '"z"').replace('"180k"   # pay\n', '"200k"   # pay\nwork = ["remote"]\n')
    assert new == bom + expected.replace("\n", end)


def test_no_change_is_no_change():
    assert edit_search.changed(TEXT, 0, table()) == TEXT


def test_a_key_goes_and_a_table_form_stays():
    text = TEXT.replace('salary = "180k"   # pay', 'salary = { min = "180k", unknown = "drop" }   # pay')
    new = edit_search.changed(text, 0, {k: v for k, v in table(text=text).items() if k != "title"})
    assert 'salary = { min = "180k", unknown = "drop" }   # pay' in new
    assert "title" not in new


def test_removing_leaves_what_belongs_to_the_next():
    assert edit_search.removed(TEXT, 0) == TEXT[: TEXT.index("[[")] + TEXT[TEXT.index("# The other") :]
    only = edit_search.removed(edit_search.removed(TEXT, 0), 0)
    assert "searches" not in edit.values(only)
    assert "[channels.out]" in only


def test_adding_stands_behind_the_last():
    new = edit_search.added(TEXT, {"name": "c", "title": ["q"]})
    assert new.index('"c"') < new.index("[channels.out]")


def test_a_search_written_inline_is_left_to_its_writer():
    text = 'searches = [ { name = "a", title = ["x"] } ]\n'
    with pytest.raises(UsageError, match="by hand"):
        edit_search.removed(text, 0)


def test_the_difference_shows_one_search_and_nothing_else_of_the_file():
    new = edit_search.changed(TEXT, 0, table() | {"salary": "200k"})
    lines = edit_search.difference(TEXT, new, 0, 0)
    assert ("-", 'salary = "180k"   # pay') in lines
    assert ("+", 'salary = "200k"   # pay') in lines
    assert not any("channels" in line or "rust" in line for _, line in lines)


def test_a_file_of_searches_is_checked_within_the_whole(tmp_path):
    """The draft stands for the file; a mistake is told with the file's name, and the file stays as it was."""
    from alerts.config.load import load
    from alerts.model.errors import ConfigError

    (tmp_path / "config.toml").write_text('[[searches]]\nname = "a"\ntitle = ["x"]\n')
    part = tmp_path / "searches.d" / "more.toml"
    part.parent.mkdir()
    part.write_text('[[searches]]\nname = "b"\ntitle = ["x"]\n')
    main = tmp_path / "config.toml"
    with pytest.raises(ConfigError, match=r"more\.toml:2.*two searches are named 'a'"):
        edit.change(main, lambda text: edit_search.changed(text, 0, {"name": "a", "title": ["x"]}), part=part, env={})
    edit.change(main, lambda text: edit_search.changed(text, 0, {"name": "c", "title": ["x"]}), part=part, env={})
    assert [one.name for one in load(main, {}).searches] == ["a", "c"]
    assert [one.name for one in edit_search.placed(main)] == ["a", "c"]
