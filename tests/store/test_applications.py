"""What applications rely on: one for a job whatever it merges with, kept word for word, every entry dated and undoable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.acts.identity import join, part
from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.application import State
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Pay, Place, Posting
from alerts.store.retention import forget
from alerts.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NURSE = Posting("lever:a", "1", "https://jobs.example.org/1", "Nurse", "Acme", "acme", text="You care for people.",
                places=(Place("Berlin", "Berlin", None, "DE"),), pay=Pay(3000, 4000, "EUR", "month"))  # fmt: skip


@pytest.fixture
def store(database):
    with Store(database) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        yield store


def add(store: Store, one: Posting = NURSE, job: int | None = None) -> tuple[int, int]:
    job = job or store.postings.new_job(NOW, baseline=False)
    print_ = fingerprint(one)
    return store.postings.add(one, print_, blocks(print_), "raw", NOW, job=job), job


def applied(store: Store, listing: int, job: int, now: datetime = NOW) -> int:
    row = store.applications.begin(job, listing, now)
    store.applications.add(row, "state", "applied", now)
    store.applications.keep_copy(row, store.postings.get(listing).posting, now)
    return row


def test_a_job_has_one_application_however_often_it_begins(store):
    listing, job = add(store)
    assert store.applications.of_job(job) is None
    assert applied(store, listing, job) == store.applications.begin(job, listing, NOW + DAY)
    found = store.applications.of_job(job)
    assert (found.state, found.since, found.applied, found.begun) == (State.APPLIED, NOW, NOW, NOW)
    assert store.applications.all() == [found]


def test_the_posting_is_kept_word_for_word_though_the_board_edits_it(store):
    listing, job = add(store)
    row = applied(store, listing, job)
    edited = replace(NURSE, text="You fold towels.", pay=None, title="Towel folder")
    store.postings.replace(listing, edited, fingerprint(edited), [], "raw2", pending=None)
    (copy,) = store.applications.of_job(job).copies
    assert copy.posting == NURSE
    assert not store.applications.keep_copy(row, NURSE, NOW + DAY)
    assert store.applications.keep_copy(row, edited, NOW + DAY)
    found = store.applications.of_job(job)
    assert (found.copy_at(NOW + DAY / 2).posting, found.copy_at(None).posting) == (NURSE, edited)


def test_what_is_closed_for_long_keeps_its_text_where_there_is_an_application(store):
    (listing, job), (other, _) = add(store), add(store, replace(NURSE, source_id="2", url="https://jobs.example.org/2"))
    applied(store, listing, job)
    for number in (listing, other):
        store.postings.keep_presence(number, 3, NOW, NOW)
    forget(store.ledger, store.index, NOW + DAY, NOW + DAY)
    assert (store.postings.get(listing).posting.text, store.postings.get(other).posting.text) == (NURSE.text, "")
    assert store.applications.of_job(job).copies[0].posting == NURSE


def test_two_jobs_that_are_one_show_both_applications_as_one_and_parted_again_each_its_own(store):
    (first, a), (second, b) = add(store), add(store, replace(NURSE, source_id="2", url="https://jobs.example.org/2"))
    applied(store, first, a)
    row = applied(store, second, b, NOW + DAY)
    store.applications.add(row, "note", "Amira says the team is new.", NOW + DAY)
    into, other = join(store, a, b, NOW + 2 * DAY)
    for name in (into, other):
        found = store.applications.of_job(store.postings.job(name).id)
        assert (found.job, len(found.rows), len(found.copies)) == (a, 2, 2)
        assert [entry.words for entry in found.entries] == ["applied", "applied", "Amira says the team is new."]
    made = part(store, into, second, NOW + 3 * DAY)
    assert [entry.words for entry in store.applications.of_job(into).entries] == ["applied"]
    assert [e.words for e in store.applications.of_job(made).entries] == ["applied", "Amira says the team is new."]


def test_it_goes_where_its_listing_goes(store):
    listing, job = add(store)
    add(store, replace(NURSE, source_id="2", url="https://jobs.example.org/2"), job)
    applied(store, listing, job)
    made = part(store, job, listing, NOW)
    assert store.applications.of_job(job) is None
    assert store.applications.of_job(made).state is State.APPLIED


def test_it_outlives_its_listing_and_a_merge_after_that(store):
    (listing, job), (other, elder) = add(store), add(store, replace(NURSE, source_id="2", url="https://jobs.example.org/2"))
    applied(store, listing, job)
    store.postings.delete([listing])
    assert store.applications.of_job(job).copies[0].posting == NURSE
    store.postings.merge(elder, job)
    assert store.applications.of_job(elder).copies[0].posting == NURSE
    assert other


def test_what_is_taken_back_is_not_so_any_more_and_still_told(store):
    listing, job = add(store)
    row = applied(store, listing, job)
    entry = store.applications.add(row, "state", "rejected", NOW + DAY)
    assert store.applications.of_job(job).state is State.REJECTED
    assert store.applications.take_back(entry, NOW + 2 * DAY)
    assert not store.applications.take_back(entry, NOW + 3 * DAY)
    assert store.applications.of_job(job).state is State.APPLIED
    assert [(e.words, e.undone) for e in store.applications.everything([row])] == [("applied", None), ("rejected", NOW + 2 * DAY)]


def test_a_day_of_ones_own_puts_an_entry_where_it_belongs(store):
    listing, job = add(store)
    row = store.applications.begin(job, listing, NOW)
    store.applications.add(row, "state", "interview", NOW)
    store.applications.add(row, "state", "applied", NOW, at=NOW - 20 * DAY)
    found = store.applications.of_job(job)
    assert ([state for state, _ in found.states], found.applied) == ([State.APPLIED, State.INTERVIEW], NOW - 20 * DAY)
    assert found.answered == NOW


@pytest.mark.parametrize("wrong", [NOW + 1500 * DAY, datetime(1970, 1, 1, tzinfo=UTC)], ids=["ahead", "behind"])
def test_a_clock_that_was_wrong_for_a_while_does_not_change_the_order(store, wrong):
    listing, job = add(store)
    row = applied(store, listing, job, NOW)
    store.applications.add(row, "state", "answered", wrong)
    assert store.applications.of_job(job).state is State.ANSWERED
    store.applications.add(row, "state", "interview", NOW + DAY)
    found = store.applications.of_job(job)
    assert [state for state, _ in found.states] == [State.APPLIED, State.ANSWERED, State.INTERVIEW]


def test_events_before_it_are_known_by_their_number(store):
    from alerts.model.event import EventKind

    listing, job = add(store)
    old = store.events.add(job, EventKind.CHANGED, NOW, listing)
    assert store.applications.seen([applied(store, listing, job)]) == old


def test_a_reminder_that_was_told_is_known_by_its_key(store):
    listing, job = add(store)
    row = applied(store, listing, job)
    store.applications.keep_told(row, "1:1d", NOW)
    store.applications.keep_told(row, "1:1d", NOW + DAY)
    assert store.applications.told([row]) == {(row, "1:1d"): NOW + DAY}


def test_rows_that_were_damaged_hold_up_no_other(store):
    listing, job = add(store)
    applied(store, listing, job)
    ledger = store.ledger
    ledger.write("UPDATE application_copies SET posting = '{'")
    entry, now = {"application": 1, "words": "x"}, NOW.isoformat()
    ledger.insert("application_entries", entry | {"kind": "note", "at": "never", "written": ""})
    ledger.insert("application_entries", entry | {"kind": "state", "words": "promoted", "at": now, "written": now})
    found = store.applications.of_job(job)
    assert (found.state, found.copies) == (State.APPLIED, ())
