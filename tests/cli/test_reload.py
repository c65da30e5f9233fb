"""A reload keeps what cannot be changed while the daemon runs, and says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alerts.config.load import load
from alerts.daemon.bootstrap import at_work, with_plan

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
CONFIG = "settings = { database = 'one.db' }\n[channels.console]\nkind = 'console'\n"


def test_another_database_is_taken_at_the_next_start(tmp_path: Path, caplog) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    with at_work(load(path), NOW) as means:
        path.write_text(CONFIG.replace("one.db", "two.db"))
        after = with_plan(means, load(path), NOW)
        assert after.plan.settings.database.name == "one.db"
        assert after.store is means.store
    assert "taken at the next start" in caplog.text
    assert not (tmp_path / "two.db").exists()
