"""A stored posting that cannot be read is passed over, said in the log, and blocks nothing; its source mends it."""

from __future__ import annotations

import logging

import pytest

from tests.story.test_poll import BOARD, OUT, SEARCH, acme, board, closed_after, job, told  # noqa: F401 - a fixture


@pytest.mark.parametrize("column", ["posting", "fingerprint", "first_seen"])
def test_one_damaged_row_costs_one_posting_and_no_poll(acme, column, caplog):  # noqa: F811
    board(acme, job(1, "Old Engineer"), job(2))
    assert len(acme.round()) == 1
    acme.means.store.ledger.write(f"UPDATE postings SET {column} = '<damaged>' WHERE source_id = '1'")
    acme.wait()
    board(acme, job(1, "Very Old Engineer"), job(2), job(3, "Sales Engineer"))
    with caplog.at_level(logging.WARNING):
        reports = acme.poll()
    assert [report.error for report in reports] == [None]
    acme.deliver()
    assert ("new", "Sales Engineer") in told(acme.told())
    acme.wait()
    board(acme, job(1, "Very Old Engineer"), job(2), job(3, "Sales Engineer"), job(4, "Data Engineer"))
    assert told(acme.round()) == [("new", "Data Engineer")]


def test_an_edited_search_runs_over_all_but_a_damaged_row(acme):  # noqa: F811
    board(acme, job(1, "Old Engineer"), job(2, "Nurse"), job(3, "Nurse"))
    acme.round()
    acme.means.store.ledger.write("UPDATE postings SET posting = '{' WHERE source_id = '2'")
    nurses = '[[searches]]\nname="nurses"\ntitle=["nurse"]\nbackfill="7d"\n'
    acme.configure(BOARD + SEARCH + nurses + OUT.format(folder=acme.folder))
    assert told(acme.round()) == [("new", "Nurse")]
