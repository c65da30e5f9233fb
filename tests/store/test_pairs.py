"""The pairs of a job are found by either of its sides, without reading all pairs (red before: half of it was a scan)."""

from __future__ import annotations

from datetime import UTC, datetime

from alerts.store.database import connect
from alerts.store.store import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def test_a_pair_is_found_from_either_side(tmp_path):
    with Store(tmp_path / "a.db") as store:
        one, other = (store.postings.new_job(NOW, baseline=False) for _ in range(2))
        store.postings.pair(other, one, "likely", ["title"], NOW)
        assert store.postings.pairs_of(one) == [(other, "likely", False)]
        assert store.postings.pairs_of(other) == [(one, "likely", False)]


def test_no_pair_of_others_is_read(tmp_path):
    asked: list[str] = []
    with Store(tmp_path / "a.db") as store:
        store.ledger.connection.set_trace_callback(asked.append)
        store.postings.pairs_of(1)
    question = next(sql for sql in asked if "FROM pairs" in sql)
    plan = [row["detail"] for row in connect(tmp_path / "a.db").execute(f"EXPLAIN QUERY PLAN {question}")]
    assert not any("SCAN" in step for step in plan), plan
