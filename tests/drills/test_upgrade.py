"""The file of every released version is opened by this one: nothing is told again, what was owed is told, under the same id."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from alerts.cli.main import main
from alerts.config.load import load
from tests.drills.house import BOARD, HOOK, SEARCH, House

pytestmark = pytest.mark.timeout(300)
FILES = sorted((Path(__file__).parents[1] / "data").glob("alerts-*.db.gz"))
OUT = '[channels.out]\nkind="file"\npath="FOLDER/out.jsonl"\n'


def test_there_is_a_file_of_the_first_release():
    assert "alerts-0.1.0.db.gz" in [file.name for file in FILES]


@pytest.fixture(params=FILES, ids=lambda file: file.name.removesuffix(".db.gz"))
def house(request) -> Iterator[House]:
    """Job 1000 was there before anybody asked, 1001 was told in a file, and is owed on the hook."""
    with House() as house:
        config = house.configure(BOARD + SEARCH + HOOK + OUT.replace("FOLDER", str(house.folder)))
        (house.folder / "a.db").write_bytes(gzip.decompress(request.param.read_bytes()))
        _move_board(house.folder / "a.db", load(config).sources[0].key)
        house.published = [1000, 1001]
        yield house


def _move_board(path: Path, key: str) -> None:
    """The board of the file has another port here, and the address of a source is part of its key."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        ((old,),) = connection.execute("SELECT key FROM sources").fetchall()
        for table, column in (("sources", "key"), ("validators", "source"), ("postings", "source"), ("postings", "posting")):
            connection.execute(f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (old, key))
        connection.execute("UPDATE postings SET fingerprint = replace(fingerprint, ?, ?)", (old, key))
        connection.execute("DELETE FROM validators")


def _owed(house: House) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(house.folder / "a.db")) as connection:
        return connection.execute("SELECT id, channel FROM alerts WHERE state = 'owed'").fetchall()


def test_nothing_is_told_again_and_what_was_owed_is_told(house, capsys):
    def call(*words: str) -> tuple[int, str]:
        status = main([words[0], "--config", str(house.folder / "config.toml"), *words[1:]])
        return status, capsys.readouterr().out

    assert [channel for _, channel in _owed(house)] == ["hook"]
    with closing(sqlite3.connect(house.folder / "a.db")) as connection:
        ((delivery,),) = connection.execute("SELECT id FROM deliveries WHERE channel = 'hook'").fetchall()
    for line in call("deliveries", "--state", "waiting")[1].splitlines()[1:]:
        call("deliveries", "retry", line.split()[0])
    house.published.append(1002)
    for _ in range(2):
        assert call("poll", "--all")[0] == 0
    told = [number for _, numbers in house.hooked for number in numbers]
    assert sorted(told) == [1001, 1002]
    assert house.hooked[0][0] == delivery, "under the id that it had"
    lines = (house.folder / "out.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert '"1002"' in lines[0]
    assert house.integrity() == "ok"
    assert _owed(house) == []
    for words in (("status",), ("export",), ("history", "1001"), ("backup", str(house.folder / "b.db"))):
        assert call(*words)[0] == 0
