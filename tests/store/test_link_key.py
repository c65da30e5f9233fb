"""The key of links lies beside the database and not in it, is made once, and outlives the version that kept it there."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.model.errors import StoreError
from alerts.store import link_key
from alerts.store.backup import back_up
from alerts.store.lock_file import lock
from alerts.store.store import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)
KEY = "6b7c" * 16


def test_there_is_none_before_it_is_needed_and_then_one_for_its_owner_alone(tmp_path: Path):
    database = tmp_path / "a.db"
    assert link_key.read(database) == b""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: link_key.made(database), range(40)))
    assert len(keys) == 1
    assert keys == {link_key.read(database)}
    assert stat.S_IMODE(link_key.place_of(database).stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["a.db.link-key"]


def test_the_key_of_an_earlier_version_is_moved_and_no_trace_of_it_stays(tmp_path: Path):
    """Red before: it was kept in the database, and so in every backup."""
    database = tmp_path / "a.db"
    with lock(database), Store(database, keeper=True) as store:
        store.keep_fact(link_key.FACT, KEY, NOW)
        store.tend()
    with lock(database), Store(database, keeper=True) as store:
        link_key.take_over(store, database, NOW)
        link_key.take_over(store, database, NOW)
        assert store.fact(link_key.FACT) is None
    assert link_key.read(database) == bytes.fromhex(KEY)
    back_up(database, tmp_path / "backup.db")
    for file in (database, tmp_path / "backup.db"):
        assert KEY.encode() not in file.read_bytes()


def test_an_old_backup_does_not_bring_an_old_key_back(tmp_path: Path):
    database = tmp_path / "a.db"
    now = link_key.made(database)
    with Store(database) as store:
        store.keep_fact(link_key.FACT, KEY, NOW)
        link_key.take_over(store, database, NOW)
        assert store.fact(link_key.FACT) is None
    assert link_key.read(database) == now


def test_a_file_of_no_use_is_said(tmp_path: Path):
    link_key.place_of(tmp_path / "a.db").write_text("nothing")
    with pytest.raises(StoreError, match="holds no key"):
        link_key.made(tmp_path / "a.db")
