"""What of the inbox is kept between pages is never old, and a page costs few look-ups however much it shows."""

from __future__ import annotations

import pytest

from alerts.desk import windows
from alerts.store.inbox import Inbox
from alerts.store.ledger import Ledger
from alerts.store.short import number


@pytest.fixture
def asked(monkeypatch):
    """Every query, as it is asked."""
    found: list[str] = []
    for name in ("rows", "tuples"):
        plain = getattr(Ledger, name)

        def counted(self, sql, values=(), *, plain=plain):
            found.append(sql)
            return plain(self, sql, values)

        monkeypatch.setattr(Ledger, name, counted)
    return found


def looked_up(person, path, asked) -> int:
    person.get(path)
    asked.clear()
    person.get(path)
    return len(asked)


def test_a_page_asks_as_much_for_six_jobs_as_for_one(house, asked):
    """Red before: 19, and the newest 5,000 were read and taken apart anew for every page."""
    person = house.person()
    one, many = looked_up(person, "/inbox?search=Java+in+Berlin", asked), looked_up(person, "/inbox?show=all", asked)
    assert one <= 14
    assert many <= one + 1, "why those are wanted that were there before"
    assert not any("FROM inbox i WHERE (i.at" in sql for sql in asked), "nothing changed, so nothing is read again"


def test_what_is_done_reads_no_entry_again_and_what_is_found_does(house, asked):
    person = house.person()
    entries = lambda: sum("FROM inbox i WHERE (i.at" in sql for sql in asked)  # noqa: E731
    code = person.get("/inbox.json").json()["jobs"][0]["job"]
    asked.clear()
    assert len(person.do(f"/jobs/{code}/mark", {"do": "read"}).text) > 0
    assert code not in [job["job"] for job in person.get("/inbox.json").json()["jobs"]]
    assert entries() == 0
    with house.store() as store:
        store.ledger.write("UPDATE matches SET score = score + 1 WHERE job = ?", (number(code),))
    person.get("/inbox")
    assert entries() == 1


@pytest.mark.parametrize(
    ("sql", "which"),
    [
        ("DELETE FROM matches WHERE job = (SELECT max(job) FROM matches)", 0),
        ("UPDATE matches SET score = score + 1", 0),
        ("UPDATE postings SET closed = '2026-11-24' WHERE closed IS NULL", 0),
        ("DELETE FROM inbox", 0),
        ("INSERT INTO reads SELECT '', job, '2027-01-01' FROM inbox WHERE 1 ON CONFLICT DO UPDATE SET at = excluded.at", 1),
        ("DELETE FROM reads", 1),
    ],
)
def test_whatever_changes_the_inbox_changes_its_version(house, sql, which):
    with house.store() as store:
        store.ledger.write("INSERT INTO reads SELECT '', min(job), '2026-11-24' FROM inbox")
        before = store.inbox.version()
        store.ledger.write(sql)
        after = store.inbox.version()
    assert after[which] > before[which]
    assert after[1] == before[1] or which == 1


def test_entries_are_kept_for_a_few_people_only(house, monkeypatch):
    kept = windows.Windows()
    with house.store() as store:
        for at in range(windows.PEOPLE * 2):
            assert kept.newest(house.path, store.inbox, f"p{at}") == store.inbox.newest()
        assert len(kept._kept) == windows.PEOPLE
        monkeypatch.setattr(Inbox, "newest", lambda *_, **__: pytest.fail("it is kept"))
        assert kept.newest(house.path, store.inbox, f"p{at}")
