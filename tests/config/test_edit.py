"""A source is added to the file: comments, layout, mode and link are kept, and a broken file is never made."""

from __future__ import annotations

import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.config.edit import add_source, with_source, written
from alerts.model.errors import ConfigError, UsageError

NEW = {"name": "Acme (Lever)", "kind": "lever", "site": "acme"}
SEARCH = '[[searches]]\nname = "S"\ntitle = ["engineer"]\n'
BLOCK = '[[sources]]\nname = "Acme (Lever)"\nkind = "lever"\nsite = "acme"\n'

LAYOUTS: dict[str, tuple[str, str]] = {
    "nothing yet": ("", BLOCK),
    "only comments": ("# mine\n", "# mine\n\n" + BLOCK),
    "searches alone": (SEARCH, SEARCH + "\n" + BLOCK),
    "no line end at the end": ("[settings]\nevery = '1h'", "[settings]\nevery = '1h'\n\n" + BLOCK),
    "behind the last source": ("[[sources]]\nurl = 'u'\n\n" + SEARCH, "[[sources]]\nurl = 'u'\n\n" + BLOCK + "\n" + SEARCH),
    "before the heading of what follows": (
        "[[sources]]\nurl = 'u'  # why\n\n# --- searches ---\n# mine\n\n" + SEARCH,
        "[[sources]]\nurl = 'u'  # why\n\n" + BLOCK + "\n# --- searches ---\n# mine\n\n" + SEARCH,
    ),
    "behind the comments of the last source": (
        "[[sources]]\nurl = 'u'\n# every = '5m'\n\n\n" + SEARCH,
        "[[sources]]\nurl = 'u'\n# every = '5m'\n\n" + BLOCK + "\n\n" + SEARCH,
    ),
    "sources in two places": (
        "[[sources]]\nurl='a'\n" + SEARCH + "[[sources]]\nurl='b'\n# end\n",
        "[[sources]]\nurl='a'\n" + SEARCH + "[[sources]]\nurl='b'\n# end\n\n" + BLOCK,
    ),
    "a source with a table of its own": (
        "[[sources]]\nkind='json'\n[sources.fields]\nid='id'\n[settings]\n",
        "[[sources]]\nkind='json'\n[sources.fields]\nid='id'\n\n" + BLOCK + "\n[settings]\n",
    ),
    "a word that looks like a table": (
        "[[sources]]\nurl = '''\n[[sources]]\n'''\n",
        "[[sources]]\nurl = '''\n[[sources]]\n'''\n\n" + BLOCK,
    ),
    "carriage returns": ("[[sources]]\r\nurl='a'\r\n", ("[[sources]]\nurl='a'\n\n" + BLOCK).replace("\n", "\r\n")),
    "a byte order mark": ("\ufeff[[sources]]\nurl='a'\n", "\ufeff[[sources]]\nurl='a'\n\n" + BLOCK),
    "one list in a line": (
        "sources = [{url = 'a'}] # mine\n",
        'sources = [{url = \'a\'}, {name = "Acme (Lever)", kind = "lever", site = "acme"}] # mine\n',
    ),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_the_new_source_stands_where_a_person_would_write_it(case: str) -> None:
    before, after = LAYOUTS[case]
    assert with_source(before, NEW) == after


@pytest.mark.parametrize("text", ['sources = "x"\n', "[sources]\na = 1\n"])
def test_what_is_no_list_of_sources_is_left_alone(text: str) -> None:
    with pytest.raises(UsageError, match="by hand"):
        with_source(text, NEW)


PIECES = st.sampled_from(
    [
        "[[sources]]\nurl = 'a'\n",
        "[[sources]]\nkind = 'rss' # feed\nurl = \"b\"\n# every = '1h'\n",
        "[[searches]]\nname = 'x'\n",
        "[[searches]]\nname = '''\n[[sources]]\n# no comment\n'''\n",
        "# --- a heading\n",
        "\n",
        "\n\n",
        "  # indented\n",
        "[channels.'a.b']\nkind = 'console'\n",
        "[[sources]]\nkind='json'\nfields = { id = 'id' }\n  [sources.headers]\n  a = \"[b]\"\n",
    ]
)
VALUES = st.one_of(st.text(max_size=20), st.integers(-(2**40), 2**40), st.booleans(), st.lists(st.text(max_size=5), max_size=3))
TABLES = st.dictionaries(st.text(min_size=1, max_size=10), VALUES, min_size=1, max_size=4)


def unique(pieces: list[str]) -> str:
    """TOML knows a table once only."""
    return "".join(piece for number, piece in enumerate(pieces) if "channels" not in piece or piece not in pieces[:number])


@given(st.lists(PIECES, max_size=8).map(unique), TABLES)
@settings(max_examples=150, deadline=None)
def test_every_line_stays_and_one_source_is_more(text: str, table: dict[str, object]) -> None:
    """Law: the old lines are all there in their order, the values are the old ones and one source."""
    new = with_source(text, table)
    rest = iter(new.splitlines())
    assert all(line in rest for line in text.splitlines())
    before = tomllib.loads(text)
    assert tomllib.loads(new) == {**before, "sources": [*before.get("sources", []), table]}


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_again(table: dict[str, object]) -> None:
    assert tomllib.loads(written(table)) == {"sources": [table]}


def config(folder: Path, text: str = SEARCH) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_mode_is_kept_and_nothing_is_left_behind(tmp_path: Path) -> None:
    path = config(tmp_path)
    for mode in (0o600, 0o640, 0o644):
        path.chmod(mode)
        add_source(path, {**NEW, "name": oct(mode), "site": f"s{mode}"}, {})
        assert stat.S_IMODE(path.stat().st_mode) == mode
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = config(tmp_path / "real")
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    plan = add_source(link, NEW, {})
    assert link.is_symlink()
    assert "Acme (Lever)" in real.read_text("utf-8")
    assert [source.name for source in plan.sources] == ["Acme (Lever)"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SEARCH + "[[searches]\n", "not valid TOML"),
        (SEARCH + "[settings]\nevry = '1h'\n", 'did you mean "every"'),
        ("[[sources]]\nkind='lever'\nsite='acme'\n", "twice"),
        ("[[sources]]\nkind='lever'\nsite='other'\nname='Acme (Lever)'\n", "taken"),
    ],
)
def test_a_broken_configuration_is_refused_with_its_mistakes_and_left_as_it_was(tmp_path: Path, text: str, words: str) -> None:
    path = config(tmp_path, text)
    with pytest.raises(ConfigError, match=words) as raised:
        add_source(path, NEW, {})
    assert path.read_text("utf-8") == text
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]
    assert all(line.startswith(f"{path}:") for line in raised.value.problems), "the mistakes name the file, not a draft"


def test_a_missing_configuration_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="job-alerts init"):
        add_source(tmp_path / "config.toml", NEW, {})


KILLED = """
import os, sys
from pathlib import Path
from alerts.config.edit import add_source

folder, steps = Path(sys.argv[1]), 0
events = {"open", "os.chmod", "os.chown", "os.rename", "os.remove"}
before = (folder / "config.toml").read_text("utf-8")

def attempt(path, step):
    seen = 0
    def watch(event, arguments):
        nonlocal seen
        if event in events and str(path.parent) in repr(arguments):
            seen += 1
            if seen > step:
                os._exit(9)
    sys.addaudithook(watch)
    add_source(path, {"kind": "lever", "site": "acme"}, {})
    os._exit(0)

while True:
    path = folder / str(steps) / "config.toml"
    path.parent.mkdir()
    path.write_text(before, "utf-8")
    child = os.fork() or attempt(path, steps)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps += 1
    if ended != 9 or steps > 40:
        sys.exit(ended)
"""


def test_killed_at_any_step_the_old_file_or_the_new_one_is_there_whole(tmp_path: Path) -> None:
    """A process is ended hard before each of its system calls on the folder, one after another, until one gets through."""
    before = SEARCH + "# mine\n" * 2000
    config(tmp_path, before)
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=True, timeout=60)
    texts = [(each / "config.toml").read_text("utf-8") for each in tmp_path.iterdir() if each.is_dir()]
    added = [text for text in texts if text != before]
    assert all(tomllib.loads(text)["sources"] == [{"kind": "lever", "site": "acme"}] for text in added)
    assert added, "one got through"
    assert len(texts) - len(added) > 4, "the others were really ended on the way"
