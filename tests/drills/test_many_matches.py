"""Many new matches in one real poll by real processes: one question for each channel, and every alert is kept.

``MATCHES=5000 pytest tests/drills/test_many_matches.py -m drill -s`` prints the tally of the full size (about two minutes).
"""

from __future__ import annotations

import os
import sqlite3
import time

import pytest

from tests.drills.house import BOARD, HOOK, MAIL, SEARCH, House

MATCHES = int(os.environ.get("MATCHES", "1200"))
#: The flood must be over by then, on a busy machine too.
LONGEST = 60 + MATCHES / 10


def rows(house: House, table: str) -> dict[tuple[str, str], int]:
    """(channel, state) → how many."""
    connection = sqlite3.connect(house.folder / "a.db", timeout=30)
    try:
        found = connection.execute(f"SELECT channel, state, count(*) FROM {table} GROUP BY 1, 2").fetchall()
    finally:
        connection.close()
    return {(channel, state): count for channel, state, count in found}


@pytest.mark.drill
def test_the_daemon_asks_once_and_keeps_all():
    with House() as house:
        house.published, questions = [1], []
        house.hook = lambda asked: questions.append(asked) or None
        house.take = lambda mail: questions.append(mail) or "250 taken"
        house.configure(BOARD + SEARCH + MAIL + HOOK)
        with house.start() as run:
            run.ready()
            run.until(lambda: "1 new" in run.log())
            house.published = list(range(1, MATCHES + 2))
            run.until(lambda: rows(house, "deliveries").get(("mail", "held")), LONGEST)
            run.until(lambda: rows(house, "deliveries").get(("hook", "held")), LONGEST)
            time.sleep(3)
            alerts, deliveries = rows(house, "alerts"), rows(house, "deliveries")
        print(f"{MATCHES} new matches in one poll: {len(questions)} messages; alerts {alerts}; deliveries {deliveries}")
    assert alerts == {("hook", "owed"): MATCHES, ("mail", "owed"): MATCHES}
    assert deliveries == {(name, state): 1 for name in ("hook", "mail") for state in ("held", "sent")}
    assert len(questions) == 2
